"""Calendar addresses and what calendars read there, by two independent parsers."""

from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.urls import reverse

from members.kernel.clock import today
from members.models import AuditEvent
from taskforces.actions import agenda, feeds, meetings, seats
from taskforces.models import CalendarFeed, GroupSeat
from tests.factories import groups as made
from tests.factories import meetings as made_meetings
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(cast):
    group = made.active(cast, kind="task-force")
    made.seated(cast, group, "individual")
    return group


def feed(client, cast, name="individual"):
    token = feeds.make(user=cast[name], by=cast[name])
    return reverse("taskforces:calendar-feed", args=[token])


def instants(content):
    """Begin and state of every meeting, as each of the two parsers finds them."""
    first = [
        (event.start, event["STATUS"], int(event["SEQUENCE"]))
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]
    second = [
        (event.dtstart.value, event.status.value, int(event.sequence.value))
        for event in getattr(vobject.readOne(content.decode()), "vevent_list", [])
    ]
    return first, second


@pytest.mark.parametrize(("zone", "month"), [("Europe/Berlin", 3), ("America/New_York", 3), ("Europe/Berlin", 10)])
def test_two_parsers_agree_across_the_change_of_summer_time(client, cast, group, zone, month):
    start = date(today().year + 1, month, 1)
    days = [start + timedelta(weeks=week) for week in range(6)]
    for day in days:
        made_meetings.planned(cast, group, day=day, begins=time(15), time_zone=zone)
    first, second = instants(client.get(feed(client, cast)).content)
    assert first == second
    local = [instant.astimezone(ZoneInfo(zone)) for instant, _state, _sequence in first]
    assert [(instant.date(), instant.time()) for instant in local] == [(day, time(15)) for day in days]
    assert len({instant.astimezone(UTC).hour for instant in local}) == 2


def test_it_tells_when_and_which_group_and_nothing_else(client, cast, group):
    meeting = made_meetings.planned(
        cast, group, title="A secret title", place="Room 12", link="https://meet.example/x", description="Private words"
    )
    agenda.add(meeting=meeting, title="A private item", owner=cast.person("individual"), by=cast["institution"])
    answer = client.get(feed(client, cast))
    assert answer["Cache-Control"].startswith("private")
    content = answer.content.decode().replace("\r\n ", "")
    assert f"Meeting of {group.name}" in content
    assert reverse("taskforces:group-meeting", args=[group.slug, meeting.public_id]) in content
    private = ("secret title", "Room 12", "meet.example", "Private words", "private item", "Individual", "@cast.test")
    assert [word for word in private if word in content] == []


def test_a_cancelled_meeting_is_shown_as_cancelled(client, cast, group):
    meeting = made_meetings.planned(cast, group)
    meetings.cancel(meeting=meeting, reason="Too few can come.", by=cast["institution"])
    first, second = instants(client.get(feed(client, cast)).content)
    assert first == second == [(meeting.starts_at, "CANCELLED", 1)]


def test_a_seat_that_has_ended_takes_its_meetings_along(client, cast, group):
    made_meetings.planned(cast, group)
    path = feed(client, cast)
    assert len(instants(client.get(path).content)[0]) == 1
    seats.end(seat=GroupSeat.objects.get(person=cast.person("individual")), by=cast["institution"])
    assert instants(client.get(path).content) == ([], [])


def test_a_token_is_kept_as_a_digest_and_works_until_it_is_ended(client, cast, group):
    sign_in(client, cast["individual"])
    shown = client.post(reverse("taskforces:calendar")).context["address"]
    path = shown[shown.index("/calendar/") :]
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert CalendarFeed.objects.get().token_digest != token
    assert token not in client.get(reverse("taskforces:calendar")).content.decode()
    client.logout()
    assert client.get(path).status_code == 200
    assert client.get(path.replace(token, token[::-1])).status_code == 404
    feeds.end(user=cast["individual"], by=cast["individual"])
    assert client.get(path).status_code == 404
    assert token not in " ".join(str(event.facts) for event in AuditEvent.objects.all())


def test_a_new_address_takes_the_place_of_the_one_before(client, cast, group):
    before, after = feed(client, cast), feed(client, cast)
    assert client.get(before).status_code == 404
    assert client.get(after).status_code == 200


def test_a_login_out_of_use_has_no_feed(client, cast, group):
    path = feed(client, cast)
    type(cast["individual"]).objects.filter(pk=cast["individual"].pk).update(is_active=False)
    assert client.get(path).status_code == 404


def test_one_meeting_to_take_along(client, cast, group):
    meeting = made_meetings.planned(cast, group, title="A secret title")
    path = reverse("taskforces:group-meeting-calendar", args=[group.slug, meeting.public_id])
    sign_in(client, cast["individual"])
    answer = client.get(path)
    first, second = instants(answer.content)
    assert first == second == [(meeting.starts_at, "CONFIRMED", 0)]
    assert b"secret title" not in answer.content
    sign_in(client, cast["rising"])
    assert client.get(path).status_code == 403
