"""Who sees to lost second factors: officers, but for their own."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from members.models import LostFactor
from members.permissions.roles import may
from members.permissions.table import Right


def visible_to(user):
    """The requests an officer may deal with: all but those about the officer."""
    if not may(user, Right.RESTORE_FACTORS):
        return LostFactor.objects.none()
    return LostFactor.objects.exclude(user=user)


def lost_factor_for(user, public_id) -> LostFactor:
    """The request of an identifier. Raises Http404; PermissionDenied to the officer whom it is about."""
    own = LostFactor.objects.filter(user_id=user.pk, public_id=public_id)
    if may(user, Right.RESTORE_FACTORS) and own.exists():
        raise PermissionDenied
    return get_object_or_404(visible_to(user).select_related("user"), public_id=public_id)
