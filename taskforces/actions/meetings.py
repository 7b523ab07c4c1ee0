"""Planning meetings, changing and cancelling them, and answering the invitation."""

from datetime import datetime, timedelta

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.instants import zone_of
from members.kernel.refusals import ensure_unchanged
from taskforces.choices import MeetingState
from taskforces.models import Meeting, MeetingAnswer, WorkingGroup
from taskforces.rules import groups as of_groups
from taskforces.rules import meetings as rules


def locked(meeting: Meeting) -> Meeting:
    """The meeting, locked until the end of the act: what is kept of one meeting is written one after the other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)


def _times(*, day, begins, length, time_zone, now) -> dict:
    """Both instants of a meeting, by the clock of a zone. `length` is in minutes. Raises Refused."""
    starts_at = rules.instant_of(datetime.combine(day, begins), zone_of(time_zone))
    ends_at = starts_at + timedelta(minutes=length)
    rules.ensure_time(starts_at=starts_at, ends_at=ends_at, now=now)
    return {"starts_at": starts_at, "ends_at": ends_at, "time_zone": time_zone}


@transaction.atomic
def plan(*, group, day, begins, length, time_zone, by, **fields) -> Meeting:
    """Plan a meeting, at a time by the clock of a zone, and invite the group.

    Raises Refused, code `concluded`, `no-such-time`, `time-twice`, `no-length`, `too-long` or `past`.
    """
    group, now = WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group.pk), database_now()
    of_groups.ensure_going_on(group.state)
    times = _times(day=day, begins=begins, length=length, time_zone=time_zone, now=now)
    meeting = Meeting.objects.create(group=group, planned_by=by, changed_at=now, **times, **fields)
    record(Verb.MEETING_PLANNED, target=meeting, by=by)
    return meeting


@transaction.atomic
def change(*, meeting, day, begins, length, time_zone, revision, by, **fields) -> Meeting:
    """Change what was planned; everybody invited is told.

    Raises Refused, code `stale`, `not-planned`, `begun`, or as `plan` does.
    """
    meeting, now = locked(meeting), database_now()
    ensure_unchanged(saved=meeting.sequence, revision=revision)
    rules.ensure_planned(state=meeting.state, starts_at=meeting.starts_at, now=now)
    fields |= _times(day=day, begins=begins, length=length, time_zone=time_zone, now=now)
    changed = sorted(name for name, value in fields.items() if getattr(meeting, name) != value)
    for name in changed:
        setattr(meeting, name, fields[name])
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, now
    meeting.save()
    record(Verb.MEETING_CHANGED, target=meeting, by=by, fields=changed)
    return meeting


@transaction.atomic
def cancel(*, meeting, reason, by) -> Meeting:
    """Call a meeting off, and say why. Raises Refused, code `not-planned`, `begun` or `no-reason`."""
    meeting, now = locked(meeting), database_now()
    rules.ensure_planned(state=meeting.state, starts_at=meeting.starts_at, now=now)
    of_groups.ensure_reason(reason)
    _called_off(meeting, reason=reason, at=now)
    record(Verb.MEETING_CANCELLED, target=meeting, by=by)
    return meeting


def _called_off(meeting, *, reason, at) -> None:
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, reason.strip()
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, at
    meeting.save(update_fields=["state", "cancel_reason", "sequence", "changed_at"])


@transaction.atomic
def cancel_all(*, group, reason, by) -> int:
    """Call all meetings of a group off that have not begun; says how many. Part of the act that ends the group.

    Nothing is recorded of its own, and nobody is told but of that act.
    """
    now = database_now()
    coming = Meeting.objects.select_for_update().filter(group=group, state=MeetingState.PLANNED, starts_at__gt=now)
    meetings = list(coming.order_by("pk"))
    for meeting in meetings:
        _called_off(meeting, reason=reason, at=now)
    return len(meetings)


@transaction.atomic
def answer(*, meeting, person, reply, by) -> MeetingAnswer:
    """Say whether one comes; a later answer takes the place of an earlier. Raises Refused: `not-planned`, `begun`."""
    meeting, now = locked(meeting), database_now()
    rules.ensure_planned(state=meeting.state, starts_at=meeting.starts_at, now=now)
    values = {"reply": reply, "answered_at": now}
    given, _new = MeetingAnswer.objects.update_or_create(meeting=meeting, person=person, defaults=values)
    record(Verb.MEETING_ANSWERED, target=given, by=by)
    return given


@transaction.atomic
def forget(*, person) -> None:
    """Somebody is being erased: their answers go. What they attended and took on stays, with nobody's name."""
    MeetingAnswer.objects.filter(person=person).delete()
