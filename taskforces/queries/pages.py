"""What the pages of working groups show, put together for one viewer."""

from dataclasses import dataclass

from django.db.models import Count

from members.models import Person
from taskforces.choices import GroupState, RequestState, SeatKind, WayIn
from taskforces.models import GroupInvitation, GroupSeat, JoinRequest, WorkingGroup
from taskforces.permissions import groups as doors
from taskforces.permissions.seats import known_to, open_seats, taking_part
from taskforces.permissions.table import GroupRight
from taskforces.queries.charters import overdue_of
from taskforces.queries.eligibility import eligible
from taskforces.queries.reports import overdue_since
from taskforces.queries.rosters import in_order, lines_of
from taskforces.queries.seats import seat_of, seats_on
from taskforces.queries.sections import sections_of
from taskforces.rules.groups import FOLLOWS
from taskforces.rules.seats import joins_at_once

TONES = {
    GroupState.PROPOSED: "wait",
    GroupState.IN_CHARTER: "wait",
    GroupState.ACTIVE: "good",
    GroupState.DORMANT: "plain",
    GroupState.CONCLUDED: "plain",
}


@dataclass(frozen=True)
class GroupLine:
    """A group in a list."""

    group: WorkingGroup
    size: int
    is_own: bool

    @property
    def tone(self) -> str:
        return TONES[GroupState(self.group.state)]


def group_lines(groups, user, *, on) -> list[GroupLine]:
    """Groups with the number of their people, in three statements however many they are."""
    rows = list(groups)
    counted = open_seats(on=on).filter(group__in=rows).values("group").annotate(people=Count("pk"))
    sizes = {row["group"]: row["people"] for row in counted}
    own = set()
    if user.is_authenticated:
        own = set(groups_of(user, on=on).values_list("group", flat=True))
    return [GroupLine(row, sizes.get(row.pk, 0), row.pk in own) for row in rows]


def groups_of(user, *, on):
    """The keys of the groups a user has a seat in on a day."""
    return GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), person__user=user).values("group")


@dataclass(frozen=True)
class May:
    """What a viewer may do with a group."""

    read_roster: bool
    attend: bool
    contribute: bool
    run: bool
    manage_people: bool
    manage: bool


RIGHTS = (
    GroupRight.SEE_ROSTER,
    GroupRight.ATTEND,
    GroupRight.CONTRIBUTE,
    GroupRight.RUN,
    GroupRight.MANAGE_PEOPLE,
    GroupRight.MANAGE_GROUP,
)
"""Those that `May` tells of, in its order."""


def may_of(user, group: WorkingGroup) -> May:
    """What a viewer may do with a group: which buttons and sections a page has."""
    held = doors.rights_on(group, user)
    return May(*(right in held for right in RIGHTS))


def ways_in(user, group: WorkingGroup, *, on) -> dict:
    """How a member stands to a group: their seat, request and invitation, and whether they may ask."""
    person = Person.objects.filter(user=user).first() if user.is_authenticated else None
    if person is None or not doors.visible_to(user, right=GroupRight.JOIN_GROUPS).filter(pk=group.pk).exists():
        return {}
    seat = seat_of(user, group, on=on)
    newest = JoinRequest.objects.filter(group=group, person=person).last()
    invitation = GroupInvitation.objects.open().filter(group=group, person=person).first()
    is_eligible = eligible(person, group, to=user, on=on)
    takes_in = group.state == GroupState.ACTIVE and group.kind.joined_by != WayIn.INVITATION
    asked = newest is not None and newest.state == RequestState.OPEN
    return {
        "seat": seat,
        "invitation": invitation,
        "join_request": newest,
        "request_open": asked,
        "was_declined": newest is not None and newest.state == RequestState.DECLINED,
        "may_ask": takes_in and seat is None and not asked and invitation is None and is_eligible is not False,
        "joins_at_once": joins_at_once(joined_by=group.kind.joined_by, is_eligible=is_eligible),
        "is_not_eligible": takes_in and seat is None and is_eligible is False,
    }


def page_of(group: WorkingGroup, viewer, *, on) -> dict:
    """The page of a group: its public face, and what a member, its people and its chairs find there besides."""
    may = may_of(viewer, group)
    size = open_seats(on=on).filter(group=group).count()
    content = {
        "group": group,
        "may": may,
        "sections": sections_of(group, may, here="group"),
        "size": size,
        "tone": TONES[GroupState(group.state)],
    }
    content |= {name: list(getattr(group, name).all()) for name in ("countries", "tiers", "expertise")}
    content["next_states"] = FOLLOWS[GroupState(group.state)]
    content |= ways_in(viewer, group, on=on)
    if may.read_roster:
        seats = seats_on(group, on=on).filter(known_to(viewer, group, on=on))
        officers = seats.exclude(role__in=[SeatKind.MEMBER, SeatKind.OBSERVER])
        content["officers"] = in_order(lines_of(officers, viewer, on=on))
        content["steps"] = list(group.steps.all())
    if may.run:
        content["report_due"] = overdue_since(group, on=on)
        content["overdue"] = overdue_of(group, on=on)
    if may.manage_people:
        content["waiting"] = waiting_for(viewer, group, on=on)
        content["is_small"] = is_small(viewer, group, on=on)
    return content


def is_small(viewer, group: WorkingGroup, *, on) -> bool:
    """Whether a group has fewer people than its kind asks for, as far as the viewer knows of them."""
    known = seats_on(group, on=on).filter(known_to(viewer, group, on=on))
    return known.exclude(role=SeatKind.OBSERVER).count() < group.kind.smallest_size


def waiting_for(viewer, group: WorkingGroup, *, on) -> int:
    """How many requests wait for an answer of a chair, of those the viewer knows of."""
    return requests_to(group, viewer, on=on).count()


def requests_to(group: WorkingGroup, viewer, *, on):
    """Open requests that a chair answers: those of people who take part, of whom the viewer may know."""
    return JoinRequest.objects.open().filter(known_to(viewer, group, on=on), taking_part(on=on), group=group)


def invitations_of(group: WorkingGroup, viewer, *, on):
    """Open invitations of which the viewer may know."""
    return GroupInvitation.objects.open().filter(known_to(viewer, group, on=on), group=group)
