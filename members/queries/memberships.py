"""Reads of memberships with more than one caller."""

from django.db.models import Q

from members.kernel.clock import today
from members.models import Membership, Representation
from members.permissions.people import belongs


def taking_part(people, *, on):
    """Of some people, those who take part on a day: whom the directory lists, as far as the reader may know of them."""
    return people.filter(belongs(on=on))


def of_person(person, *, on=None) -> list[Membership]:
    """Memberships of a person, and of the organisations the person speaks for on a day, newest first."""
    speaks = Representation.objects.in_force(on=on or today()).filter(person=person)
    terms = Membership.objects.with_holder().filter(
        Q(person=person) | Q(organisation__in=speaks.values("organisation"))
    )
    return list(terms.select_related("decision__ballot").order_by("-starts_on", "-pk"))


def spoken_for_before(person, *, on) -> list[Representation]:
    """The terms by which a person spoke for organisations, that are over on a day, last ended first."""
    over = Representation.objects.filter(person=person, ends_on__lte=on)
    return list(over.select_related("organisation").order_by("-ends_on", "-pk"))
