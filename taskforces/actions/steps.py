"""A working group entering a state, by whatever act brings it there."""

from datetime import datetime

from members.audit import record
from members.choices.verbs import Verb
from taskforces.models import GroupStep, WorkingGroup


def take(group: WorkingGroup, state: str, *, reason: str, by, at: datetime) -> None:
    """Let a group enter a state, with the reason, and tell its people. The group is locked; part of an act."""
    group.state = state
    group.save(update_fields=["state"])
    GroupStep.objects.create(group=group, state=state, reason=reason.strip(), taken_by=by)
    record(Verb.GROUP_STEPPED, target=group, by=by, state=state, since=at.isoformat())
