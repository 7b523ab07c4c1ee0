"""Who may see and do what with an organisation, and the door from its address to a row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from members.choices.bodies import Role
from members.kernel.statements import prepared
from members.models import Membership, Organisation, Representation
from members.permissions.roles import granted, may, roles_of
from members.permissions.table import Right


def has_taken_part(organisation: str, *, on) -> Exists:
    """Whether the organisation in a column holds a membership on a day or has held one before: that is no secret."""
    return Exists(Membership.objects.filter(organisation=OuterRef(organisation), starts_on__lte=on))


def visible_to(user, *, on, right: Right = Right.SEE_DIRECTORY):
    """The organisations a viewer may know of: the Secretariat all, members those that take part or have taken part,
    and those they speak for. Of others it is not told that they are known here. Managing one is granted on its row.
    """
    rows = Organisation.objects.all()
    if right != Right.SEE_DIRECTORY:
        return granted(rows, user, right)
    if not may(user, right):
        return rows.none()
    if Role.SECRETARIAT in roles_of(user):
        return rows
    spoken_for = Representation.objects.in_force(on=on).filter(organisation=OuterRef("pk"), person__user=user)
    return rows.filter(Q(has_taken_part("pk", on=on)) | Q(Exists(spoken_for)))


def representation_for(user, organisation, public_id, *, on) -> Representation:
    """Who speaks for an organisation, by the person's identifier: not a protected member, but for themselves. Raises
    Http404.
    """
    known = Q(person__protection__isnull=True) | Q(person__user=user.pk)
    terms = Representation.objects.in_force(on=on).filter(known, organisation=organisation)
    return get_object_or_404(terms.select_related("person"), person__public_id=public_id)


KNOWN = """
    SELECT o.id, o.slug, o.name FROM members_organisation o WHERE o.id = ANY(%(keys)s) AND (%(all)s
    OR EXISTS (SELECT FROM members_membership m WHERE m.organisation_id = o.id AND m.starts_on <= %(on)s)
    OR EXISTS (
        SELECT FROM members_representation r WHERE r.organisation_id = o.id AND r.person_id = %(person)s
        AND r.starts_on <= %(on)s AND (r.ends_on IS NULL OR r.ends_on > %(on)s)
    ))
"""


def known_of(user, keys: list[int], *, on) -> list[tuple[int, str, str]]:
    """Key, slug and name of those of some organisations that a viewer may know of.

    It says what `visible_to` says, in one plain statement, because every page of the directory asks it.
    """
    if not keys or not may(user, Right.SEE_DIRECTORY):
        return []
    person = getattr(user, "person", None)
    values = {"keys": keys, "all": Role.SECRETARIAT in roles_of(user), "person": person.pk if person else 0, "on": on}
    with prepared() as cursor:
        cursor.execute(KNOWN, values)
        return cursor.fetchall()


def organisation_for(user, slug, *, on, to: Right = Right.SEE_DIRECTORY) -> Organisation:
    """The organisation at an address, for a right. Raises Http404 or PermissionDenied."""
    organisation = get_object_or_404(visible_to(user, on=on).select_related("country__region", "parent"), slug=slug)
    if not visible_to(user, on=on, right=to).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    return organisation
