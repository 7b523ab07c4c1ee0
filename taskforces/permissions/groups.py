"""Which working groups a viewer may know of, and the door from an address to a row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from members.permissions import roles
from members.permissions.roles import granted, may
from taskforces.choices import SHOWN_OUTSIDE, Feature, GroupState
from taskforces.models import WorkingGroup
from taskforces.permissions.table import GroupRight


def visible_to(user, *, right: GroupRight = GroupRight.SEE_GROUPS):
    """The groups on which a viewer has a right. Without one named: those the viewer may know of."""
    rows = WorkingGroup.objects.all()
    if right == GroupRight.SEE_GROUPS:
        outside = Q(state__in=SHOWN_OUTSIDE, kind__has_public_page=True)
        return rows if may(user, GroupRight.SEE_ALL_GROUPS) else rows.filter(outside)
    if right in (GroupRight.JOIN_GROUPS, GroupRight.COMMENT):
        return rows if may(user, right) else rows.none()
    held = granted(rows, user, right)
    if right == GroupRight.SEE_ROSTER and may(user, GroupRight.SEE_ROSTERS):
        return rows.filter(Q(state=GroupState.ACTIVE) | Q(pk__in=held.values("pk")))
    return held


def rights_on(group: WorkingGroup, user) -> frozenset[str]:
    """All rights on one group that `visible_to` gives a user on it, in one statement."""
    held = roles.rights_on(group, user)
    reads = group.state == GroupState.ACTIVE and may(user, GroupRight.SEE_ROSTERS)
    return held | {GroupRight.SEE_ROSTER.value} if reads else held


def group_with(user, slug, feature: Feature, *, to: GroupRight = GroupRight.SEE_GROUPS) -> WorkingGroup:
    """The group at an address whose kind has a feature, for a right. Raises Http404 or PermissionDenied."""
    group = group_for(user, slug, to=to)
    if not group.kind.has(feature):
        raise Http404
    return group


def group_for(user, slug, *, to: GroupRight = GroupRight.SEE_GROUPS) -> WorkingGroup:
    """The group at an address, for a right. Raises Http404 or PermissionDenied."""
    group = get_object_or_404(visible_to(user).select_related("kind"), slug=slug)
    if to != GroupRight.SEE_GROUPS and not visible_to(user, right=to).filter(pk=group.pk).exists():
        raise PermissionDenied
    return group
