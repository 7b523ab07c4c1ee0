"""Settings of a decision rule: complete, exact, possible, or refused with the setting named."""

from copy import deepcopy
from fractions import Fraction

import pytest

from members.choices.ballots import EarlyClose, Position, QuorumMode, ThresholdBase, TiePolicy, Visibility
from members.kernel.refusals import Refused
from members.reference.rules import MEMBERSHIP_RULE
from members.rules.decision_rules import Procedure, Rule, ensure_settings, exact_fraction


def settings(part=None, **changes):
    """The membership rule's settings with some of them changed; with `part` None, of the settings themselves."""
    changed = deepcopy(MEMBERSHIP_RULE["settings"])
    (changed if part is None else changed[part]).update(changes)
    return changed


def test_the_membership_rule_is_as_the_platform_was_given_it():
    ensure_settings(MEMBERSHIP_RULE["settings"])
    rule = Rule.from_settings(MEMBERSHIP_RULE["settings"])
    procedure = Procedure.from_settings(MEMBERSHIP_RULE["settings"])
    assert (rule.quorum, rule.quorum_strict, rule.quorum_base) == (Fraction(1, 2), True, "roster")
    assert rule.quorum_mode is QuorumMode.APPROVAL
    assert (rule.threshold, rule.threshold_strict) == (Fraction(2, 3), False)
    assert rule.threshold_base is ThresholdBase.DECISIVE
    assert (rule.holds_allowed, rule.override) == (True, Fraction(3, 4))
    assert (rule.ties, rule.early_close) == (TiePolicy.FAILS, EarlyClose.WHEN_ALL_IN)
    assert (procedure.minimum_opening_days, procedure.default_opening_days, procedure.deferrals) == (7, 14, 1)
    assert procedure.visibility is Visibility.AFTER_OWN
    assert procedure.reasons_required == {Position.NO, Position.HOLD}


@pytest.mark.parametrize(
    ("part", "changes", "code", "field"),
    [
        ("counting", {"quorum": 0.5}, "not-exact", "quorum"),
        ("counting", {"quorum": "50%"}, "not-exact", "quorum"),
        ("counting", {"threshold": "0.67"}, "not-exact", "threshold"),
        ("counting", {"threshold": "2/0"}, "not-exact", "threshold"),
        ("counting", {"threshold": "-2/3"}, "not-exact", "threshold"),
        ("counting", {"threshold": "٢/٣"}, "not-exact", "threshold"),
        ("counting", {"threshold": None}, "not-exact", "threshold"),
        ("counting", {"threshold": "0"}, "out-of-range", "threshold"),
        ("counting", {"threshold": "4/3"}, "out-of-range", "threshold"),
        ("counting", {"quorum": "7/6"}, "out-of-range", "quorum"),
        ("counting", {"override": "0/1"}, "out-of-range", "override"),
        ("counting", {"quorum": "1", "quorum_strict": True}, "impossible", "quorum"),
        ("counting", {"threshold": "3/3", "threshold_strict": True}, "impossible", "threshold"),
        ("counting", {"holds_allowed": False}, "override-without-holds", "override"),
        ("counting", {"quorum_base": "everyone"}, "unknown-word", "quorum_base"),
        ("counting", {"ties": []}, "unknown-word", "ties"),
        ("counting", {"minimum_yes": "3"}, "wrong-type", "minimum_yes"),
        ("counting", {"minimum_yes": -1}, "wrong-type", "minimum_yes"),
        ("counting", {"quorum_minimum": True}, "wrong-type", "quorum_minimum"),
        ("counting", {"quorum_strict": 1}, "wrong-type", "quorum_strict"),
        ("counting", {"treshold": "2/3"}, "settings", "settings"),
        ("procedure", {"reasons_required": ["maybe"]}, "unknown-word", "reasons_required"),
        ("procedure", {"reasons_required": "no"}, "wrong-type", "reasons_required"),
        ("procedure", {"minimum_opening_days": 0}, "opening-period", "default_opening_days"),
        ("procedure", {"default_opening_days": 6}, "opening-period", "default_opening_days"),
        ("procedure", {"visibility": "never"}, "unknown-word", "visibility"),
        (None, {"method": "dice"}, "unknown-word", "method"),
        (None, {"counting": None}, "settings", "settings"),
        (None, {"extra": {}}, "settings", "settings"),
    ],
)
def test_unsound_settings_are_refused(part, changes, code, field):
    with pytest.raises(Refused) as refusal:
        ensure_settings(settings(part, **changes))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert "{" not in refusal.value.message


@pytest.mark.parametrize("setting", ["quorum", "quorum_strict", "threshold", "threshold_base", "quorum_mode"])
def test_a_setting_that_matters_has_no_silent_default(setting):
    short = settings()
    del short["counting"][setting]
    with pytest.raises(Refused) as refusal:
        ensure_settings(short)
    assert refusal.value.code == "settings"
    assert setting in refusal.value.message


@pytest.mark.parametrize(("text", "value"), [("2/3", Fraction(2, 3)), ("0", Fraction(0)), ("4/6", Fraction(2, 3))])
def test_fractions_are_read_exactly(text, value):
    assert exact_fraction(text) == value


def test_a_rule_cannot_be_changed():
    rule = Rule.from_settings(MEMBERSHIP_RULE["settings"])
    with pytest.raises(AttributeError):
        rule.minimum_yes = 0
