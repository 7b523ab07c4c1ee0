"""What may be put to the committee, and what follows from the outcome."""

from datetime import date

import pytest
from django.utils.translation import override

from members.choices.applications import ApplicationState
from members.choices.ballots import BallotState, Verdict
from members.kernel.refusals import Refused
from members.reference.rules import MEMBERSHIP_RULE
from members.rules import admissions

SETTINGS = MEMBERSHIP_RULE["settings"]


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_the_membership_rule_can_be_run():
    admissions.ensure_rule_can_be_run(SETTINGS)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("counting", {"ties": "chair"}),
        ("counting", {"ties": "lot"}),
        ("procedure", {"objection_window_days": 3}),
    ],
)
def test_a_rule_that_needs_what_motions_on_members_lack_is_refused(part, change):
    settings = SETTINGS | {part: SETTINGS[part] | change}
    assert code_of(admissions.ensure_rule_can_be_run, settings) == "rule"


@pytest.mark.parametrize("state", [state for state in ApplicationState if state != ApplicationState.RECOMMENDED])
def test_only_a_recommended_application_is_put(state):
    assert code_of(admissions.ensure_can_be_put, state) == "not-now"


def test_a_full_tier_takes_no_more():
    admissions.ensure_tier_has_room(seats=None, members=1000)
    admissions.ensure_tier_has_room(seats=12, members=11)
    assert code_of(admissions.ensure_tier_has_room, seats=12, members=12) == "tier-full"


@pytest.mark.parametrize("verdict", [Verdict.APPROVED, Verdict.NOT_APPROVED, Verdict.NO_QUORUM, ""])
def test_only_what_was_held_is_put_again_by_the_secretariat(verdict):
    assert code_of(admissions.ensure_may_be_put_again, BallotState.FINAL, verdict, earlier=[]) == "not-held"


def test_what_was_held_is_put_again_once():
    admissions.ensure_may_be_put_again(BallotState.FINAL, Verdict.HELD, earlier=[])
    admissions.ensure_may_be_put_again(BallotState.FINAL, Verdict.HELD, earlier=[Verdict.NO_QUORUM])
    again = (BallotState.FINAL, Verdict.HELD)
    assert code_of(admissions.ensure_may_be_put_again, *again, earlier=[Verdict.HELD]) == "once"


def test_a_matter_goes_on_once_for_each_cause():
    assert admissions.goes_on(Verdict.HELD, earlier=[])
    assert admissions.goes_on(Verdict.NO_QUORUM, earlier=[Verdict.HELD])
    assert not admissions.goes_on(Verdict.NO_QUORUM, earlier=[Verdict.HELD, Verdict.NO_QUORUM])
    assert not admissions.goes_on(Verdict.APPROVED, earlier=[])


def test_the_day_from_which_one_may_apply_again():
    assert admissions.reapply_on(date(2026, 11, 24), after_days=180) == date(2027, 5, 23)


@pytest.mark.parametrize("tier", admissions.QUESTIONS)
def test_every_tier_has_its_question_with_a_place_for_the_subject(tier):
    assert admissions.QUESTIONS[tier].count("{subject}") == 1


def test_the_consequences_name_the_months_and_who_gets_access():
    said = admissions.consequences(tier="steering", holder_kind="organisation", months=36)
    assert "36 months" in said[0]
    assert any("seat on the steering committee" in sentence for sentence in said)
    assert len(admissions.consequences(tier="individual", holder_kind="person", months=1)) == len(said) - 1


@pytest.mark.parametrize("language", ["fr", "es", "pt", "ar"])
def test_the_consequences_are_said_in_the_language_of_the_reader(language):
    facts = {"tier": "steering", "holder_kind": "organisation", "months": 36}
    english = admissions.consequences(**facts)
    with override(language):
        assert not set(english) & set(admissions.consequences(**facts))
