"""Seats that are asked for in more than one place."""

from taskforces.choices import CHAIRING
from taskforces.models import GroupSeat, WorkingGroup
from taskforces.permissions.seats import taking_part


def seats_on(group: WorkingGroup, *, on):
    """The seats of a group on any day, past or to come: those in force, of people who took part that day."""
    return GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), group=group)


def seat_of(user, group: WorkingGroup, *, on) -> GroupSeat | None:
    """The seat of a user in a group on a day, while they take part in the platform."""
    if not user.is_authenticated:
        return None
    return seats_on(group, on=on).filter(person__user=user).select_related("person").first()


def chairs_of(group: WorkingGroup, *, on):
    """The seats of whoever chairs a group on a day."""
    return seats_on(group, on=on).filter(role__in=CHAIRING)


def told_of_step(group: WorkingGroup, *, since, on):
    """The seats of whoever is told that a group moved on: those in force, and those that the step has ended."""
    seats = GroupSeat.objects.filter(taking_part(on=on), group=group)
    return seats.in_force(on=on) | seats.filter(ended_at__gte=since)
