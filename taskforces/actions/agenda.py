"""The agenda of a meeting: proposing matters, taking them up, changing them and taking them off."""

from django.db import transaction
from django.db.models import Max

from members.audit import record
from members.choices.verbs import Verb
from taskforces.actions.meetings import locked
from taskforces.models import AgendaItem, Minutes
from taskforces.rules import meetings as rules


def _open(meeting):
    """The meeting, locked, while its agenda can change. Raises Refused, code `cancelled` or `approved`."""
    meeting = locked(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).values_list("state", flat=True).first()
    rules.ensure_agenda_open(state=meeting.state, minutes=minutes)
    return meeting


def _add(*, meeting, by, is_taken_up, **fields) -> AgendaItem:
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    fields["order"] = fields.get("order") or last + 1
    item = AgendaItem.objects.create(meeting=meeting, is_taken_up=is_taken_up, **fields)
    record(Verb.AGENDA_CHANGED, target=meeting, by=by, item=item.pk, what="added" if is_taken_up else "proposed")
    return item


@transaction.atomic
def add(*, meeting, by, **fields) -> AgendaItem:
    """Put a matter on the agenda. Raises Refused, code `cancelled` or `approved`."""
    return _add(meeting=_open(meeting), by=by, is_taken_up=True, **fields)


@transaction.atomic
def propose(*, meeting, by, **fields) -> AgendaItem:
    """Propose a matter; the chairs take it up. Raises Refused, code `cancelled`, `approved` or `not-planned`."""
    meeting = _open(meeting)
    rules.ensure_expected(meeting.state)
    return _add(meeting=meeting, by=by, is_taken_up=False, **fields)


@transaction.atomic
def change(*, item, by, **fields) -> AgendaItem:
    """Change an item; one that was proposed is taken up by it. Raises Refused, code `cancelled` or `approved`."""
    meeting = _open(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    fields["order"] = fields.get("order") or item.order
    for name, value in (fields | {"is_taken_up": True}).items():
        setattr(item, name, value)
    item.save()
    record(Verb.AGENDA_CHANGED, target=meeting, by=by, item=item.pk, what="changed")
    return item


@transaction.atomic
def remove(*, item, by) -> None:
    """Take an item off the agenda, with what was written on it. Raises Refused, code `cancelled` or `approved`."""
    meeting = _open(item.meeting)
    key = item.pk
    AgendaItem.objects.filter(pk=key).delete()
    record(Verb.AGENDA_CHANGED, target=meeting, by=by, item=key, what="removed")
