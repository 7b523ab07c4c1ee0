"""Entering a working group, changing its settings, and moving it through its life."""

from django.db import transaction
from django.utils.text import slugify

from members.actions import rights
from members.audit import record
from members.choices.bodies import BodyKind
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import ensure_unchanged
from taskforces.actions import charters, meetings, seats, steps
from taskforces.choices import GroupState
from taskforces.models import GroupStep, WorkingGroup
from taskforces.queries.charters import lacks_charter
from taskforces.queries.seats import chairs_of
from taskforces.rules import groups as rules

LISTS = ("countries", "tiers", "expertise")
RESERVED = frozenset({"enter", "documents"})
"""What stands in addresses where a group's name would."""


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "group"
    taken = set(WorkingGroup.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def enter(*, name, kind, purpose, reason, by, short_name="", **lists) -> WorkingGroup:
    """Enter a working group, as proposed, with the reason why it is. Raises Refused, code `no-reason`."""
    rules.ensure_reason(reason)
    group = found(name=name, kind=kind, purpose=purpose, short_name=short_name, **lists)
    GroupStep.objects.create(group=group, state=group.state, reason=reason.strip(), taken_by=by)
    record(Verb.GROUP_ENTERED, target=group, by=by)
    return group


def found(*, name, kind, purpose, short_name="", **lists) -> WorkingGroup:
    """The row with its three bodies and its grants. Call it inside the transaction of an act."""
    slug = _free_slug(name)
    group = WorkingGroup.objects.create(
        name=name,
        slug=slug,
        short_name=short_name,
        kind=kind,
        purpose=purpose,
        body=rights.body_of_upper_app(BodyKind.WORKING_GROUP, slug),
        chairs=rights.body_of_upper_app(BodyKind.WORKING_GROUP_CHAIRS, slug),
        observers=rights.body_of_upper_app(BodyKind.GROUP_OBSERVERS, slug),
    )
    for list_name in LISTS:
        getattr(group, list_name).set(lists.get(list_name) or ())
    rights.settle(group)
    return group


@transaction.atomic
def change(*, group, by, revision, **fields) -> WorkingGroup:
    """Change what a group says of itself and asks for. Raises Refused, code `stale`, where it was changed since."""
    group = steps.locked(group)
    ensure_unchanged(saved=group.revision, revision=revision)
    changed = [name for name in fields if name in LISTS or getattr(group, name) != fields[name]]
    for name, value in fields.items():
        getattr(group, name).set(value) if name in LISTS else setattr(group, name, value)
    group.revision += 1
    group.save()
    record(Verb.GROUP_CHANGED, target=group, by=by, fields=sorted(changed))
    return group


@transaction.atomic
def step(*, group, state, reason, by) -> WorkingGroup:
    """Move a group on, with the reason. Concluding it ends all seats, requests and invitations.

    What has ended with the group is told and tidied here: its charter in preparation with its ballots, its seats.

    Raises Refused, code `no-such-step`, `no-chair`, `no-charter` or `no-reason`.
    """
    rules.ensure_reason(reason)
    if state == GroupState.CONCLUDED:
        charters.abandon_with(group, reason=reason, by=by)
    group, now = steps.locked(group), database_now()
    rules.ensure_step(
        state=group.state,
        to=state,
        is_chaired=chairs_of(group, on=now.date()).exists(),
        lacks_charter=lacks_charter(group, on=now.date()),
    )
    steps.take(group, state, reason=reason, by=by, at=now)
    if state == GroupState.CONCLUDED:
        meetings.cancel_all(group=group, reason=reason, by=by)
        seats.end_all(group=group, by=by)
    return group
