"""The milestones of a group, in the order in which one asks for them."""

from dataclasses import dataclass

from taskforces.choices import MilestoneState
from taskforces.models import Milestone, WorkingGroup


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone in a list."""

    milestone: Milestone
    is_overdue: bool


def shelves_of(group: WorkingGroup, *, on) -> dict[str, list[MilestoneLine]]:
    """The milestones of a group by where they stand, in one statement: those with a date by their dates first."""
    shelves: dict[str, list[MilestoneLine]] = {state.value: [] for state in MilestoneState}
    for row in group.milestones.order_by("due_on", "pk"):
        is_overdue = row.state == MilestoneState.CURRENT and row.due_on is not None and row.due_on < on
        shelves[row.state].append(MilestoneLine(row, is_overdue))
    return shelves
