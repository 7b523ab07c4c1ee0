"""What happened to a governed list: who added, renamed, moved, retired or merged which entry, and when.

The record says who acted; field history what was before and after. What the list began with is not told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.choices.verbs import Verb
from members.models import AuditEvent
from members.queries.screening import names_of_logins

ACTS = (Verb.REFERENCE_CHANGED, Verb.REFERENCE_MERGED)
ONE_ACT = timedelta(seconds=5)
"""The one clock moves on within an act, which writes the row first and then its record."""
PORTAL = gettext_lazy("the portal")


@dataclass(frozen=True)
class Line:
    """One thing that happened to an entry: in words, with what was before and what is since, where that is said."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Step:
    """What happened to one entry at once. `entry` is as it is now; `by` names who did it, as the reader may know."""

    at: datetime
    entry: Model
    lines: tuple[Line, ...]
    by: str = ""


def steps_of(model: type[Model], *, viewer, on, entry: Model | None = None) -> list[Step]:
    """What happened to a list, or to one entry of it, the newest first, in a fixed number of statements."""
    entries = model.objects.in_bulk()
    events = list(_events(model, entry))
    stages = list(_stages(model, entry))
    acts: dict[int, list] = {event.pk: [] for event in events}
    found = []
    for before, after in stages:
        event = _act_of(after, events, is_first=before is None)
        if event is not None and _key(event) == after.pgh_obj_id:
            acts[event.pk].append((before, after))
        elif before is not None:
            found.append((after.pgh_created_at, after.pgh_obj_id, _lines([(before, after)]), event))
    for event in events:
        lines = _lines_of(event, acts[event.pk], entries)
        if lines:
            found.append((event.at, _key(event), lines, event))
    names = names_of_logins(viewer, {event.by_id for *_rest, event in found if event and event.by_id}, on=on)
    steps = [
        Step(at, entries[key], tuple(lines), names.get(event.by_id, str(PORTAL)) if event else str(PORTAL))
        for at, key, lines, event in found
    ]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _events(model: type[Model], entry: Model | None):
    """The acts on a list that are on the record, the oldest first."""
    about = Q(target_type=ContentType.objects.get_for_model(model)) | Q(facts__table=model._meta.model_name)
    if entry is not None:
        about &= Q(target_id=entry.pk) if isinstance(entry.pk, int) else Q(facts__code=entry.pk)
    return AuditEvent.objects.filter(about, verb__in=ACTS).order_by("pk")


def _key(event: AuditEvent):
    """The key of the entry an act was about."""
    return event.target_id if event.target_id is not None else event.facts["code"]


def _stages(model: type[Model], entry: Model | None) -> Iterable[tuple]:
    """Each row of the field history with the one before it, None at the beginning of an entry."""
    history = model.history.rel.related_model
    related = [field.name for field in _columns(history) if field.is_relation]
    rows = history.objects.order_by("pgh_id")
    rows = rows.select_related(*related) if related else rows
    last: dict = {}
    for row in rows if entry is None else rows.filter(pgh_obj=entry):
        yield last.get(row.pgh_obj_id), row
        last[row.pgh_obj_id] = row


def _act_of(stage, events: list[AuditEvent], *, is_first: bool) -> AuditEvent | None:
    """The act that wrote a row of the history: one on the entry itself, else one that moved it along with another.

    The first row of an entry is of the act that entered it, which named its code; what a list began with was none.
    """
    near = [event for event in events if timedelta(0) <= event.at - stage.pgh_created_at < ONE_ACT]
    own = [event for event in near if _key(event) == stage.pgh_obj_id]
    if is_first:
        own, near = [event for event in own if "code" in event.facts.get("fields", ())], []
    return next(iter(own + near), None)


# --- In words -------------------------------------------------------------------------------------------------------

CHANGED = {
    "label": gettext_lazy("Renamed"),
    "parent": gettext_lazy("Put under another heading"),
    "region": gettext_lazy("Put in another region"),
    "code": gettext_lazy("Given another code"),
    "endonym": gettext_lazy("Own name changed"),
}


def _columns(history: type[Model]) -> list[Field]:
    return [field for field in history._meta.concrete_fields if not field.name.startswith("pgh_")]


def _lines(stages: Iterable[tuple]) -> list[Line]:
    """What rows of the history say, each beside the one before it."""
    found = []
    for before, after in stages:
        if before is None:
            found.append(Line(_("Added"), after=getattr(after, "label", "")))
            continue
        found += [
            _line(field, getattr(before, field.name), getattr(after, field.name))
            for field in _columns(type(after))
            if getattr(before, field.attname) != getattr(after, field.attname)
        ]
    return found


def _line(field: Field, before, after) -> Line:
    if field.name == "retired_on":
        return Line(_("Retired") if after else _("Brought back into use"))
    words = CHANGED.get(field.name) or capfirst(field.verbose_name)
    return Line(str(words), str(before or ""), str(after or ""))


def _lines_of(event: AuditEvent, stages: list, entries: dict) -> list[Line]:
    """What an act did: what the history says, else the record, which alone knows of mergers and of some columns."""
    if event.verb == Verb.REFERENCE_MERGED:
        return [Line(_("Merged into another entry"), after=str(entries[event.facts["into"]]))]
    if stages:
        return _lines(stages)
    if "retired_on" in event.facts["fields"]:
        return [Line(_("Retired") if event.facts.get("retired_on", True) else _("Brought back into use"))]
    return [Line(_("Changed"))] if event.facts["fields"] else []
