"""The count sheet in words."""

from fractions import Fraction
from itertools import product

import pytest
from django.utils import translation

from members.reference.rules import MEMBERSHIP_RULE
from members.rules import sheets
from members.rules.counting import Rule, Tally, count

MEMBERSHIP = Rule.from_settings(MEMBERSHIP_RULE["settings"])


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def simple(**changes):
    usual = {
        "quorum": Fraction(1, 2),
        "quorum_strict": False,
        "quorum_base": "roster",
        "quorum_mode": "participation",
        "threshold": Fraction(1, 2),
        "threshold_strict": True,
        "threshold_base": "decisive",
    }
    return Rule(**usual | changes)


@pytest.mark.parametrize(
    ("rule", "tally", "sentence"),
    [
        (
            MEMBERSHIP,
            Tally(roll=9, recused=1, yes=5, no=2),
            "9 seats, 1 recused, 8 eligible; 5 Yes, 2 No, 1 silent; 5 of 7 deciding votes needed: approved.",
        ),
        (
            MEMBERSHIP,
            Tally(roll=9, yes=3, abstain=6),
            "9 seats, 9 eligible; 3 Yes, 6 Abstain; 4 Yes needed, counted of at least 5 for the quorum: not approved.",
        ),
        (
            MEMBERSHIP,
            Tally(roll=9, recused=1, yes=4, hold=1),
            "9 seats, 1 recused, 8 eligible; 4 Yes, 1 Hold, 3 silent; 4 of 5 deciding votes needed: held.",
        ),
        (
            MEMBERSHIP,
            Tally(roll=4, recused=2, yes=2),
            (
                "4 seats, 2 recused, 2 eligible; 2 Yes; at least 3 eligible seats needed; "
                "2 Yes needed, counted of at least 3 for the quorum: no quorum."
            ),
        ),
        (
            simple(),
            Tally(roll=5, yes=1, no=1),
            (
                "5 seats, 5 eligible; 1 Yes, 1 No, 3 silent; 3 positions needed for a quorum, 2 taken; "
                "2 of 2 deciding votes needed: no quorum."
            ),
        ),
        (
            simple(ties="chair", quorum=Fraction(0)),
            Tally(roll=4, yes=2, no=2),
            "4 seats, 4 eligible; 2 Yes, 2 No; 3 of 4 deciding votes needed: tied.",
        ),
        (
            simple(threshold_base="roster", quorum=Fraction(0)),
            Tally(roll=1, yes=1),
            "1 seat, 1 eligible; 1 Yes; 1 of 1 seat needed: approved.",
        ),
        (
            simple(threshold_base="eligible", quorum=Fraction(0)),
            Tally(roll=4, recused=1, yes=2),
            "4 seats, 1 recused, 3 eligible; 2 Yes, 1 silent; 2 of 3 eligible seats needed: approved.",
        ),
        (
            simple(threshold_base="cast", quorum=Fraction(0)),
            Tally(roll=4, yes=2, abstain=1),
            "4 seats, 4 eligible; 2 Yes, 1 Abstain, 1 silent; 2 of 3 positions taken needed: approved.",
        ),
        (
            simple(quorum=Fraction(0), minimum_yes=2),
            Tally(roll=4, yes=1),
            "4 seats, 4 eligible; 1 Yes, 3 silent; at least 2 Yes needed: not approved.",
        ),
    ],
)
def test_the_sheet_in_a_sentence(rule, tally, sentence):
    sheet = count(rule, tally)
    assert sheets.sentence(sheet) == sentence
    assert sheets.standing(sheet) == sentence.rpartition(":")[0] + "."


@pytest.mark.parametrize(
    ("rule", "tally", "sentence"),
    [
        (MEMBERSHIP, Tally(roll=9, yes=6), ""),
        (MEMBERSHIP, Tally(roll=9, yes=3), "1 more Yes would approve."),
        (MEMBERSHIP, Tally(roll=9, yes=2, no=2), "2 more Yes would approve."),
        (MEMBERSHIP, Tally(roll=9, yes=3, no=5), "It cannot pass unless a position changes."),
        (MEMBERSHIP, Tally(roll=4, recused=2, yes=2), "At least 3 seats must be eligible, and 2 are: it cannot pass."),
        (
            MEMBERSHIP,
            Tally(roll=9, recused=1, yes=4, hold=1),
            "A hold is open; it passes when cleared, or with 7 Yes.",
        ),
        (MEMBERSHIP, Tally(roll=9, yes=6, no=2, hold=1), "A hold is open; it passes when cleared."),
        (
            MEMBERSHIP,
            Tally(roll=9, yes=2, hold=2),
            "2 holds are open; once cleared, 2 more Yes would approve; uncleared, it passes with 7 Yes.",
        ),
        (
            MEMBERSHIP,
            Tally(roll=9, yes=3, no=4, hold=1),
            "A hold is open; it cannot pass unless a position changes.",
        ),
        (
            MEMBERSHIP,
            Tally(roll=9, recused=3, yes=3, no=1, hold=1),
            "A hold is open; once cleared, 1 more Yes would approve.",
        ),
    ],
)
def test_what_is_missing(rule, tally, sentence):
    assert sheets.missing(count(rule, tally)) == sentence


def test_the_participation_tells_nothing_of_positions():
    said = {
        sheets.participation(count(MEMBERSHIP, Tally(roll=9, recused=1, **{position: 5})))
        for position in ("yes", "no", "abstain", "hold")
    }
    assert said == {"9 seats, 1 recused, 8 eligible; 5 have taken part, 3 silent."}


def test_a_recusal_that_voided_a_vote_is_told_with_what_it_did():
    now = count(MEMBERSHIP, Tally(roll=9, recused=1, yes=3))
    before = count(MEMBERSHIP, Tally(roll=9, yes=4))
    assert sheets.without_recusals(now, before, voided=1) == (
        "A recusal voided 1 position; without it, the result would have been: approved."
    )
    assert sheets.without_recusals(before, before, voided=2) == (
        "Recusals voided 2 positions; without them, the result would have been the same."
    )


def test_every_sheet_has_its_sentences():
    rules = [
        simple(
            quorum_mode=mode, threshold_base=base, holds_allowed=True, override=override, eligible_floor=2, ties="lot"
        )
        for mode, base, override in product(
            ("participation", "approval"), ("decisive", "cast", "eligible", "roster"), (None, Fraction(3, 4))
        )
    ]
    for rule, (recused, yes, no, hold) in product(rules, product(range(2), repeat=4)):
        sheet = count(rule, Tally(roll=4, recused=recused, yes=yes, no=no, hold=hold))
        for words in (
            sheets.sentence(sheet),
            sheets.standing(sheet),
            sheets.missing(sheet),
            sheets.participation(sheet),
        ):
            assert "{" not in words
            assert words == "" or words.endswith(".")
