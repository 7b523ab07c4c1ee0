"""Which people a viewer may know of, and the door from an identifier to a row."""

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from members.choices.bodies import Role
from members.models import Membership, Person, Representation
from members.permissions.protection import knows_of
from members.permissions.roles import may, roles_of
from members.permissions.table import Right


def belongs(*, on) -> Q:
    """People who take part on a day: by a membership of their own, or by speaking for a member organisation."""
    own = Membership.objects.in_force(on=on).filter(person=OuterRef("pk"))
    held = Membership.objects.in_force(on=on).filter(organisation=OuterRef("organisation"))
    speaks = Representation.objects.in_force(on=on).filter(Exists(held), person=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(speaks))


def visible_to(user, *, on):
    """The people a viewer may know of: the Secretariat all, members those listed who take part, everyone oneself.

    Protection subtracts: of protected members, only those who are listed under a handle for the viewer.
    """
    rows = Person.objects.filter(knows_of(user))
    if user is None or not user.is_authenticated or not user.is_active:
        return rows.none()
    if Role.SECRETARIAT in roles_of(user):
        return rows
    if not may(user, Right.SEE_DIRECTORY):
        return rows.filter(user=user)
    return rows.filter(Q(user=user) | (Q(listed=True) | Q(protection__isnull=False)) & belongs(on=on))


def person_for(user, public_id, *, on) -> Person:
    """The person behind an identifier, where the viewer may know of them. Raises Http404.

    A protected member is found by the identifier of the handle alone, but for themselves.
    """
    known = Q(public_id=public_id, protection__isnull=True) | Q(public_id=public_id, user=user.pk)
    by_handle = Q(protection__public_id=public_id)
    return get_object_or_404(visible_to(user, on=on).with_everything().filter(known | by_handle))
