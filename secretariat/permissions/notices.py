"""Whose a notice is, and the door from an identifier to a row: one's own, and nobody else's."""

from django.shortcuts import get_object_or_404

from secretariat.models import Notice


def visible_to(user):
    """The notices in a user's inbox. The administration shows staff the rest, without their texts."""
    if not user.is_authenticated or not user.is_active:
        return Notice.objects.none()
    return Notice.objects.in_inbox_of(user)


def notice_for(user, public_id) -> Notice:
    """The notice of an identifier, in the user's own inbox. Raises Http404."""
    return get_object_or_404(visible_to(user).with_what_it_tells(), public_id=public_id)
