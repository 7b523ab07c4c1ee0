"""The directory of people: who may open it, what is found, what every count and choice gives away."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import directory, memberships, organisations, people
from members.choices.bodies import RepresentationRole
from members.kernel.clock import today
from members.models import Country, Expertise, Language, Person, Tier
from tests.factories import members as made
from tests.integration.members.test_projection import COLLEAGUES, OFFICE
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

URL = reverse("members:directory")


def member(name, *, tier="individual", **fields) -> Person:
    """A person who holds a membership."""
    person = made.person(name, **fields)
    memberships.grant(tier_terms=Tier.objects.get(short_name=tier).current_terms, person=person, by=None)
    return person


def hide(person):
    people.change(person=person, by=None, revision=Person.objects.get(pk=person.pk).revision, listed=False)


def found(client, **asked) -> list[str]:
    """The names on the page, in their order."""
    return [view.name for view in client.get(URL, asked).context["people"]]


@pytest.fixture
def reader(client, cast):
    return sign_in(client, cast["individual"])


@pytest.fixture
def staff(client, cast):
    return sign_in(client, cast["secretariat-1"])


# --- Who may open it ----------------------------------------------------------------------------------------------


def test_colleagues_open_it_and_nobody_else(client, cast):
    for name in sorted(COLLEAGUES | OFFICE):
        assert sign_in(client, cast[name]).get(URL).status_code == 200, name
    for name in ("applicant", "stranger"):
        response = sign_in(client, cast[name]).get(URL)
        assert response.status_code == 403, name
        assert cast.person("individual").name not in response.text
    client.logout()
    assert client.get(URL).status_code == 302


def test_it_is_only_read(reader):
    assert reader.post(URL).status_code == 405


# --- What is found ------------------------------------------------------------------------------------------------


def test_those_who_take_part_are_listed_in_the_order_of_their_names(reader, cast):
    made.person("Not A Member")
    names = found(reader)
    assert names == sorted(names)
    assert set(names) == {cast.person(name).name for name in COLLEAGUES}


def test_each_word_is_found_in_name_line_biography_or_organisation(reader):
    person = member("José Quispe Ávalos", headline="Mediator", biography="Conflict and after")
    institute = made.member("Institute for Civic Memory", acronym="EICM")
    organisations.affiliate(person=person, organisation=institute, position="Fellow", by=None)
    for words in ("Quispe", "quispe jose", "JOSE", "ávalos", "mediator", "conflict", "Memory", "EICM", "josé MEMORY"):
        assert found(reader, q=words) == ["José Quispe Ávalos"], words
        assert found(reader, q=f"{words} nowhere") == [], words


def test_a_name_in_another_script_is_found_by_both(reader):
    member("أمل الحسن", latin_name="Amal al-Hassan")
    for words in ("أمل", "amal", "الحسن"):
        assert found(reader, q=words) == ["أمل الحسن"]


def test_an_address_is_found_by_the_secretariat_alone(reader, client, cast):
    member("Somebody New", user=made.login("rare-address@made.test"))
    assert found(reader, q="rare-address") == []
    assert found(sign_in(client, cast["secretariat-1"]), q="rare-address") == ["Somebody New"]


def test_filters_narrow_by_tier_region_expertise_language_and_organisation(reader):
    person = member(
        "Amina Filtered",
        tier="rising-leaders",
        country=Country.objects.get(code="SN"),
        expertise=list(Expertise.objects.filter(code="early-warning-osint")),
        languages=list(Language.objects.filter(code="wo")),
    )
    institute = made.member("Institute of Filters")
    organisations.affiliate(person=person, organisation=institute, by=None)
    for asked in (
        {"tier": "rising-leaders", "region": "002"},
        {"region": "002", "expertise": "early-warning-osint"},
        {"expertise": "early-warning"},
        {"language": "wo"},
        {"organisation": institute.slug},
    ):
        assert found(reader, **asked) == ["Amina Filtered"], asked
    assert found(reader, language="wo", region="142") == []


def test_representatives_count_with_the_tier_of_their_organisation(reader, cast):
    assert cast.person("institution").name in found(reader, tier="institutional")
    assert cast.person("individual").name not in found(reader, tier="institutional")
    both = found(reader, tier=["institutional", "individual"])
    assert {cast.person("institution").name, cast.person("individual").name} <= set(both)


def test_what_is_in_use_is_said_and_taken_away_again(reader):
    response = reader.get(URL, {"q": "nobody", "tier": ["individual", "steering"], "page": "3"})
    chips = list(response.context["filter"].chips)
    assert [chip.label for chip in chips] == ["“nobody”", "Steering membership", "Individual membership"]
    assert chips[1].url == "?q=nobody&tier=individual"
    assert "Nobody found" in response.text


def test_what_makes_no_sense_is_left_out_and_breaks_nothing(reader):
    nonsense = (
        {"q": "x" * 201},
        {"q": "a\x00b"},
        {"tier": "gold"},
        {"region": "999"},
        {"page": "99999"},
        {"order": "best"},
        {"country": "zz"},
        {"organisation": "no-such"},
    )
    for asked in nonsense:
        response = reader.get(URL, asked)
        assert response.status_code == 200, asked
        assert response.context["people"], asked


# --- Who is not listed --------------------------------------------------------------------------------------------


def test_who_is_not_listed_is_found_by_nobody_through_page_search_filter_or_count(client, cast):
    """Every byte a colleague can fetch is the same with and without one more unlisted member."""
    asked = [
        {},
        {"q": "Secret"},
        {"q": "hidden-trade"},
        {"tier": "rising-leaders"},
        {"region": "009"},
        {"language": "fj"},
        {"expertise": "early-warning-osint"},
        {"organisation": cast.organisations["institution"].slug},
    ]
    pages = [(URL, query) for query in asked] + [
        (reverse("members:organisation", args=[cast.organisations["institution"].slug]), {}),
        (reverse("members:organisations"), {}),
    ]

    def world(name):
        sign_in(client, cast[name])
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(*page).text) for page in pages]

    before = {name: world(name) for name in ("individual", "steering-1", "other-institution")}
    person = member(
        "Secret Person",
        tier="rising-leaders",
        headline="hidden-trade",
        country=Country.objects.get(code="NR"),
        languages=list(Language.objects.filter(code="fj")),
        expertise=list(Expertise.objects.filter(code="early-warning-osint")),
    )
    organisations.appoint_representative(
        organisation=cast.organisations["institution"], person=person, role=RepresentationRole.DELEGATE, by=None
    )
    hide(person)
    for name, pages_before in before.items():
        assert world(name) == pages_before, name


def test_the_page_of_who_is_not_listed_looks_like_none_at_all(client, cast):
    person = member("Secret Person")
    hide(person)
    here = reverse("members:person", args=[person.public_id])
    nowhere = reverse("members:person", args=["00000000-0000-4000-8000-000000000000"])
    for name in ("individual", "steering-1", "applicant", "stranger"):
        sign_in(client, cast[name])
        answers = [client.get(url) for url in (here, nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404], name
        texts = [answer.text.replace(url, "") for answer, url in zip(answers, (here, nowhere), strict=True)]
        assert "Secret" not in texts[0]
        assert re.sub(r'value="\w{64}"', "", texts[0]) == re.sub(r'value="\w{64}"', "", texts[1])


def test_the_secretariat_finds_who_is_not_listed_and_sees_that_it_is_so(staff):
    person = member("Secret Person")
    hide(person)
    assert found(staff, q="secret") == ["Secret Person"]
    assert "Not listed" in staff.get(URL, {"q": "secret"}).text
    assert staff.get(reverse("members:person", args=[person.public_id])).status_code == 200


# --- A page of many -----------------------------------------------------------------------------------------------


def test_thirty_people_take_as_many_statements_as_one(reader):
    def statements(**asked):
        reader.get(URL, asked)
        with CaptureQueriesContext(connection) as counted:
            assert reader.get(URL, asked).status_code == 200
        return len(counted)

    institute = made.member("Institute of Many")

    def one_more(number):
        person = member(f"Many {number}", country=Country.objects.get(code="KE"))
        person.languages.set(Language.objects.filter(code__in=["sw", "en"]))
        person.expertise.set(Expertise.objects.filter(parent__isnull=False)[:3])
        directory.reindex([person.pk])
        organisations.affiliate(person=person, organisation=institute, position="Fellow", by=None)

    one_more(0)
    few = statements(q="many"), statements(q="many", tier="individual", region="002", language="sw")
    for number in range(1, 30):
        one_more(number)
    assert (statements(q="many"), statements(q="many", tier="individual", region="002", language="sw")) == few


def counted(response) -> dict[str, dict[str, int]]:
    """The counts beside the filters of a page."""
    return {
        facet.name: {choice.value: choice.count for choice in facet.choices} for facet in response.context["facets"]
    }


def leaf(client, way, **asked) -> list[list[str]]:
    """The names on a page and on those that follow it one way, each page by the link on the one before."""
    pages, response = [], client.get(URL, asked)
    while True:
        pages.append([view.name for view in response.context["people"]])
        if way not in response.context:
            return pages
        response = client.get(URL + response.context[way])


@pytest.mark.parametrize("order", ["name", "newest", "best"])
def test_pages_follow_one_another_there_and_back(reader, order):
    for number in range(60):
        member(f"Many {number % 7} {number:02}")
    there = leaf(reader, "next_url", q="many", order=order)
    assert [len(page) for page in there] == [25, 25, 10]
    assert len({name for page in there for name in page}) == 60
    response = reader.get(URL, {"q": "many", "order": order})
    for _page in range(2):
        response = reader.get(URL + response.context["next_url"])
    back = [[view.name for view in response.context["people"]]]
    while "previous_url" in response.context:
        response = reader.get(URL + response.context["previous_url"])
        back.append([view.name for view in response.context["people"]])
    assert back[::-1] == there


def test_who_comes_in_meanwhile_moves_nobody_from_page_to_page(reader):
    for number in range(30):
        member(f"Many {number:02}")
    first = reader.get(URL, {"q": "many", "order": "name"})
    member("Many 00 A")
    second = reader.get(URL + first.context["next_url"])
    assert [view.name for view in second.context["people"]] == [f"Many {number:02}" for number in range(25, 30)]


@pytest.mark.parametrize("cursor", ["", "x", "eyJ9", "WzAsMSwyLDNd", "W10=", "é", "x" * 5000])
def test_a_place_that_makes_no_sense_is_the_beginning(reader, cursor):
    for name in ("after", "before"):
        assert found(reader, **{name: cursor}) == found(reader)


def test_the_counts_beside_the_boxes_are_of_what_each_would_leave(reader, cast):
    member("Counted One", country=Country.objects.get(code="KE"))
    counts = reader.get(URL, {"region": "002", "q": "counted"})
    counts = counted(counts)
    assert counts["tier"] == {"steering": 0, "institutional": 0, "individual": 1, "rising-leaders": 0}
    assert counts["region"]["002"] == 1
    assert sum(counted(reader.get(URL))["tier"].values()) == len(COLLEAGUES) + 1


def test_only_languages_that_somebody_listed_speaks_are_offered(reader):
    hide(member("Secret Person", languages=list(Language.objects.filter(code="fj"))))
    member("Open Person", languages=list(Language.objects.filter(code="wo")))
    offered = [choice.choices for choice in reader.get(URL).context["facets"] if choice.name == "language"]
    assert [choice.value for facet in offered for choice in facet] == ["wo"]


def test_a_term_that_is_over_leaves_the_directory_the_same_day(reader):
    person = member("Leaving Soon")
    assert found(reader, q="leaving") == ["Leaving Soon"]
    memberships.end(membership=person.memberships.in_force(on=today()).get(), by=None)
    assert found(reader, q="leaving") == []
