"""The rules of milestones and reports."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from taskforces.choices import GroupState, MilestoneState
from taskforces.rules import milestones, reports
from tests.refusals import refused

days = some.dates(date(2020, 1, 1), date(2035, 1, 1))


class TestMilestones:
    def test_what_may_follow(self):
        for state, following in milestones.FOLLOWS.items():
            for to in set(MilestoneState) - set(following):
                with refused("no-such-step"):
                    milestones.ensure_follows(state, to)

    def test_what_is_over_stays(self):
        for state in (MilestoneState.REACHED, MilestoneState.DROPPED):
            with refused("ended"):
                milestones.ensure_open(state)

    def test_an_end_says_what_came_of_it(self):
        with refused("no-outcome"):
            milestones.ensure_outcome(" \n")


class TestReports:
    def test_the_first_period_begins_when_the_group_does(self):
        due = reports.period_due(since=date(2026, 1, 31), last=None, every=1)
        assert due == (date(2026, 1, 31), date(2026, 2, 27))

    @given(since=days, every=some.integers(1, 36), number=some.integers(1, 8))
    def test_periods_leave_no_day_out(self, since, every, number):
        last = None
        for _period in range(number):
            first, end = reports.period_due(since=since, last=last, every=every)
            assert first == (last + timedelta(days=1) if last else since)
            assert first <= end
            last = end

    def test_a_report_is_overdue_the_day_after(self):
        assert not reports.is_overdue(covers_to=date(2026, 6, 30), on=date(2026, 6, 30))
        assert reports.is_overdue(covers_to=date(2026, 6, 30), on=date(2026, 7, 1))

    def test_who_does_not_report(self):
        with refused("not-active"):
            reports.ensure_reports(state=GroupState.PROPOSED, first=date(2026, 1, 1), on=date(2026, 2, 1))
        with refused("too-early"):
            reports.ensure_reports(state=GroupState.ACTIVE, first=date(2026, 2, 2), on=date(2026, 2, 1))
