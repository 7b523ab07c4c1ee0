"""Who may read which version of a charter, and the doors from addresses to what is in preparation."""

from django.db.models import F, Q
from django.shortcuts import get_object_or_404

from members.permissions.roles import may
from taskforces.choices import IN_PREPARATION, Feature
from taskforces.models import Charter, CharterComment, CharterVersion, WorkingGroup
from taskforces.permissions.groups import group_with, visible_to
from taskforces.permissions.table import GroupRight


def attends(user, group: WorkingGroup) -> bool:
    """Whether a viewer reads what the group keeps for its own people, drafts among it."""
    return visible_to(user, right=GroupRight.ATTEND).filter(pk=group.pk).exists()


def readable_by(user, group: WorkingGroup):
    """The charter on its way, if a viewer may know of it: a released one to members, a draft to its people."""
    waiting = Charter.objects.filter(group=group, state__in=IN_PREPARATION)
    if attends(user, group):
        return waiting
    return waiting.filter(released_at__isnull=False) if may(user, GroupRight.SEE_ALL_GROUPS) else waiting.none()


def versions_visible_to(user, group: WorkingGroup):
    """The versions a viewer may read: what was in force ever; members besides what was released and what followed."""
    rows = CharterVersion.objects.filter(group=group)
    if attends(user, group):
        return rows
    adopted = Charter.objects.filter(group=group, adopted_version__isnull=False)
    readable = Q(pk__in=adopted.values("adopted_version"))
    if may(user, GroupRight.SEE_ALL_GROUPS):
        readable |= Q(number__gte=F("charter__released_version__number"))
    return rows.filter(readable)


def charter_for(user, slug, *, to: GroupRight) -> Charter:
    """The charter on its way of the group at an address, for a right on it. Raises Http404 or PermissionDenied."""
    group = group_with(user, slug, Feature.CHARTER, to=to)
    return get_object_or_404(
        Charter.objects.filter(state__in=IN_PREPARATION).select_related("group__kind"), group=group
    )


def released_charter_for(user, slug) -> Charter:
    """The released charter on which members comment. Raises Http404, or PermissionDenied for who may not comment."""
    group = group_with(user, slug, Feature.CHARTER, to=GroupRight.COMMENT)
    rows = readable_by(user, group).filter(released_at__isnull=False)
    return get_object_or_404(rows.select_related("group__kind"))


def comment_for(user, slug, public_id) -> CharterComment:
    """A comment on the charter in preparation, for who runs the group. Raises as `charter_for`."""
    charter = charter_for(user, slug, to=GroupRight.RUN)
    return get_object_or_404(charter.comments.select_related("charter__group", "person"), public_id=public_id)
