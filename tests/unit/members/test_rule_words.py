"""A decision rule in words says what the rule does."""

from copy import deepcopy
from fractions import Fraction
from types import SimpleNamespace

import pytest

from members.choices.ballots import EarlyClose, QuorumBase, QuorumMode, ThresholdBase, Verdict, Visibility
from members.reference.rules import MEMBERSHIP_RULE
from members.rules.rule_words import RuleInWords, share


def said(counting=None, procedure=None):
    """The answers about the rule of admission, with some settings changed."""
    settings = deepcopy(MEMBERSHIP_RULE["settings"])
    settings["counting"] |= counting or {}
    settings["procedure"] |= procedure or {}
    return RuleInWords(SimpleNamespace(settings=settings))


@pytest.mark.parametrize(
    ("fraction", "strict", "words"),
    [
        (Fraction(1, 2), True, "more than half"),
        (Fraction(2, 3), False, "at least two thirds"),
        (Fraction(3, 4), False, "at least three quarters"),
        (Fraction(1), False, "all"),
        (Fraction(3, 5), False, "at least 3/5"),
    ],
)
def test_a_share_is_a_word_where_there_is_one(fraction, strict, words):
    assert share(fraction, strict=strict) == words


def test_the_rule_of_admission():
    rule = said()

    assert "at least two thirds" in rule.threshold()
    assert "more than half of the seats on the roll" in rule.quorum()
    assert "at least three quarters of all seats" in rule.hold()
    assert rule.opening().startswith("14 days as a rule. Never less than 7 days.")
    assert rule.reasons() == "Whoever says No or Hold."
    assert rule.changing().startswith("Yes, until the ballot closes.")
    assert "fewer than 3 seats" in rule.floor()


def test_the_example_is_counted_by_the_function_that_counts_ballots():
    sheet = said().example()

    assert (sheet.eligible, sheet.decisive, sheet.threshold_need) == (8, 7, 5)
    assert sheet.verdict is Verdict.APPROVED


def test_other_settings_are_said_otherwise():
    rule = said(
        counting={
            "holds_allowed": False,
            "override": None,
            "eligible_floor": 0,
            "quorum_mode": QuorumMode.PARTICIPATION,
        },
        procedure={"votes_final": True, "reasons_required": []},
    )

    assert rule.hold() == "This rule has no holds."
    assert "nothing is decided" in rule.quorum()
    assert rule.changing().startswith("No.")
    assert rule.reasons() == "Nobody must; everybody may."
    assert rule.floor() == "The others decide."


@pytest.mark.parametrize("base", ThresholdBase.values)
@pytest.mark.parametrize("quorum_base", QuorumBase.values)
@pytest.mark.parametrize("early_close", EarlyClose.values)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_every_setting_has_words(base, quorum_base, early_close, visibility):
    rule = said(
        counting={"threshold_base": base, "quorum_base": quorum_base, "early_close": early_close},
        procedure={"visibility": visibility},
    )

    assert all(question and answer for question, answer in rule.facts())
