"""A working group locked for an act, and entering a state, by whatever act brings it there."""

from datetime import datetime

from members.audit import record
from members.choices.verbs import Verb
from taskforces.models import GroupStep, WorkingGroup


def locked(group: WorkingGroup) -> WorkingGroup:
    """The group, locked until the end of the act; acts on the people of one group follow each other."""
    return (
        WorkingGroup.objects.select_for_update(of=("self",))
        .select_related("kind", "body", "chairs", "observers")
        .get(pk=group.pk)
    )


def take(group: WorkingGroup, state: str, *, reason: str, by, at: datetime) -> None:
    """Let a group enter a state, with the reason, and tell its people. The group is locked; part of an act."""
    group.state = state
    group.save(update_fields=["state"])
    GroupStep.objects.create(group=group, state=state, reason=reason.strip(), taken_by=by)
    record(Verb.GROUP_STEPPED, target=group, by=by, state=state, since=at.isoformat())
