"""Whose a notice is, and the door from an identifier to a row: one's own, and nobody else's."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from secretariat.choices import Kind
from secretariat.models import Notice

ASKED_BY_ANYBODY = Q(kind=Kind.ENTRY_LINK) | Q(kind=Kind.ACCOUNT, facts__about="password_reset_key")
"""What whoever knows an address can have written to it."""


def visible_to(user):
    """The notices in a user's inbox. The administration shows staff the rest, without their texts."""
    if not user.is_authenticated or not user.is_active:
        return Notice.objects.none()
    return Notice.objects.in_inbox_of(user)


def shown_to_office(rows):
    """Of some notices, those that the Secretariat may know of: none that tells that it had a protected reader.

    What anybody can have sent to any address is there, as to an address without an account: else its absence would
    tell that the address is a protected member's.
    """
    return rows.filter(Q(user__protection__isnull=True) | ASKED_BY_ANYBODY)


def notice_for(user, public_id) -> Notice:
    """The notice of an identifier, in the user's own inbox. Raises Http404."""
    return get_object_or_404(visible_to(user).with_what_it_tells(), public_id=public_id)
