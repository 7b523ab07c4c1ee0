"""When a lost second factor may be restored, by whom, and how long that takes."""

from datetime import UTC, datetime, timedelta

import pytest

from members.choices.factors import FactorState
from members.rules import factors as rules
from tests.refusals import refused

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_waiting_time_is_three_days_and_officers_have_two_weeks():
    assert timedelta(hours=72) == rules.WAITING_TIME
    assert timedelta(days=14) == rules.LAPSES_AFTER


@pytest.mark.parametrize("state", [FactorState.ASKED, FactorState.CHECKED])
def test_what_nobody_confirms_lapses_by_the_clock(state):
    rules.ensure_open(state=state, asked_at=NOW - timedelta(days=14) + SECOND, now=NOW)
    with refused("lapsed"):
        rules.ensure_open(state=state, asked_at=NOW - timedelta(days=14), now=NOW)


def test_the_waiting_time_does_not_lapse():
    rules.ensure_open(state=FactorState.WAITING, asked_at=NOW - timedelta(days=16), now=NOW)


@pytest.mark.parametrize("state", [FactorState.RESTORED, FactorState.STOPPED, FactorState.LAPSED])
def test_what_is_over_stays_over(state):
    with refused("over"):
        rules.ensure_open(state=state, asked_at=NOW, now=NOW)
    with refused("over"):
        rules.ensure_due(state=state, due_at=NOW - SECOND, now=NOW)


@pytest.mark.parametrize(
    ("officer", "first", "code"), [(1, None, "oneself"), (1, 2, "oneself"), (2, 2, "same-officer")]
)
def test_it_takes_two_others(officer, first, code):
    with refused(code):
        rules.ensure_another_person(officer=officer, concerned=1, first=first)


def test_two_others_may():
    rules.ensure_another_person(officer=2, concerned=1)
    rules.ensure_another_person(officer=3, concerned=1, first=2)


def test_nothing_is_due_a_second_too_early():
    with refused("not-due"):
        rules.ensure_due(state=FactorState.WAITING, due_at=NOW + SECOND, now=NOW)
    rules.ensure_due(state=FactorState.WAITING, due_at=NOW, now=NOW)


def test_each_officer_has_a_turn():
    with refused("moved-on"):
        rules.ensure_waits_for(FactorState.ASKED, state=FactorState.CHECKED)
    rules.ensure_waits_for(FactorState.CHECKED, state=FactorState.CHECKED)


def test_without_a_factor_none_is_lost():
    with refused("no-factor"):
        rules.ensure_something_to_restore(has_factor=False)
