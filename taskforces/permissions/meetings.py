"""Who attends, keeps and reads meetings of a group; the doors from addresses to rows, and the lists that agree."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from members.kernel.tokens import digest
from members.models import Person
from members.permissions.people import visible_to as people_visible_to
from members.permissions.roles import may
from taskforces.choices import Feature, GroupState, MinutesAudience, MinutesState, SeatKind
from taskforces.models import ActionItem, AgendaItem, CalendarFeed, GroupSeat, Meeting, Minutes, WorkingGroup
from taskforces.permissions import groups
from taskforces.permissions.seats import meets, taking_part
from taskforces.permissions.table import GroupRight

MEETING = {"kind__features__contains": [Feature.MEETINGS]}
"""Groups of a kind that has meetings."""


def visible_to(user, *, right: GroupRight = GroupRight.ATTEND):
    """The meetings of groups on which a viewer has a right."""
    held = groups.visible_to(user, right=right).filter(**MEETING)
    return Meeting.objects.filter(group__in=held.values("pk")).select_related("group__kind")


def meeting_for(user, slug, public_id, *, to: GroupRight = GroupRight.ATTEND) -> Meeting:
    """The meeting at an address, for a right on its group. Raises Http404 or PermissionDenied."""
    group = groups.group_with(user, slug, Feature.MEETINGS, to=to)
    return get_object_or_404(visible_to(user, right=to), group=group, public_id=public_id)


def keeps_minutes(user, group: WorkingGroup, *, on) -> bool:
    """Whether somebody writes down who was there and what was said: who runs the group, and its rapporteur."""
    if groups.visible_to(user, right=GroupRight.RUN).filter(pk=group.pk).exists():
        return True
    own = GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), group=group, person__user=user)
    return own.filter(role=SeatKind.RAPPORTEUR).exists()


def kept_meeting_for(user, slug, public_id, *, on) -> Meeting:
    """The meeting at an address, for whoever keeps its minutes. Raises Http404 or PermissionDenied."""
    meeting = meeting_for(user, slug, public_id)
    if not keeps_minutes(user, meeting.group, on=on):
        raise PermissionDenied
    return meeting


def item_for(user, slug, public_id, item) -> AgendaItem:
    """An item of the agenda of a meeting, for who runs the group. Raises Http404 or PermissionDenied."""
    meeting = meeting_for(user, slug, public_id, to=GroupRight.RUN)
    return get_object_or_404(meeting.agenda.select_related("meeting"), public_id=item)


# --- Minutes ------------------------------------------------------------------------------------------------------


def minutes_visible_to(user, *, on):
    """The minutes a viewer may read.

    Who attends the group reads them once they are circulated, who keeps them before; other members read approved
    minutes of active groups that are meant for members.
    """
    attended = visible_to(user).values("pk")
    kept = visible_to(user, right=GroupRight.RUN).values("pk")
    reports = GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), role=SeatKind.RAPPORTEUR, person__user=user)
    own = Q(meeting__in=attended) & (~Q(state=MinutesState.DRAFT) | Q(meeting__group__in=reports.values("group")))
    readable = own | Q(meeting__in=kept)
    if may(user, GroupRight.SEE_ALL_GROUPS):
        readable |= Q(
            state=MinutesState.APPROVED,
            meeting__minutes_for=MinutesAudience.MEMBERS,
            meeting__group__state=GroupState.ACTIVE,
            meeting__group__kind__features__contains=[Feature.MEETINGS],
        )
    return Minutes.objects.filter(readable).select_related("meeting__group__kind")


def minutes_for(user, slug, public_id, *, on) -> Minutes:
    """The minutes at an address, where the viewer may read them. Raises Http404, whatever is missing."""
    group = groups.group_for(user, slug)
    return get_object_or_404(minutes_visible_to(user, on=on), meeting__group=group, meeting__public_id=public_id)


# --- What people took on ------------------------------------------------------------------------------------------


def actions_visible_to(user, *, right: GroupRight = GroupRight.ATTEND):
    """What people took on in groups on which a viewer has a right."""
    held = groups.visible_to(user, right=right).filter(**MEETING)
    return ActionItem.objects.filter(group__in=held.values("pk")).select_related("meeting", "group")


def action_to_finish_for(user, slug, public_id) -> ActionItem:
    """What somebody took on, for themselves or who runs the group. Raises Http404 or PermissionDenied."""
    group = groups.group_with(user, slug, Feature.MEETINGS, to=GroupRight.ATTEND)
    item = get_object_or_404(actions_visible_to(user), group=group, public_id=public_id)
    is_own = item.owner_id is not None and Person.objects.filter(pk=item.owner_id, user=user).exists()
    if not is_own and not actions_visible_to(user, right=GroupRight.RUN).filter(pk=item.pk).exists():
        raise PermissionDenied
    return item


# --- People and calendars -----------------------------------------------------------------------------------------


def people_known_to(user, group: WorkingGroup, *, on):
    """The people whom a viewer may know of as taking part in a group: `seats.known_to`, asked of people."""
    if meets(user, group):
        return Person.objects.all()
    others = people_visible_to(user, on=on).filter(protection__isnull=True).values("pk")
    return Person.objects.filter(Q(pk__in=others) | Q(user=user.pk))


def feed_for(token: str) -> CalendarFeed:
    """The calendar address behind a token, of a login in use. Raises Http404."""
    feeds = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    return get_object_or_404(feeds, token_digest=digest(token))
