"""Meetings of working groups: planned, answered, kept and read; every refusal by what did not happen."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import erasures, preferences, protection
from members.choices.audiences import Audience
from members.choices.verbs import Verb
from members.kernel.clock import database_now, today
from members.models import AuditEvent, User
from secretariat.choices import Kind
from secretariat.models import Notice
from taskforces.actions import action_items, agenda, groups, meetings, minutes
from taskforces.choices import GroupState, MeetingState, MinutesState, Reply, SeatKind
from taskforces.models import ActionItem, AgendaItem, Attendance, Meeting, MeetingAnswer, Minutes
from taskforces.permissions import meetings as doors
from taskforces.queries.meetings import action_lines, clocks_of, page_of_meeting, record_of
from taskforces.queries.own_data import own_data_of
from tests.factories import groups as made
from tests.factories import meetings as made_meetings
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def fresh(cast, name):
    return User.objects.get(pk=cast[name].pk)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("user__email", flat=True))


def at(page, meeting, **more):
    return reverse(f"taskforces:{page}", kwargs={"slug": meeting.group.slug, "public_id": meeting.public_id} | more)


@pytest.fixture
def group(cast):
    """The institution's principal chairs it, the individual member is in it, the delegate observes."""
    group = made.active(cast, kind="task-force")
    made.seated(cast, group, "individual")
    made.seated(cast, group, "delegate", SeatKind.OBSERVER)
    return group


@pytest.fixture
def meeting(cast, group):
    return made_meetings.planned(cast, group)


@pytest.fixture
def held(cast, group):
    return made_meetings.held(cast, group)


def approved(cast, held, **facts):
    chair = cast["institution"]
    agenda.add(meeting=held, title="The budget", owner=cast.person("individual"), by=chair)
    minutes.record_attendance(
        meeting=held, present=[cast.person("individual")], among=[cast.person("individual")], by=chair
    )
    minutes.write(meeting=held, summary="We met.", items={}, revision=0, by=chair)
    minutes.circulate(meeting=held, by=chair)
    return minutes.approve(meeting=held, revision=1, by=chair)


class TestPlanning:
    def test_everybody_in_the_group_is_told_but_who_planned_it(self, cast, meeting):
        assert told(Kind.MEETING_PLANNED) == {"individual@cast.test", "delegate@cast.test"}
        assert AuditEvent.objects.filter(verb=Verb.MEETING_PLANNED).count() == 1

    def test_by_the_clock_of_a_place_across_summer_time(self, cast, group, clock):
        year = today().year + 1
        facts = {"begins": time(15), "time_zone": "Europe/Berlin"}
        last_sunday = max(day for day in (date(year, 3, n) for n in range(25, 32)) if day.weekday() == 6)
        before = made_meetings.planned(cast, group, day=last_sunday - timedelta(days=3), **facts)
        after = made_meetings.planned(cast, group, day=last_sunday + timedelta(days=4), **facts)
        assert (before.starts_at.hour, after.starts_at.hour) == (14, 13)
        events = AuditEvent.objects.count()
        with refused("no-such-time"):
            made_meetings.planned(cast, group, day=last_sunday, begins=time(2, 30), time_zone="Europe/Berlin")
        assert Meeting.objects.count() == 2
        assert AuditEvent.objects.count() == events

    def test_a_refused_time_stands_beside_its_field(self, client, cast, group):
        sign_in(client, cast["institution"])
        year = today().year + 1
        day = max(day for day in (date(year, 10, n) for n in range(25, 32)) if day.weekday() == 6)
        body = {"title": "At night", "day": day, "begins": "02:30", "length": 60, "time_zone": "Europe/Berlin"}
        path = reverse("taskforces:group-meeting-plan", args=[group.slug])
        answer = client.post(path, body | {"minutes_for": "group", "revision": 0})
        assert "begins" in answer.context["form"].errors
        assert not Meeting.objects.exists()

    def test_a_stale_window_overwrites_nothing(self, cast, meeting):
        facts = {"day": today() + timedelta(days=11)} | made_meetings.PLANNED
        meetings.change(meeting=meeting, title="Another Title", revision=0, by=cast["institution"], **facts)
        with refused("stale"):
            meetings.change(meeting=meeting, title="Overwritten", revision=0, by=cast["institution"], **facts)
        meeting.refresh_from_db()
        assert (meeting.title, meeting.sequence) == ("Another Title", 1)
        assert told(Kind.MEETING_CHANGED) == {"individual@cast.test", "delegate@cast.test"}

    def test_cancelled_with_a_reason(self, cast, meeting):
        with refused("no-reason"):
            meetings.cancel(meeting=meeting, reason=" ", by=cast["institution"])
        assert not told(Kind.MEETING_CANCELLED)
        meetings.cancel(meeting=meeting, reason="Too few can come.", by=cast["institution"])
        assert told(Kind.MEETING_CANCELLED) == {"individual@cast.test", "delegate@cast.test"}
        with refused("not-planned"):
            meetings.answer(meeting=meeting, person=cast.person("individual"), reply="yes", by=cast["individual"])
        assert not MeetingAnswer.objects.exists()

    def test_concluding_the_group_cancels_what_is_to_come_and_nothing_else(self, cast, group, meeting, held):
        events = AuditEvent.objects.count()
        groups.step(group=group, state=GroupState.CONCLUDED, reason="Done.", by=cast["secretariat-1"])
        meeting.refresh_from_db()
        held.refresh_from_db()
        assert (meeting.state, meeting.cancel_reason, meeting.sequence) == (MeetingState.CANCELLED, "Done.", 1)
        assert held.state == MeetingState.PLANNED
        assert AuditEvent.objects.count() == events + 1
        assert not told(Kind.MEETING_CANCELLED)
        with refused("concluded"):
            made_meetings.planned(cast, group)


class TestKeeping:
    def test_minutes_from_draft_to_approval(self, cast, held):
        approved(cast, held)
        assert told(Kind.MINUTES_CIRCULATED) == {"individual@cast.test", "delegate@cast.test"}
        with refused("approved"):
            minutes.write(meeting=held, summary="Otherwise.", items={}, revision=1, by=cast["institution"])
        with refused("approved"):
            agenda.add(meeting=held, title="Afterwards", by=cast["institution"])
        with refused("approved"):
            action_items.give(meeting=held, text="Afterwards", by=cast["institution"])
        assert Minutes.objects.get().summary == "We met."
        assert (AgendaItem.objects.count(), ActionItem.objects.count()) == (1, 0)
        minutes.correct(meeting=held, text="It was Tuesday.", by=cast["institution"])
        assert [note.text for note in Minutes.objects.get().notes.all()] == ["It was Tuesday."]

    def test_the_database_keeps_what_is_approved(self, cast, held):
        given = action_items.give(
            meeting=held, text="Draft it", owner=cast.person("individual"), by=cast["institution"]
        )
        approved(cast, held)
        attempts = (
            lambda: Minutes.objects.update(summary="Otherwise."),
            lambda: AgendaItem.objects.update(decision="Otherwise."),
            lambda: AgendaItem.objects.create(meeting=held, order=9, title="More"),
            lambda: Attendance.objects.all().delete(),
            lambda: ActionItem.objects.update(text="Otherwise."),
        )
        for attempt in attempts:
            with pytest.raises(DatabaseError, match="approved"), transaction.atomic():
                attempt()
        action_items.finish(item=given, outcome="Sent.", by=cast["individual"])
        assert ActionItem.objects.get().done_on == today()

    def test_changed_meanwhile_is_neither_overwritten_nor_approved(self, cast, held):
        chair = cast["institution"]
        minutes.write(meeting=held, summary="First.", items={}, revision=0, by=chair)
        with refused("stale"):
            minutes.write(meeting=held, summary="Second.", items={}, revision=0, by=chair)
        minutes.circulate(meeting=held, by=chair)
        minutes.write(meeting=held, summary="Third.", items={}, revision=1, by=chair)
        with refused("stale"):
            minutes.approve(meeting=held, revision=1, by=chair)
        assert (Minutes.objects.get().state, Minutes.objects.get().summary) == (MinutesState.CIRCULATED, "Third.")

    def test_nothing_is_kept_of_what_is_ahead(self, cast, meeting):
        with refused("not-begun"):
            minutes.write(meeting=meeting, summary="Already.", items={}, revision=0, by=cast["institution"])
        assert not Minutes.objects.exists()

    def test_the_rapporteur_writes_and_does_not_approve(self, client, cast, group, held):
        made.seated(cast, group, "rising", SeatKind.RAPPORTEUR)
        sign_in(client, fresh(cast, "rising"))
        body = {"summary": "By the rapporteur.", "revision": 0}
        assert client.post(at("group-minutes-write", held), body).status_code == 302
        assert client.post(at("group-minutes-circulate", held)).status_code == 302
        assert client.post(at("group-minutes-approve", held), {"revision": 1}).status_code == 403
        found = Minutes.objects.get()
        assert (found.summary, found.state) == ("By the rapporteur.", MinutesState.CIRCULATED)

    def test_open_items_are_carried_to_the_next_agenda(self, cast, held, meeting):
        given = action_items.give(
            meeting=held, text="Draft it", owner=cast.person("individual"), by=cast["institution"]
        )
        assert told(Kind.ACTION_GIVEN) == {"individual@cast.test"}
        page = page_of_meeting(meeting, cast["institution"], at=database_now())
        assert [line.row for line in page["carried"]] == [given]
        action_items.finish(item=given, outcome="", by=cast["individual"])
        assert page_of_meeting(meeting, cast["institution"], at=database_now())["carried"] == []
        with refused("done"):
            action_items.finish(item=given, outcome="Again", by=cast["individual"])
        assert ActionItem.objects.get().outcome == ""

    def test_a_proposal_waits_for_the_chairs(self, cast, meeting):
        proposed = agenda.propose(meeting=meeting, title="Money", by=cast["individual"])
        assert record_of(meeting, cast["individual"], attends=True, on=today())["items"] == []
        agenda.change(item=proposed, title="The budget", by=cast["institution"])
        shown = record_of(meeting, cast["individual"], attends=True, on=today())["items"]
        assert [item.title for item, _owner in shown] == ["The budget"]


class TestReading:
    @pytest.mark.parametrize("audience", ["group", "members"])
    def test_list_and_door_agree(self, cast, group, audience):
        drafted, circulated, kept = (made_meetings.held(cast, group, minutes_for=audience) for _number in range(3))
        for row in (drafted, circulated):
            minutes.write(meeting=row, summary="Text", items={}, revision=0, by=cast["institution"])
        minutes.circulate(meeting=circulated, by=cast["institution"])
        approved(cast, kept)
        keys = {"draft": drafted.pk, "circulated": circulated.pk, "approved": kept.pk}
        readers = {name: {"circulated", "approved"} for name in ("individual", "delegate")}
        readers |= {name: set(keys) for name in ("institution", "secretariat-1")}
        readers |= {name: {"approved"} if audience == "members" else set() for name in ("rising", "steering-1")}
        readers |= {"applicant": set(), "stranger": set(), "out-of-use": set()}
        for name, expected in readers.items():
            user = fresh(cast, name)
            found = set(doors.minutes_visible_to(user, on=today()).values_list("meeting", flat=True))
            assert found == {keys[key] for key in expected}, name
            for row in (drafted, circulated, kept):
                try:
                    doors.minutes_for(user, group.slug, row.public_id, on=today())
                    opened = True
                except Http404:
                    opened = False
                assert opened == (row.pk in found), name

    def test_names_are_withheld_from_who_does_not_attend(self, client, cast, group):
        held = made_meetings.held(cast, group, minutes_for="members", is_chatham_house=True)
        action_items.give(meeting=held, text="Draft it", owner=cast.person("individual"), by=cast["institution"])
        approved(cast, held)
        name = cast.person("individual").name
        path = at("group-minutes", held)
        sign_in(client, cast["rising"])
        answer = client.get(path).content.decode()
        assert "We met." in answer
        assert "Draft it" in answer
        assert name not in answer
        sign_in(client, cast["institution"])
        assert name in client.get(path).content.decode()

    def test_published_minutes_are_read_while_the_group_is_active(self, cast, group):
        held = made_meetings.held(cast, group, minutes_for="members")
        approved(cast, held)
        assert doors.minutes_visible_to(cast["rising"], on=today()).count() == 1
        groups.step(group=group, state=GroupState.DORMANT, reason="Rest.", by=cast["secretariat-1"])
        assert doors.minutes_visible_to(cast["rising"], on=today()).count() == 0

    def test_place_and_link_are_for_who_attends(self, client, cast, group):
        held = made_meetings.held(cast, group, minutes_for="members", place="Room 12", link="https://meet.example/x")
        approved(cast, held)
        sign_in(client, cast["rising"])
        for path in (at("group-minutes", held), reverse("taskforces:group-meetings", args=[group.slug])):
            content = client.get(path).content.decode()
            assert "Room 12" not in content
            assert "meet.example" not in content
        assert client.get(at("group-meeting", held)).status_code == 403

    @pytest.mark.parametrize("page", ["group-meetings", "group-actions"])
    def test_costs_as_much_for_thirty_as_for_one(self, client, cast, group, page):
        def one():
            made_meetings.planned(cast, group)
            held = made_meetings.held(cast, group)
            action_items.give(meeting=held, text="Do it", owner=cast.person("individual"), by=cast["institution"])
            minutes.write(meeting=held, summary="Text", items={}, revision=0, by=cast["institution"])

        def statements():
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(f"taskforces:{page}", args=[group.slug])).status_code == 200
            return len(asked)

        one()
        sign_in(client, cast["institution"])
        statements()
        before = statements()
        for _number in range(29):
            one()
        assert statements() == before


class TestPeople:
    def test_a_protected_member_is_known_to_the_group_alone(self, cast, group):
        held = made_meetings.held(cast, group, minutes_for="members")
        meeting = made_meetings.planned(cast, group)
        chair, person = cast["institution"], cast.person("individual")
        meetings.answer(meeting=meeting, person=person, reply=Reply.YES, by=cast["individual"])
        preferences.choose_time_zone(user=cast["individual"], time_zone="Asia/Kathmandu", by=cast["individual"])
        given = action_items.give(meeting=held, text="Draft it", owner=person, by=chair)
        user = fresh(cast, "individual")
        handle = protection.protect(user=user, by=user).handle
        protection.list_for(user=user, listed_for=[Audience.MEMBERS], by=user)
        approved(cast, held)
        for name, sees in {"institution": True, "delegate": False, "secretariat-1": False, "rising": False}.items():
            viewer = fresh(cast, name)
            record = record_of(held, viewer, attends=True, on=today())
            shown = [line.person.name for line in record["present"]]
            shown += [owner.person.name for _row, owner in (*record["items"], *record["actions"]) if owner]
            lines = action_lines([given], group, viewer, on=today())
            shown += [line.owner.person.name for line in lines if line.owner]
            assert shown == ([handle] * 4 if sees else []), name
            clocks = clocks_of(meeting, viewer, on=today())
            assert not [clock for clock in clocks if "Kathmandu" in clock.words]
            page = page_of_meeting(meeting, viewer, at=database_now())
            assert len(dict(page["replies"])[Reply.YES.label]) == (1 if sees else 0), name

    def test_everybodys_local_time_counts_whom_one_knows(self, cast, group, meeting):
        preferences.choose_time_zone(user=cast["individual"], time_zone="Asia/Kathmandu", by=cast["individual"])
        clocks = clocks_of(meeting, cast["institution"], on=today())
        assert {clock.zone: clock.people for clock in clocks} == {"Asia, Kathmandu": 1, "UTC": 2}

    def test_an_erasure(self, cast, group, held, meeting):
        person, chair = cast.person("individual"), cast["institution"]
        meetings.answer(meeting=meeting, person=person, reply=Reply.YES, by=cast["individual"])
        action_items.give(meeting=held, text="Draft it", owner=person, by=chair)
        approved(cast, held)
        name = person.name
        erasures.repeat(user=cast["individual"])
        assert not MeetingAnswer.objects.exists()
        assert ActionItem.objects.get().owner is None
        record = record_of(held, chair, attends=True, on=today())
        assert name not in [line.person.name for line in record["present"]]

    def test_own_data(self, cast, held, meeting):
        meetings.answer(meeting=meeting, person=cast.person("individual"), reply=Reply.NO, by=cast["individual"])
        action_items.give(meeting=held, text="Draft it", owner=cast.person("individual"), by=cast["institution"])
        sections = {section.key: section.entries for section in own_data_of(cast["individual"])}
        assert len(sections["meeting_answers"]) == len(sections["action_items"]) == 1
        assert not any(section.entries for section in own_data_of(cast["rising"]))

    def test_today_tells_what_is_ahead(self, client, cast, held, meeting):
        action_items.give(meeting=held, text="Draft it", owner=cast.person("individual"), by=cast["institution"])
        sign_in(client, cast["individual"])
        content = client.get(reverse("today")).content.decode()
        assert "Draft it" in content
        assert f"Meeting of {meeting.group.name}" in content
        sign_in(client, cast["rising"])
        assert "Draft it" not in client.get(reverse("today")).content.decode()


def test_a_time_is_typed_and_shown_by_the_clock_of_its_place(client, cast, group):
    sign_in(client, cast["institution"])
    day = today() + timedelta(days=20)
    body = {"title": "Far away", "day": day, "begins": "09:00", "length": 90, "time_zone": "Pacific/Auckland"}
    client.post(
        reverse("taskforces:group-meeting-plan", args=[group.slug]), body | {"minutes_for": "group", "revision": 0}
    )
    meeting = Meeting.objects.get()
    shown = client.get(at("group-meeting-edit", meeting)).context["form"].initial
    assert (shown["day"], shown["begins"], shown["length"]) == (day, time(9), 90)
    assert isinstance(meeting.starts_at, datetime)
