"""Attendance and minutes: written, circulated to the group, approved, and corrected by notes."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from taskforces.actions.meetings import locked
from taskforces.choices import MeetingState, MinutesState
from taskforces.models import Attendance, Minutes, MinutesNote
from taskforces.rules import groups as of_groups
from taskforces.rules import meetings as rules


def _begun(meeting):
    """A meeting that has begun, locked, and its minutes, made where there are none. It counts as held from then on.

    Raises Refused, code `cancelled` or `not-begun`.
    """
    meeting = locked(meeting)
    rules.ensure_begun(state=meeting.state, starts_at=meeting.starts_at, now=database_now())
    if meeting.state != MeetingState.HELD:
        meeting.state = MeetingState.HELD
        meeting.save(update_fields=["state"])
    minutes, _new = Minutes.objects.get_or_create(meeting=meeting)
    return meeting, minutes


@transaction.atomic
def record_attendance(*, meeting, present, among, by) -> None:
    """Say which of some people (`among`: those the writer may know of) were there; nothing is said of others.

    Raises Refused, code `cancelled`, `not-begun` or `approved`.
    """
    meeting, minutes = _begun(meeting)
    rules.ensure_not_approved(minutes.state)
    was = set(meeting.attendance.filter(person__in=among).values_list("person", flat=True))
    now = {person.pk for person in present} & {person.pk for person in among}
    meeting.attendance.filter(person__in=was - now).delete()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person_id=key) for key in sorted(now - was))
    record(Verb.ATTENDANCE_RECORDED, target=meeting, by=by)


@transaction.atomic
def write(*, meeting, summary, items, revision, by) -> Minutes:
    """Write the minutes: a summary, and for items of the agenda, by key, what was said and what was decided.

    Minutes that were circulated can be changed until they are approved.
    Raises Refused, code `cancelled`, `not-begun`, `approved` or `stale`.
    """
    meeting, minutes = _begun(meeting)
    rules.ensure_not_approved(minutes.state)
    if minutes.revision != revision:
        raise Refused(
            _("These minutes were changed by somebody else meanwhile. Your text is kept below; look at both."),
            code="stale",
        )
    for item in meeting.agenda.filter(pk__in=items):
        item.discussion, item.decision = items[item.pk]
        item.save(update_fields=["discussion", "decision"])
    minutes.summary, minutes.revision = summary, minutes.revision + 1
    minutes.save(update_fields=["summary", "revision"])
    record(Verb.MINUTES_WRITTEN, target=meeting, by=by, revision=minutes.revision)
    return minutes


def _of(meeting) -> tuple:
    """The meeting, locked, and its minutes; None where none are written."""
    meeting = locked(meeting)
    return meeting, Minutes.objects.filter(meeting=meeting).first()


@transaction.atomic
def circulate(*, meeting, by) -> Minutes:
    """Let the group read the minutes and tell it. Raises Refused, code `not-draft`."""
    meeting, minutes = _of(meeting)
    rules.ensure_may_circulate(minutes and minutes.state)
    minutes.state, minutes.circulated_at = MinutesState.CIRCULATED, database_now()
    minutes.save(update_fields=["state", "circulated_at"])
    record(Verb.MINUTES_CIRCULATED, target=meeting, by=by)
    return minutes


@transaction.atomic
def approve(*, meeting, revision, by) -> Minutes:
    """Approve minutes as they were read (`revision`): from now on they stay as they are.

    Raises Refused, code `not-circulated` or `stale`.
    """
    meeting, minutes = _of(meeting)
    rules.ensure_may_approve(minutes and minutes.state)
    if minutes.revision != revision:
        raise Refused(_("These minutes were changed meanwhile. Read them once more, then approve."), code="stale")
    minutes.state, minutes.approved_at, minutes.approved_by = MinutesState.APPROVED, database_now(), by
    minutes.save(update_fields=["state", "approved_at", "approved_by"])
    record(Verb.MINUTES_APPROVED, target=meeting, by=by)
    return minutes


@transaction.atomic
def correct(*, meeting, text, by) -> MinutesNote:
    """Add a correction below approved minutes. Raises Refused, code `not-approved` or `no-reason`."""
    meeting, minutes = _of(meeting)
    rules.ensure_may_correct(minutes and minutes.state)
    of_groups.ensure_reason(text)
    note = MinutesNote.objects.create(minutes=minutes, text=text.strip(), written_by=by)
    record(Verb.MINUTES_CORRECTED, target=meeting, by=by, note=note.pk)
    return note
