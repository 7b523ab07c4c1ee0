"""Who may ask to see a sealed identity, who decides on it, and the door to one request."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from members.models import Affiliation, CustodianTerm, Representation, SeatTerm, Unsealing
from members.permissions.roles import may
from members.permissions.table import Right


def is_custodian(user, *, on) -> bool:
    """Whether a user serves as custodian on a day."""
    return user.is_authenticated and CustodianTerm.objects.in_force(on=on).filter(person__user=user).exists()


def visible_to(user, *, on):
    """The requests a user may know of: custodians all but those about themselves, everyone else their own."""
    rows = Unsealing.objects.select_related("asked_by", "protection")
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if is_custodian(user, on=on):
        return rows.filter(Q(protection__isnull=True) | ~Q(protection__user=user) | Q(asked_by=user))
    if may(user, Right.ASK_UNSEALING):
        return rows.filter(asked_by=user)
    return rows.none()


def unsealing_for(user, public_id, *, on) -> Unsealing:
    """The request behind an identifier. Raises Http404."""
    return get_object_or_404(visible_to(user, on=on), public_id=public_id)


def institutions_of(person, *, on) -> list[int]:
    """The organisations a custodian may decide for, with those above them: by seat, by representation, by work."""
    found = []
    for table in (Representation, Affiliation):
        terms = table.objects.in_force(on=on).filter(person=person).select_related("organisation").order_by("pk")
        found += [term.organisation for term in terms]
    seats = SeatTerm.objects.in_force(on=on).filter(person=person, seat__organisation__isnull=False)
    found += [term.seat.organisation for term in seats.select_related("seat__organisation")]
    keys = [organisation.pk for organisation in found]
    return list(dict.fromkeys([*keys, *(row.parent_id for row in found if row.parent_id)]))
