"""Which milestones a viewer may read, and the door from an address to one."""

from django.shortcuts import get_object_or_404

from taskforces.choices import Feature
from taskforces.models import Milestone
from taskforces.permissions import groups
from taskforces.permissions.table import GroupRight


def visible_to(user, *, right: GroupRight = GroupRight.ATTEND):
    """The milestones of the groups on which a viewer has a right; what a group means to reach is its own people's."""
    return Milestone.objects.filter(group__in=groups.visible_to(user, right=right).values("pk"))


def milestone_for(user, slug, public_id, *, to: GroupRight) -> Milestone:
    """The milestone at an address, for a right on its group. Raises Http404 or PermissionDenied as the group does."""
    group = groups.group_with(user, slug, Feature.MILESTONES, to=to)
    return get_object_or_404(visible_to(user, right=to).select_related("group__kind"), group=group, public_id=public_id)
