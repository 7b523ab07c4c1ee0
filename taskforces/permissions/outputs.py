"""Who reads outputs: everybody once it is published, also if withdrawn; before, its authors and who runs the group."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from taskforces.choices import OutputState
from taskforces.models import Output, OutputAuthor
from taskforces.permissions import groups
from taskforces.permissions.table import GroupRight

OUT = (OutputState.PUBLISHED, OutputState.WITHDRAWN)


def visible_to(user):
    """The outputs a viewer may read."""
    found = Q(state__in=OUT)
    if user.is_authenticated:
        own = OutputAuthor.objects.filter(person__user=user).values("output")
        found |= Q(group__in=groups.visible_to(user, right=GroupRight.RUN).values("pk"))
        found |= Q(state=OutputState.PROPOSED, pk__in=own)
    return Output.objects.filter(found)


def output_for(user, slug, *, to: GroupRight = GroupRight.SEE_GROUPS) -> Output:
    """The output at an address; with a right named, for who has it on the group. Raises Http404, PermissionDenied."""
    output = get_object_or_404(visible_to(user).select_related("group__kind", "language", "version"), slug=slug)
    if to != GroupRight.SEE_GROUPS and to not in groups.rights_on(output.group, user):
        raise PermissionDenied
    return output


def byline_for(user, slug) -> OutputAuthor:
    """What a user is asked about their name on an output. Raises Http404."""
    asked = OutputAuthor.objects.filter(output__in=visible_to(user)).select_related("output__group", "person")
    return get_object_or_404(asked, output__slug=slug, person__user=user)
