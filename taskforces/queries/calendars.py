"""Meetings as iCalendar: a person's feed, and one meeting to take along. They tell when, and of which group.

Times are instants in UTC, which every calendar shows by its own clock: nothing hangs on its knowing a time zone.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from taskforces.choices import Feature, MeetingState
from taskforces.models import CalendarFeed, GroupSeat, Meeting
from taskforces.permissions.seats import taking_part

KEPT = timedelta(days=180)
"""How long a meeting that is over stays in a feed."""
STATUS = {MeetingState.CANCELLED: "CANCELLED"}


def meetings_of(user, *, on):
    """The meetings of the groups in which a user has a seat on a day: a seat that ends takes its meetings along."""
    own = GroupSeat.objects.in_force(on=on).filter(taking_part(on=on), person__user=user)
    meeting = Meeting.objects.filter(group__in=own.values("group"), group__kind__features__contains=[Feature.MEETINGS])
    return meeting.select_related("group")


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Prevention Platform//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _event(meeting: Meeting) -> Event:
    path = reverse("taskforces:group-meeting", args=[meeting.group.slug, meeting.public_id])
    event = Event()
    event.add("uid", f"{meeting.public_id}@meetings")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", _("Meeting of %(group)s") % {"group": meeting.group.name})
    event.add("url", settings.BASE_URL + path)
    event.add("status", STATUS.get(meeting.state, "CONFIRMED"))
    event.add("sequence", meeting.sequence)
    event.add("class", "PRIVATE")
    return event


def feed_of(feed: CalendarFeed, *, at) -> bytes:
    """The meetings of a user, past ones for half a year, in the user's language."""
    calendar = _calendar()
    with translation.override(feed.user.language):
        calendar.add("x-wr-calname", _("Meetings of your groups"))
        found = meetings_of(feed.user, on=at.date()).filter(ends_at__gt=at - KEPT)
        for meeting in found.order_by("starts_at", "pk"):
            calendar.add_component(_event(meeting))
    return calendar.to_ical()


def calendar_of(meeting: Meeting) -> bytes:
    """One meeting, in the language that is active now."""
    calendar = _calendar()
    calendar.add_component(_event(meeting))
    return calendar.to_ical()
