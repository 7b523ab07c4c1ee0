"""Meetings for tests, by the portal's own actions."""

from datetime import time, timedelta

from members.kernel.clock import database_now, today
from taskforces.actions import meetings
from taskforces.models import Meeting

PLANNED = {"begins": time(10), "length": 60, "time_zone": "Europe/Berlin"}


def planned(cast, group, *, title="Spring Meeting", days=10, chair="institution", **facts) -> Meeting:
    """A meeting to come, planned by the chair."""
    facts = {"day": today() + timedelta(days=days)} | PLANNED | facts
    return meetings.plan(group=group, title=title, by=cast[chair], **facts)


def held(cast, group, *, days_ago=2, **facts) -> Meeting:
    """A meeting that has begun: planned, and its time has come."""
    meeting = planned(cast, group, **facts)
    starts_at = database_now() - timedelta(days=days_ago)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    meeting.refresh_from_db()
    return meeting
