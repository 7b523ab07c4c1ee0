"""Who may see and do what with an organisation, and the door from its address to a row."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from members.models import Organisation
from members.permissions.roles import granted, may
from members.permissions.table import Right


def visible_to(user, *, right: Right = Right.SEE_DIRECTORY):
    """Organisations are known to all who may use the directory; managing one is granted on its row."""
    if right == Right.SEE_DIRECTORY:
        return Organisation.objects.all() if may(user, right) else Organisation.objects.none()
    return granted(Organisation.objects.all(), user, right)


def organisation_for(user, slug, *, to: Right = Right.SEE_DIRECTORY) -> Organisation:
    """The organisation at an address, for a right. Raises Http404 or PermissionDenied."""
    organisation = get_object_or_404(visible_to(user).select_related("country__region", "parent"), slug=slug)
    if not visible_to(user, right=to).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    return organisation
