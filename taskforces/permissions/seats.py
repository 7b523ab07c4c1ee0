"""Whose seats in a group a viewer may know of: protection subtracts, and so does the end of taking part."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from members.models import Person, StaffTerm
from members.permissions.people import belongs, visible_to
from taskforces.models import GroupSeat, WorkingGroup
from taskforces.permissions import groups
from taskforces.permissions.table import GroupRight


def taking_part(*, on) -> Q:
    """Seats and requests of people who take part in the platform on a day: what a seat gives ends with that."""
    serves = StaffTerm.objects.in_force(on=on).values("person")
    return Q(person__in=Person.objects.filter(belongs(on=on))) | Q(person__in=serves)


def meets(user, group: WorkingGroup) -> bool:
    """Whether a viewer knows everybody of a group, protected members by their handles: its own people alone do."""
    return groups.visible_to(user, right=GroupRight.MEET_GROUP).filter(pk=group.pk).exists()


def own_seat_for(user, slug, *, on) -> GroupSeat:
    """The seat of a user in the group at an address, on a day. Raises Http404, whichever of the two is missing."""
    own = GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), group__in=groups.visible_to(user))
    return get_object_or_404(own.select_related("group__kind", "person"), group__slug=slug, person__user=user)


def known_to(user, group: WorkingGroup, *, on) -> Q:
    """Seats, requests and invitations of a group of which a viewer may know.

    Its own people know of all. Others know of whom they know anyway, and of no protected member, be they listed
    to them under a handle or not: that a handle is in a group would tell more of it. Everybody knows of their own.
    """
    if meets(user, group):
        return Q()
    others = visible_to(user, on=on).filter(protection__isnull=True).values("pk")
    return Q(person__in=others) | Q(person__user=user)


OPENLY = Q(person__protection__isnull=True, person__listed=True)
"""Seats that are counted wherever a number is said: the same number for everybody, and hidden people in none."""


def open_seats(*, on):
    """The seats that the number of people of a group is counted of."""
    return GroupSeat.objects.in_force(on=on).filter(OPENLY & taking_part(on=on))
