"""Reads of memberships with more than one caller."""

from members.models import Membership


def participating_ids(*, on) -> set[int]:
    """The organisations that hold a membership on a day, by primary key."""
    return set(Membership.objects.in_force(on=on).exclude(organisation=None).values_list("organisation_id", flat=True))
