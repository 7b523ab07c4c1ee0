"""Who reads a correspondence: the two whose it is, and nobody else, in whatever office. Who may write to whom."""

from django.shortcuts import get_object_or_404

from members.models import Correspondence, Person
from members.permissions.protection import is_protected
from members.permissions.roles import may
from members.permissions.table import Right
from members.rules.correspondence import is_offered


def visible_to(user):
    """The correspondence of a user."""
    if not user.is_authenticated or not user.is_active:
        return Correspondence.objects.none()
    return Correspondence.objects.of(user)


def correspondence_for(user, public_id) -> Correspondence:
    """One's own correspondence by its identifier. Raises Http404."""
    return get_object_or_404(visible_to(user), public_id=public_id)


def may_write_to(user, person: Person) -> bool:
    """Whether a user may write to somebody they know of, through the portal."""
    if not may(user, Right.SEE_DIRECTORY) or person.user_id is None:
        return False
    return is_offered(
        is_oneself=person.user_id == user.pk,
        writer_protected=is_protected(user),
        reader_protected=is_protected(person.user),
        takes_messages=is_protected(person.user) and person.user.protection.takes_messages,
    )
