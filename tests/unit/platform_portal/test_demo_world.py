"""The fictional world of the demo: believable, fictional to see, well-formed and the same each time."""

import re
import unicodedata
from collections import Counter

import pytest

from members.choices.applications import ApplicationState
from members.choices.bodies import OrganisationKind
from members.reference import tables
from members.reference.tiers import TIERS
from platform_portal.demo import biographies, organisations, sources
from platform_portal.demo.applicants import STATEMENTS, applicants
from platform_portal.demo.names import Name, address, cultures
from platform_portal.demo.people import LOGINS, Part, people
from platform_portal.demo.voices import Voices
from platform_portal.demo_logins import LOGINS as PRINTED

CONTINENTS = {"002": "Africa", "019": "Americas", "142": "Asia", "150": "Europe", "009": "Oceania"}


@pytest.fixture(scope="module")
def everybody():
    return people()


@pytest.fixture(scope="module")
def institutions():
    return organisations.organisations()


def continent(country: str) -> str:
    regions = {row["code"]: row["parent"] for row in tables.rows("regions")}
    code = {row["code"]: row["region"] for row in tables.rows("countries")}[country]
    while code not in CONTINENTS:
        code = regions[code]
    return CONTINENTS[code]


def codes(table: str) -> set[str]:
    return {row["code"] for row in tables.rows(table)}


def test_the_same_seed_gives_the_same_people_and_another_gives_others(everybody):
    assert people() == everybody
    assert [each.name for each in people(7)] != [each.name for each in everybody]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_gives_people_enough(seed, everybody):
    others = people(seed)
    assert len(others) == len(everybody)
    assert len({each.name for each in others}) == len(others)
    assert len({each.email for each in others}) == len(others)


def test_there_are_some_two_hundred_and_twenty_and_no_two_are_alike(everybody):
    assert 210 <= len(everybody) <= 230
    for what in ("key", "name", "email", "biography"):
        assert Counter(getattr(each, what) for each in everybody).most_common(1)[0][1] == 1, what
    in_latin = Counter(each.latin_name or each.name for each in everybody)
    assert in_latin.most_common(1)[0][1] == 1


def test_people_come_from_everywhere_and_write_their_names_in_many_scripts(everybody):
    by_continent = Counter(continent(each.country) for each in everybody)
    assert set(by_continent) == set(CONTINENTS.values())
    assert by_continent["Oceania"] >= 12
    assert max(by_continent.values()) <= len(everybody) * 0.4
    regions = {row["code"]: row["region"] for row in tables.rows("countries")}
    inhabited = set(regions.values()) - {"001", "057"}
    assert {regions[each.country] for each in everybody} >= inhabited - {"061"}
    scripts = {unicodedata.name(each.name[0]).split()[0] for each in everybody}
    assert {"LATIN", "ARABIC", "CYRILLIC", "DEVANAGARI", "ETHIOPIC", "CJK", "HANGUL", "GREEK"} <= scripts


def test_a_name_in_another_script_has_one_in_latin_letters(everybody):
    for each in everybody:
        is_latin = all("LATIN" in unicodedata.name(sign) for sign in each.name if sign.isalpha())
        assert bool(each.latin_name) != is_latin, each.name
        assert all("LATIN" in unicodedata.name(sign) for sign in each.latin_name if sign.isalpha())
        assert max(len(each.name), len(each.latin_name)) <= 160


def test_nobody_can_own_the_addresses(everybody, institutions):
    for each in everybody:
        assert re.fullmatch(r"[a-z0-9.-]+@([a-z0-9-]+\.)*demo\.test", each.email), each.email
    assert all(each.website.endswith(".example/") for each in institutions.values())


def test_everyone_is_fictional_to_see(everybody, institutions):
    assert all(each.biography.endswith(biographies.REMARK) for each in everybody)
    assert all(each.about.endswith(organisations.REMARK) for each in institutions.values())


def test_codes_are_those_of_the_reference(everybody, institutions):
    for each in everybody:
        assert set(each.expertise) <= codes("expertise")
        assert 1 <= len(each.expertise) <= 3
        assert set(each.regions) <= codes("regions")
        assert set(each.languages) <= codes("languages")
        assert each.country in codes("countries")
        assert len(each.headline) <= 160
    for each in institutions.values():
        assert set(each.expertise) <= codes("expertise")
        assert set(each.languages) <= codes("languages")
        assert each.country in codes("countries")
        assert each.kind in OrganisationKind


def test_no_sentence_is_worn_out(everybody):
    sentences = Counter(
        sentence
        for each in everybody
        for sentence in re.split(r"(?<=[.]) ", each.biography)
        if sentence != biographies.REMARK
    )
    assert sentences.most_common(1)[0][1] <= 10
    assert all("{" not in each.biography for each in everybody)
    assert all(2 <= each.biography.count(".") <= 6 for each in everybody)


def test_the_known_logins_have_their_people(everybody):
    by_email = {each.email: each for each in everybody}
    assert set(LOGINS.values()) <= set(by_email)
    assert {address for address, _what in PRINTED} <= set(by_email)
    assert [by_email[f"steering-{seat}@demo.test"].part for seat in range(1, 10)] == [Part.PRINCIPAL] * 9
    assert by_email["institution@demo.test"].part == Part.PRINCIPAL
    assert by_email["applicant@demo.test"].applicant == "imam"
    assert continent(by_email["chair@demo.test"].country) in ("Europe", "Americas")


def test_nine_seats_in_all_regions(institutions):
    seated = [continent(each.country) for each in institutions.values() if each.tier == "steering"]
    assert Counter(seated) == {"Africa": 3, "Americas": 2, "Asia": 2, "Europe": 1, "Oceania": 1}
    assert [each.tier for each in institutions.values()][:9] == ["steering"] * 9


def test_some_forty_members_in_all_regions_and_none_is_a_public_body(institutions):
    members = [each for each in institutions.values() if each.participates]
    assert 36 <= len(members) <= 44
    assert {continent(each.country) for each in members} == set(CONTINENTS.values())
    for what in ("name", "acronym", "about", "key"):
        assert len({getattr(each, what) for each in institutions.values()}) == len(institutions)
    public = {row["name"] for row in sources.rows("bodies")} | {row["acronym"] for row in sources.rows("bodies")} - {""}
    assert not public & {name for each in institutions.values() for name in (each.name, each.acronym)}
    assert all(150 <= len(each.about) <= 600 for each in members)


def test_every_member_has_who_speaks_for_it(everybody, institutions):
    parts = Counter((each.organisation, each.part) for each in everybody)
    for each in institutions.values():
        if each.participates:
            assert parts[each.key, Part.PRINCIPAL] == parts[each.key, Part.ALTERNATE] == 1
    assert all(each.organisation in {"", *institutions} for each in everybody)


def test_statements_are_those_the_tiers_ask():
    asked = {data["short_name"]: data["terms"] for data in TIERS}
    for tier, keys in STATEMENTS.items():
        assert list(keys) == [statement["key"] for statement in asked[tier]["statements"]]


def test_applications_stand_at_every_stage(institutions):
    found = applicants().values()
    assert len(found) >= 36
    assert {each.stage for each in found} == {state.value for state in ApplicationState}
    assert {each.tier for each in found} == set(STATEMENTS)
    for tier in STATEMENTS:
        assert len({each.stage for each in found if each.tier == tier}) >= 3, tier
    assert all(each.organisation in institutions for each in found if not each.is_person)
    assert all(each.culture in cultures() for each in found if each.is_person)


@pytest.mark.parametrize("applicant", applicants().values(), ids=lambda each: each.key)
def test_an_application_says_what_its_stage_needs(applicant):
    words = {each["key"]: each["words"] for data in TIERS for each in data["terms"]["statements"]}
    for key, text in applicant.statements.items():
        assert len(text.split()) <= words[key]
        assert applicant.stage == "draft" or len(text) >= 15
    if applicant.stage in ("refused", "declined"):
        assert len(applicant.reason) > 60
    if applicant.stage == "held":
        assert applicant.concern.endswith("?")
    if applicant.stage == "information":
        assert applicant.question
    assert set(applicant.expertise) <= codes("expertise")
    assert set(applicant.regions) <= codes("regions")


def test_voices_say_everything_once_before_they_repeat_themselves():
    texts = sources.texts("voices")["reasons"]["yes"]
    voices = Voices(1)
    said = [voices.say("reasons", "yes") for _ in texts]
    assert sorted(said) == sorted(texts)
    assert voices.say("reasons", "yes") in texts
    assert "Ada" in Voices(1).say("letters", "warm", applicant="Ada")


def test_no_voice_has_a_place_that_is_not_filled():
    for kinds in sources.texts("voices").values():
        for kind in kinds.values():
            assert all("{" not in text.format(applicant="Ada") for text in kind)
            assert len(set(kind)) == len(kind)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Søren Østergren", ""), "soren.ostergren@x.test"),
        (Name("ሰላም ተስፋዬ", "Selam Tesfaye"), "selam.tesfaye@x.test"),
        (Name("Lagi Fa'alogo-Tuala", ""), "lagi.faalogo-tuala@x.test"),
        (Name("Defne Y\u0131ld\u0131zhan", ""), "defne.yildizhan@x.test"),
    ],
)
def test_addresses_are_made_of_plain_letters(name, expected):
    assert address(name, "x.test") == expected
