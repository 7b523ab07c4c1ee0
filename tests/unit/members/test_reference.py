"""The reference data: whole, consistent, added once, and never over what staff edited."""

import string
from collections import Counter

import pytest
from django.core.management import call_command
from django_countries import countries as iso

from members.actions import reference
from members.choices.applications import HolderKind, Step
from members.choices.retention import Kept
from members.models import (
    Body,
    CheckItem,
    Country,
    DecisionRule,
    Expertise,
    Language,
    LetterTemplate,
    Region,
    Tier,
    TierTerms,
)
from members.reference import checks, labels, letters
from members.reference.tables import rows
from members.reference.tiers import TIERS
from members.rules.decision_rules import ensure_settings
from members.rules.tiers import documents_asked, steps_asked

CONTINENTS = {"002", "009", "019", "142", "150"}


def ancestors(code, parents):
    while code:
        yield code
        code = parents[code]


def test_every_country_of_the_standard_stands_in_one_region():
    regions = {row["code"]: row["parent"] for row in rows("regions")}
    places = {row["code"]: row["region"] for row in rows("countries")}
    assert set(places) == {code for code, _name in iso}
    for country, region in places.items():
        above = set(ancestors(region, regions))
        assert "001" in above
        assert country == "AQ" or len(above & CONTINENTS) == 1, country
    leaves = set(regions) - set(regions.values())
    assert leaves <= set(places.values())


@pytest.mark.parametrize(
    ("country", "region"), [("RW", "014"), ("BA", "039"), ("MM", "035"), ("UA", "151"), ("GT", "013"), ("FJ", "054")]
)
def test_some_countries_stand_where_everyone_knows(country, region):
    assert {row["code"]: row["region"] for row in rows("countries")}[country] == region


@pytest.mark.parametrize("table", ["expertise", "regions"])
def test_parents_stand_before_their_children(table):
    seen = {""}
    for row in rows(table):
        assert row["parent"] in seen
        seen.add(row["code"])


@pytest.mark.parametrize("table", ["expertise", "regions", "countries", "languages"])
def test_codes_are_unique_and_no_cell_has_stray_blanks(table):
    codes = Counter(row["code"] for row in rows(table))
    assert codes.most_common(1)[0][1] == 1
    assert [row for row in rows(table) for cell in row.values() if cell != cell.strip()] == []


@pytest.mark.parametrize(("table", "marked"), [("expertise", labels.EXPERTISE), ("regions", labels.REGIONS)])
def test_every_label_is_marked_for_translation(table, marked):
    assert list(marked) == [row["label"] for row in rows(table)]


def test_languages_have_their_own_names():
    languages = rows("languages")
    assert 150 <= len(languages) <= 180
    assert all(row["endonym"] for row in languages)
    assert {"ar", "en", "es", "fr", "pt", "ru", "zh", "sw", "rw", "rhg", "ckb", "ti"} <= {
        row["code"] for row in languages
    }


def test_the_tiers_are_those_of_the_founding_note():
    terms = {data["short_name"]: data["terms"] for data in TIERS}
    assert [data["ring"] for data in TIERS] == [1, 2, 3, 4]
    assert list(terms) == ["steering", "institutional", "individual", "rising-leaders"]
    assert [each["term_months"] for each in terms.values()] == [36, 36, 24, 24]
    assert [each["renewable"] for each in terms.values()] == [True, True, True, False]
    assert [each["holder_kind"] for each in terms.values()] == ["either", "organisation", "person", "person"]
    assert {"leadership", "hosting"} <= {each["key"] for each in terms["steering"]["statements"]}
    assert Step.MENTOR in terms["rising-leaders"]["steps"]


@pytest.mark.parametrize("data", TIERS, ids=lambda data: data["short_name"])
def test_each_tier_asks_what_can_be_asked(data):
    terms = data["terms"]
    assert set(terms["steps"]) <= set(Step)
    assert len(set(terms["steps"])) == len(terms["steps"])
    assert (Step.MENTOR in terms["steps"]) == (data["short_name"] == "rising-leaders")
    for statement in terms["statements"]:
        assert set(statement) == {"key", "label", "help", "words"}
        assert 100 <= statement["words"] <= 500
    assert len(terms["summary"]) <= 300
    assert all(sentence.endswith(".") for key in ("gives", "commitments", "criteria") for sentence in terms[key])


def test_a_person_is_not_asked_about_an_organisation_nor_the_other_way_round():
    steering = TIERS[0]["terms"]
    person = {"holder_kind": HolderKind.PERSON}
    organisation = {"holder_kind": HolderKind.ORGANISATION}
    assert Step.ORGANISATION not in steps_asked(steering["steps"], **person)
    assert Step.AFFILIATION in steps_asked(steering["steps"], **person)
    assert Step.AFFILIATION not in steps_asked(steering["steps"], **organisation)
    assert Step.SAFETY not in steps_asked(steering["steps"], **organisation)
    assert [each["kind"] for each in documents_asked(steering["documents"], **person)] == ["curriculum", "publication"]
    assert "curriculum" not in [each["kind"] for each in documents_asked(steering["documents"], **organisation)]


def test_checks_name_tiers_that_exist():
    known = {data["short_name"] for data in TIERS}
    assert len({check["key"] for check in checks.CHECKS}) == len(checks.CHECKS) >= 12
    assert all(set(check["tiers"]) <= known for check in checks.CHECKS)


@pytest.mark.parametrize("letter", letters.LETTERS, ids=lambda letter: letter["key"])
def test_a_letter_has_only_places_that_are_filled(letter):
    allowed = set(letters.EVERYWHERE) | set(letters.PLACES[letter["key"]])
    text = letter["subject"] + letter["body"] + letters.SIGNATURE
    used = {place for _text, place, _form, _conversion in string.Formatter().parse(text) if place}
    assert used <= allowed
    assert set(letters.PLACES[letter["key"]]) <= used
    assert "{" not in text.format(**dict.fromkeys(used, "x"))


def test_every_kind_of_letter_is_there():
    assert {letter["key"] for letter in letters.LETTERS} == set(letters.PLACES)


@pytest.fixture
def loaded(db):
    return reference.load()


def test_loading_fills_every_table(loaded):
    assert loaded == {
        "expertise": Expertise.objects.count(),
        "regions": 30,
        "countries": 249,
        "languages": Language.objects.count(),
        "rules": 3,
        "tiers": 4,
        "checks": len(checks.CHECKS),
        "letters": len(letters.LETTERS),
        "retention": len(Kept),
    }
    assert Country.objects.get(code="KE").region.continent == Region.objects.get(code="002")
    assert {tier.current_terms.version for tier in Tier.objects.all()} == {1}
    assert Body.objects.filter(tier__isnull=False).count() == 4
    for terms in TierTerms.objects.all():
        ensure_settings(DecisionRule.current(terms.rule_key).settings)
    assert set(CheckItem.objects.get(key="hosting").tiers.values_list("short_name", flat=True)) == {"steering"}
    assert "hosting" not in {item.key for item in CheckItem.objects.asked_of(Tier.objects.get(short_name="individual"))}
    assert LetterTemplate.objects.get(key="admitted").body.endswith("for the Secretariat\n")


def test_loading_again_adds_nothing(loaded):
    assert set(reference.load().values()) == {0}


def test_loading_again_leaves_alone_what_staff_edited(loaded):
    steering = Tier.objects.get(short_name="steering")
    newer = steering.current_terms
    newer.pk, newer.version, newer.seats = None, 2, 9
    newer.save()
    Expertise.objects.filter(code="law").update(label="Justice", retired_on="2026-01-01")
    CheckItem.objects.filter(key="hosting").update(label="Ours")
    CheckItem.objects.get(key="hosting").tiers.clear()
    LetterTemplate.objects.filter(key="held").update(body="Ours")
    Language.objects.filter(code="cy").delete()
    assert {table: number for table, number in reference.load().items() if number} == {"languages": 1}
    assert steering.current_terms.version == 2
    assert Expertise.objects.get(code="law").label == "Justice"
    assert Expertise.objects.get(code="law").retired_on is not None
    assert CheckItem.objects.get(key="hosting").label == "Ours"
    assert not CheckItem.objects.get(key="hosting").tiers.exists()
    assert LetterTemplate.objects.get(key="held").body == "Ours"


def test_the_command_says_what_it_added(db, capsys):
    call_command("load_reference")
    assert "tiers: 4 added" in capsys.readouterr().out
    call_command("load_reference", verbosity=0)
    assert capsys.readouterr().out == ""
