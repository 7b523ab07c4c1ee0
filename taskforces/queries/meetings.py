"""What the pages of meetings show, put together for one viewer."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from members.kernel.instants import local_words, zone_of
from members.models import Person
from members.permissions.fields import shows
from taskforces.choices import MeetingState, MinutesState, Reply
from taskforces.models import ActionItem, AgendaItem, GroupSeat, Meeting, Minutes, WorkingGroup
from taskforces.permissions.meetings import actions_visible_to, minutes_visible_to, people_known_to, visible_to
from taskforces.permissions.seats import known_to, taking_part
from taskforces.queries.calendars import meetings_of
from taskforces.queries.rosters import Line, in_order, lines_of
from taskforces.queries.seats import seats_on
from taskforces.rules.meetings import withholds_names

TONES = {MeetingState.PLANNED: "now", MeetingState.HELD: "good", MeetingState.CANCELLED: "bad"}
MINUTES_TONES = {MinutesState.DRAFT: "plain", MinutesState.CIRCULATED: "wait", MinutesState.APPROVED: "good"}


# --- People -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Someone:
    """A person by the key, as `lines_of` takes rows."""

    person_id: int


def known_people(group: WorkingGroup, viewer, keys, *, on) -> dict[int, Line]:
    """Of some people, those of whom the viewer may know here, as they may see them, in a fixed number of statements."""
    wanted = {key for key in keys if key is not None}
    known = people_known_to(viewer, group, on=on).filter(pk__in=wanted).values_list("pk", flat=True)
    lines = lines_of([Someone(key) for key in sorted(known)], viewer, on=on)
    return {line.row.person_id: line for line in lines}


def own_people(group: WorkingGroup, viewer, *, on) -> list[Line]:
    """The people of a group on a day of whom the viewer may know: who can own something, or be present."""
    return in_order(lines_of(seats_on(group, on=on).filter(known_to(viewer, group, on=on)), viewer, on=on))


def may_have_attended(meeting: Meeting, viewer, *, on) -> list[Line]:
    """Who can be ticked as present: the people of that day and of today, and who was ticked, of those one knows of."""
    there = set(seats_on(meeting.group, on=on).values_list("person", flat=True))
    there |= set(seats_on(meeting.group, on=meeting.starts_at.date()).values_list("person", flat=True))
    there |= set(meeting.attendance.values_list("person", flat=True))
    lines = known_people(meeting.group, viewer, there, on=on)
    return sorted(lines.values(), key=lambda line: line.person.name)


# --- Times --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """A time zone, what its clocks show when a meeting begins, and how many people are known to live by it."""

    zone: str
    words: str
    people: int = 0


def clock(instant, zone: str, people: int = 0) -> Clock:
    """What the clocks of a zone show at an instant."""
    with timezone.override(zone_of(zone)):
        return Clock(zone.replace("/", ", ").replace("_", " "), local_words(instant), people)


def clocks_of(meeting: Meeting, viewer, *, on) -> list[Clock]:
    """The zones by which the people of a group live, with how many do.

    Counted are those of whom the viewer knows, who are not protected, and whose country the viewer may read: a time
    zone tells of it.
    """
    seats = GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), known_to(viewer, meeting.group, on=on))
    people = Person.objects.filter(
        shows("country", to=viewer),
        pk__in=seats.filter(group=meeting.group).values("person"),
        protection__isnull=True,
        user__isnull=False,
    )
    zones = Counter(people.values_list("user__time_zone", flat=True))
    offsets = {zone: meeting.starts_at.astimezone(zone_of(zone)).utcoffset() for zone in zones}
    return [
        clock(meeting.starts_at, zone, zones[zone]) for zone in sorted(zones, key=lambda name: (offsets[name], name))
    ]


# --- Lists --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list, with where its minutes stand as far as the viewer may read them."""

    meeting: Meeting
    minutes: Minutes | None

    @property
    def tone(self) -> str:
        return TONES[MeetingState(self.meeting.state)]

    @property
    def minutes_tone(self) -> str:
        return MINUTES_TONES[MinutesState(self.minutes.state)]


def coming_in(group: WorkingGroup, viewer, *, at):
    """The meetings of a group to come, of those the viewer attends."""
    return visible_to(viewer).filter(group=group).coming(at=at)


def past_in(group: WorkingGroup, viewer, *, at):
    """What was: for who attends every meeting, for other members those whose minutes are published."""
    read = minutes_visible_to(viewer, on=at.date()).values("meeting")
    own = visible_to(viewer).filter(group=group)
    rows = own | Meeting.objects.filter(group=group, pk__in=read).select_related("group__kind")
    return rows.past(at=at)


def meeting_lines(meetings, viewer, *, on) -> list[MeetingLine]:
    """Meetings as lines, in two statements however many they are."""
    rows = list(meetings)
    found = minutes_visible_to(viewer, on=on).filter(meeting__in=rows)
    minutes = {row.meeting_id: row for row in found}
    return [MeetingLine(row, minutes.get(row.pk)) for row in rows]


@dataclass(frozen=True)
class ActionLine:
    """What somebody took on, with who that is where the viewer may know it."""

    row: ActionItem
    owner: Line | None
    is_own: bool
    late: bool


def action_lines(items, group: WorkingGroup, viewer, *, on) -> list[ActionLine]:
    """What people took on, in a fixed number of statements."""
    rows = list(items)
    people = known_people(group, viewer, {row.owner_id for row in rows}, on=on)
    lines = []
    for row in rows:
        owner = people.get(row.owner_id)
        is_late = row.done_on is None and row.due_on is not None and row.due_on < on
        lines.append(ActionLine(row, owner, owner is not None and owner.person.is_oneself, is_late))
    return lines


# --- One meeting --------------------------------------------------------------------------------------------------


def record_of(meeting: Meeting, viewer, *, attends: bool, on) -> dict:
    """What is kept of a meeting: items, what people took on, who was there; no names where they are withheld."""
    items = list(meeting.agenda.filter(is_taken_up=True))
    actions = list(meeting.action_items.all())
    present = list(meeting.attendance.values_list("person", flat=True))
    are_withheld = withholds_names(is_chatham_house=meeting.is_chatham_house, attends=attends)
    keys = set() if are_withheld else {*present, *(row.owner_id for row in (*items, *actions))}
    people = known_people(meeting.group, viewer, keys, on=on)
    return {
        "items": [(item, people.get(item.owner_id)) for item in items],
        "actions": [(action, people.get(action.owner_id)) for action in actions],
        "present": sorted((people[key] for key in present if key in people), key=lambda line: line.person.name),
        "are_withheld": are_withheld,
    }


def replies_to(meeting: Meeting, viewer, *, on) -> list[tuple[str, list[Line]]]:
    """Who comes, who perhaps, and who does not, of those the viewer knows of."""
    seated = seats_on(meeting.group, on=on).values("person")
    given = dict(meeting.answers.filter(person__in=seated).values_list("person", "reply"))
    people = known_people(meeting.group, viewer, given, on=on)
    return [(reply.label, [people[key] for key in given if given[key] == reply and key in people]) for reply in Reply]


def page_of_meeting(meeting: Meeting, viewer, *, at) -> dict:
    """The page of a meeting, for whoever attends."""
    on = at.date()
    carried = ActionItem.objects.open_at(meeting).select_related("meeting")
    proposed = list(AgendaItem.objects.filter(meeting=meeting, is_taken_up=False))
    own = meeting.answers.filter(person__user=viewer).values_list("reply", flat=True).first()
    return record_of(meeting, viewer, attends=True, on=on) | {
        "meeting": meeting,
        "tone": TONES[MeetingState(meeting.state)],
        "clocks": clocks_of(meeting, viewer, on=on),
        "planned_by_clock": clock(meeting.starts_at, meeting.time_zone),
        "carried": action_lines(carried, meeting.group, viewer, on=on),
        "proposed": proposed,
        "replies": replies_to(meeting, viewer, on=on),
        "own_reply": own,
        "minutes": minutes_visible_to(viewer, on=on).filter(meeting=meeting).first(),
        "is_ahead": meeting.state == MeetingState.PLANNED and meeting.starts_at > at,
        "has_begun": meeting.state != MeetingState.CANCELLED and meeting.starts_at <= at,
    }


# --- Elsewhere ----------------------------------------------------------------------------------------------------


def own_open_actions(user):
    """What a user took on and has not done, in groups they attend still, the most urgent first."""
    return actions_visible_to(user).open().filter(owner__user=user).order_by("due_on", "pk")


def coming_meetings_of(user, *, at):
    """The meetings to come of the groups in which a user has a seat."""
    return meetings_of(user, on=at.date()).coming(at=at)


def ahead_in(group: WorkingGroup, viewer, *, at) -> dict:
    """For the page of a group: its next meeting, and what the viewer took on there."""
    if not viewer.is_authenticated:
        return {}
    own = own_open_actions(viewer).filter(group=group)
    return {"next_meeting": coming_in(group, viewer, at=at).first(), "own_actions": list(own)}
