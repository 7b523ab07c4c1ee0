"""Who sees to what people ask about their own data: officers, but for their own."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from members.models import Correction, Download, Erasure
from members.permissions.protection import unprotected
from members.permissions.roles import may
from members.permissions.table import Right


def corrections_visible_to(user):
    """The corrections an officer may answer: all but those the officer asked for."""
    if not may(user, Right.ANSWER_DATA_REQUESTS):
        return Correction.objects.none()
    return unprotected(Correction.objects.exclude(user=user))


def erasures_visible_to(user):
    """The erasures an officer is told of: all but the officer's own."""
    if not may(user, Right.ANSWER_DATA_REQUESTS):
        return Erasure.objects.none()
    return unprotected(Erasure.objects.exclude(user=user))


def correction_for(user, public_id) -> Correction:
    """The correction of an identifier. Raises Http404; PermissionDenied to the officer who asked for it."""
    own = Correction.objects.filter(user_id=user.pk, public_id=public_id)
    if may(user, Right.ANSWER_DATA_REQUESTS) and own.exists():
        raise PermissionDenied
    return get_object_or_404(corrections_visible_to(user).select_related("user"), public_id=public_id)


def download_for(user, public_id) -> Download:
    """One's own download of an identifier. Raises Http404: of nobody else's is it known that there is one."""
    return get_object_or_404(Download, user=user, public_id=public_id)
