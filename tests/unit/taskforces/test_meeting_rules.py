"""Times of meetings across changes of summer time, and the course of minutes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.kernel.refusals import Refused
from taskforces.choices import MeetingState, MinutesState
from taskforces.rules import meetings as rules
from tests.refusals import refused


def typed(year, month, day, hour=0, minute=0):
    """A day and a time as somebody types them: by no clock in particular."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def test_a_time_that_does_not_exist_is_refused():
    with refused("no-such-time"):
        rules.instant_of(typed(2026, 3, 29, 2, 30), BERLIN)


def test_a_time_that_exists_twice_is_refused():
    with refused("time-twice"):
        rules.instant_of(typed(2026, 10, 25, 2, 30), BERLIN)


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [(BERLIN, typed(2026, 3, 25, 15), 14), (NEW_YORK, typed(2026, 3, 4, 9), 14)],
)
def test_a_week_later_is_an_hour_earlier_once_clocks_are_put_forward(zone, before, after):
    first, second = (rules.instant_of(before + timedelta(weeks=weeks), zone) for weeks in (0, 1))
    assert first.hour == after
    assert second - first == timedelta(weeks=1, hours=-1)


@given(st.datetimes(min_value=typed(2020, 1, 1), max_value=typed(2035, 1, 1)), st.sampled_from([BERLIN, NEW_YORK]))
def test_the_clocks_of_the_place_show_what_was_typed(local, zone):
    try:
        instant = rules.instant_of(local, zone)
    except Refused:
        return
    assert instant.tzinfo is UTC
    assert instant.astimezone(zone).replace(tzinfo=None) == local


def test_minutes_are_a_draft_then_circulated_then_approved():
    with refused("not-circulated"):
        rules.ensure_may_approve(MinutesState.DRAFT)
    with refused("not-draft"):
        rules.ensure_may_circulate(MinutesState.CIRCULATED)
    with refused("not-approved"):
        rules.ensure_may_correct(MinutesState.CIRCULATED)
    with refused("approved"):
        rules.ensure_not_approved(MinutesState.APPROVED)


def test_there_is_nothing_to_keep_of_a_meeting_that_was_cancelled_or_is_ahead():
    now = datetime(2026, 5, 1, tzinfo=UTC)
    with refused("cancelled"):
        rules.ensure_begun(state=MeetingState.CANCELLED, starts_at=now, now=now)
    with refused("not-begun"):
        rules.ensure_begun(state=MeetingState.PLANNED, starts_at=now + timedelta(hours=1), now=now)
