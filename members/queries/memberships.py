"""Reads of memberships with more than one caller."""

from django.db.models import Count, Q

from members.models import Membership, Representation, Tier
from members.permissions.people import belongs


def participating_ids(*, on) -> set[int]:
    """The organisations that hold a membership on a day, by primary key."""
    return set(Membership.objects.in_force(on=on).exclude(organisation=None).values_list("organisation_id", flat=True))


def taking_part(people, *, on):
    """Of some people, those who take part on a day: whom the directory lists."""
    return people.filter(belongs(on=on), listed=True)


def counts_by_tier(*, on) -> list[tuple[str, int]]:
    """How many memberships each tier has on a day, innermost tier first."""
    in_force = Q(memberships__starts_on__lte=on) & (
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gt=on)
    )
    return [(str(tier), tier.held) for tier in Tier.objects.annotate(held=Count("memberships", filter=in_force))]


def of_person(person):
    """Memberships of a person and of the organisations the person speaks or spoke for, newest first."""
    spoken_for = Representation.objects.filter(person=person).values("organisation")
    terms = Membership.objects.with_holder().filter(Q(person=person) | Q(organisation__in=spoken_for))
    return list(terms.select_related("decision__ballot").order_by("-starts_on"))
