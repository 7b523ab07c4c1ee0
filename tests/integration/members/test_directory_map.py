"""The map of the directory: regions and their parts, exact, to each reader's eyes, and links that filter by them."""

import re
from collections import Counter
from importlib import import_module

import pytest
from django.urls import reverse

from members.actions import people, protection, taxonomies
from members.choices.audiences import Audience
from members.models import Country, Person, Region
from members.queries.directory_letters import Lists
from tests.factories import members as made
from tests.integration.members.test_directory import found, member
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

URL = reverse("members:directory")
LINK = re.compile(r'<a href="([^"]*)"(?: aria-current="true")?(?: aria-label="([^"]*)")?>')


@pytest.fixture
def reader(client, cast):
    return sign_in(client, cast["individual"])


def tiles(client, **asked) -> dict:
    return {tile.code: tile for tile in client.get(URL, asked).context["tiles"]}


def above(region: Region) -> list[str]:
    """The codes of the regions that one lies in and of itself, below the world, the widest first."""
    chain = [region]
    while chain[-1].parent:
        chain.append(chain[-1].parent)
    return [each.code for each in chain[-2::-1]]


def test_every_region_and_part_counts_who_lives_there(reader):
    for number, code in enumerate(["KE", "SN", "ZA", "EG", "FR", "DE", "CA", "US", "BR", "JM", "JP", "FJ", "NZ"]):
        for copy in range(1 + number % 3):
            member(f"Somebody {code} {copy}", country=Country.objects.get(code=code))
    living = Person.objects.filter(name__startswith="Somebody").select_related("country__region")
    due = Counter(code for person in living for code in above(person.country.region)[:2])
    shown = {code: tile.count for code, tile in tiles(reader, q="somebody").items()}
    assert {code: count for code, count in shown.items() if count} == due
    assert set(due) < set(shown)
    assert len(shown) == 5 + 17


def test_a_part_is_found_and_taken_away_again(reader):
    member("Amina Eastern", country=Country.objects.get(code="KE"))
    member("Zeinab Northern", country=Country.objects.get(code="EG"))
    assert found(reader, region="202") == ["Amina Eastern"]
    assert found(reader, region="015") == ["Zeinab Northern"]
    assert found(reader, region=["015", "202"]) == ["Amina Eastern", "Zeinab Northern"]
    response = reader.get(URL, {"region": "202"})
    assert [(chip.label, chip.url) for chip in response.context["filter"].chips] == [("Sub-Saharan Africa", "?")]
    [facet] = [facet for facet in response.context["facets"] if facet.name == "region"]
    assert {choice.value: choice.count for choice in facet.choices if choice.is_chosen} == {"202": 1}


def test_a_part_takes_the_place_of_its_region_and_a_region_that_of_its_parts(reader):
    shown = tiles(reader, region=["002", "155"])
    assert (shown["202"].url, shown["150"].url) == ("?region=155&region=202", "?region=002&region=150")
    assert (shown["155"].url, shown["021"].url) == ("?region=002", "?region=002&region=155&region=021")
    assert [code for code, tile in shown.items() if tile.is_chosen] == ["002", "155"]


def test_the_table_has_the_links_of_the_map(reader):
    member("Amina Eastern", country=Country.objects.get(code="KE"))
    page = reader.get(URL).text
    drawn = page[page.index('<svg class="regions-map"') : page.index('<table class="regions-table"')]
    listed = page[page.index('<table class="regions-table"') :].split("</table>")[0]
    links = dict(LINK.findall(drawn))
    assert links["?region=202"] == "Sub-Saharan Africa: 1 person"
    assert set(links) == {url for url, _words in LINK.findall(listed)}
    assert '<th scope="row"><a href="?region=202">Sub-Saharan Africa</a></th><td class="number">1</td>' in listed


def test_who_shows_no_country_counts_nowhere_and_who_is_protected_in_the_region_alone(reader, client, cast):
    quiet = member("Quiet Person", country=Country.objects.get(code="KE"))
    people.narrow(person=quiet, by=None, revision=quiet.revision, country=Audience.SECRETARIAT)
    user = made.login("hidden@made.test")
    member("Hidden Person", country=Country.objects.get(code="TJ"), user=user)
    before = {code: tile.count for code, tile in tiles(reader).items()}
    assert (before["142"], before["143"], before["002"], before["202"]) == (1, 1, 0, 0)
    protection.protect(user=user, by=user)
    protection.list_for(user=user, listed_for=["members"], by=user)
    after = {code: tile.count for code, tile in tiles(reader).items()}
    assert (after["142"], after["143"]) == (1, 0)
    assert found(reader, region="143") == []
    office = {code: tile.count for code, tile in tiles(sign_in(client, cast["secretariat-1"])).items()}
    assert (office["002"], office["202"]) == (1, 1)


def test_a_part_that_staff_add_or_retire_is_listed_or_goes(reader):
    atlantis = Region.objects.create(code="999", label="Atlantis", parent=Region.objects.get(code="150"))
    iceland = Country.objects.get(code="IS")
    iceland.region = atlantis
    taxonomies.keep(iceland, by=None, fields=["region"])
    member("Somebody There", country=iceland)
    page = reader.get(URL).text
    assert '<a href="?region=999">Atlantis</a></th><td class="number">1</td>' in page
    assert "Atlantis: 1 person" not in page
    taxonomies.merge(atlantis, into=Region.objects.get(code="154"), by=None)
    assert "Atlantis" not in reader.get(URL).text
    assert tiles(reader)["154"].count == 1


def test_a_label_is_broken_where_words_end(reader):
    shown = tiles(reader)
    assert shown["419"].lines == ["Latin America", "and the", "Caribbean"]
    assert shown["035"].lines == ["South-", "eastern", "Asia"]


def test_rows_that_stood_before_get_the_letters_that_new_ones_have(cast):
    letters_of = import_module("members.migrations.0013_directory_regions").letters_of
    lists = Lists.load()
    regions = {row.key: (row.letter, row.parent) for row in lists.region.values()}
    keys = Country.objects.values_list("region", flat=True)
    assert {letters_of(regions, key) for key in keys} == {lists.letters_of_region(key) for key in keys}
    assert {len(letters_of(regions, key)) for key in keys} == {1, 2}
