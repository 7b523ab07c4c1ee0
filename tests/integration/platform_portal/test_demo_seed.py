"""The demo's story: played once through the real actions, whole, in the past, and telling nobody outside the demo."""

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import available_timezones

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Q
from django.test import override_settings
from django.urls import reverse

from members.actions import reference
from members.choices.applications import ApplicationState
from members.choices.ballots import BallotState, ConflictAnswer, Position, Verdict
from members.choices.bodies import SeatRole
from members.choices.factors import FactorState
from members.choices.profiles import Availability
from members.kernel.clock import database_now
from members.models import (
    Application,
    AuditEvent,
    Ballot,
    BallotEvent,
    ChairTerm,
    Concern,
    Decision,
    Document,
    InformationRequest,
    LostFactor,
    Membership,
    Organisation,
    Person,
    Referee,
    Representation,
    SeatTerm,
    StaffTerm,
    User,
)
from members.queries import ballots
from platform_portal import demo_logins
from platform_portal.demo import sources
from platform_portal.demo.people import LOGINS
from platform_portal.demo.seed import mails, story
from secretariat.choices import NoticeState
from secretariat.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

TIERS = {"steering", "institutional", "individual", "rising-leaders"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The story, played once for all tests of this module, and taken back after them."""
    documents = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=documents), transaction.atomic():
        reference.load()
        yield story.play()
        transaction.set_rollback(True)


@pytest.fixture
def now(world):
    return database_now()


def login(number):
    return User.objects.get(email=f"steering-{number}@demo.test")


# --- Who is there -------------------------------------------------------------------------------------------------


def test_some_two_hundred_people_and_forty_organisations_take_part(now):
    on = now.date()
    assert 180 <= Person.objects.count() <= 230
    assert 36 <= Organisation.objects.participating(on=on).count() <= 44
    held = Counter(Membership.objects.in_force(on=on).values_list("tier__short_name", flat=True))
    assert held == {"steering": 9, "institutional": 30, "individual": 34, "rising-leaders": 23}


def test_nine_seats_are_filled_twice_and_the_first_chairs(now):
    on = now.date()
    filled = Counter(SeatTerm.objects.in_force(on=on).values_list("seat__number", "role"))
    assert filled == {(seat, role): 1 for seat in range(1, 10) for role in SeatRole.values}
    assert ChairTerm.objects.in_force(on=on).get().person.user == login(1)
    assert StaffTerm.objects.in_force(on=on).count() == 2


def test_those_who_left_are_on_record(now):
    assert SeatTerm.objects.exclude(ended_at=None).exists()
    assert Representation.objects.exclude(ended_at=None).exists()
    assert Membership.objects.exclude(ended_at=None).get().end_reason == "Took public office"


def test_public_bodies_are_known_and_hold_no_membership(world):
    names = {row["name"] for row in sources.rows("bodies")}
    assert set(Organisation.objects.filter(name__in=names).values_list("name", flat=True)) == names
    assert not Membership.objects.filter(organisation__name__in=names).exists()


def test_every_membership_after_the_founding_has_its_decision(world):
    admitted = Membership.objects.filter(founding=False)
    of_applications = Q(ballot__subject_type__model="application")
    assert set(admitted.values_list("decision", flat=True)) == set(
        Decision.objects.filter(of_applications, verdict=Verdict.APPROVED).values_list("pk", flat=True)
    )
    first = Ballot.objects.order_by("prepared_at").first()
    assert not Membership.objects.filter(founding=True, granted_at__gte=first.prepared_at).exists()


# --- Applications -------------------------------------------------------------------------------------------------


def test_each_application_stands_where_its_story_leaves_it(world):
    stages = {key: row.stage for key, row in world.applicants.items()}
    states = dict(Application.objects.values_list("pk", "state"))
    assert {key: states[row.pk] for key, row in world.applications.items()} == stages
    assert set(stages.values()) == set(ApplicationState.values)
    assert set(Application.objects.values_list("tier__short_name", flat=True)) == TIERS


def test_the_work_in_progress_of_the_demo_has_pages_done_and_pages_left(world):
    application = Application.objects.get(applicant__email="applicant@demo.test")
    assert application.state == ApplicationState.DRAFT
    assert {"identity", "affiliation", "statement"} <= application.answers.keys()
    assert application.referees.count() == 1
    assert "conflicts" not in application.answers


def test_questions_are_open_late_kept_and_answered_with_a_new_version(now):
    open_now = InformationRequest.objects.filter(answered_at=None)
    assert open_now.filter(due_on__lt=now.date()).exists()
    assert open_now.filter(due_on__gt=now.date()).exists()
    assert open_now.exclude(answer="").exists()
    assert InformationRequest.objects.exclude(version=None).exists()


def test_referees_have_written_been_asked_and_stayed_silent(world):
    assert Referee.objects.exclude(letter="").count() > 40
    assert Referee.objects.filter(answered_at=None).exclude(invited_at=None).exists()
    assert Referee.objects.filter(invited_at=None).exists()


def test_some_came_on_paper(world):
    on_paper = Application.objects.exclude(entered_by=None)
    assert set(on_paper.values_list("state", flat=True)) == {ApplicationState.DRAFT, ApplicationState.SUBMITTED}


def test_who_is_not_admitted_knows_when_to_come_back(world):
    ended = Application.objects.filter(state__in=[ApplicationState.REFUSED, ApplicationState.DECLINED])
    assert ended.count() == 5
    for application in ended:
        assert application.reapply_on > application.ended_at.date()
        assert "{" not in application.letters.get().body


def test_every_document_came_in_by_the_one_way(world):
    kinds = Counter(Document.objects.values_list("content_type", flat=True))
    assert kinds["application/pdf"] > 40
    assert kinds["image/jpeg"] >= 2
    for document in Document.objects.all():
        with document.file.open() as file:
            assert hashlib.sha256(file.read()).hexdigest() == document.sha256


# --- Ballots ------------------------------------------------------------------------------------------------------


def test_ballots_ended_in_every_way_and_some_are_open(world):
    found = Counter(Ballot.objects.values_list("state", "verdict"))
    assert found == {
        (BallotState.FINAL, Verdict.APPROVED): 12 + 7,  # charters: three released and adopted, one released
        (BallotState.FINAL, Verdict.NOT_APPROVED): 3,
        (BallotState.FINAL, Verdict.HELD): 2,
        (BallotState.FINAL, Verdict.NO_QUORUM): 1,
        (BallotState.OPEN, ""): 5 + 1,
        (BallotState.WITHDRAWN, ""): 1,
        (BallotState.DRAFT, ""): 1,
    }


def test_the_chair_has_a_ballot_to_vote_on_by_tomorrow(now):
    waiting = ballots.shelves_for(login(1), on=now.date(), at=now).needs_me
    first = waiting[0].ballot
    assert timedelta(hours=12) < first.closes_at - now < timedelta(hours=48)
    assert first.positions.exists()


def test_a_hold_is_open_and_another_was_cleared(world):
    assert Concern.objects.filter(ballot__state=BallotState.OPEN, cleared_at=None).exists()
    assert Concern.objects.filter(ballot__verdict=Verdict.APPROVED).exclude(cleared_at=None).exists()
    held = Concern.objects.filter(ballot__verdict=Verdict.HELD, cleared_at=None)
    assert sorted(concern.request.answered_at is None for concern in held) == [False, True]


def test_seats_stand_aside_by_rule_and_by_their_own_word(world):
    open_now = Ballot.objects.filter(state=BallotState.OPEN, recusals__isnull=False)
    sources_of = set(open_now.values_list("recusals__source", flat=True))
    assert sources_of == {"rule", "declared"}
    assert open_now.filter(conflict_answers__answer=ConflictAnswer.CONFLICTED).exists()


def test_committees_give_reasons_and_talk(world):
    taken = BallotEvent.objects.exclude(text="")
    assert taken.filter(payload__position=Position.NO).exists()
    assert taken.filter(payload__position=Position.YES).exists()
    assert not BallotEvent.objects.filter(payload__position__in=[Position.NO, Position.HOLD], text="").exists()
    assert Ballot.objects.filter(comments__isnull=False).distinct().count() > 8


def test_every_chain_verifies(world):
    said = StringIO()
    call_command("verify_ballots", stdout=said)
    assert "33" in said.getvalue()


def test_numbers_have_no_gaps(world):
    for table, series in ((Ballot, "SC"), (Application, "APP")):
        by_year = {}
        for number in table.objects.order_by("pk").values_list("number", flat=True):
            name, year, count = number.split("-")
            assert name == series
            by_year.setdefault(year, []).append(int(count))
        assert all(counts == list(range(1, len(counts) + 1)) for counts in by_year.values())


# --- Rights, logins, mails ----------------------------------------------------------------------------------------


def test_no_right_has_drifted(world):
    said = StringIO()
    call_command("check_rights", stdout=said)
    assert "All is right" in said.getvalue()


@pytest.mark.parametrize("email", sorted(LOGINS.values()))
def test_those_whose_logins_are_given_out_can_sign_in(client, settings, world, email):
    settings.SECOND_FACTOR_WAIVED = True
    client.post(reverse("account_login"), {"login": email, "password": demo_logins.PASSWORD})
    assert client.get(reverse("today")).status_code == 200


def test_the_logins_that_are_printed_are_there(world):
    assert {email for email, _who in demo_logins.LOGINS} <= set(LOGINS.values())


def test_profiles_are_in_use_some_full_some_sparse_and_none_alike(world):
    people = Person.objects.all()
    assert all(people.filter(availability=state).count() > 5 for state in Availability)
    assert 4 <= people.exclude(photo="").count() <= 20
    assert people.filter(publications__isnull=False).distinct().count() > 30
    assert people.filter(positions__to_year__isnull=True, positions__isnull=False).exists()
    assert people.filter(language_levels__level="native").count() > 50
    sparse = people.get(user__email="rising@demo.test")
    assert not sparse.availability
    assert not sparse.photo


def test_nobody_else_has_a_password(world):
    known = {user.pk for address in LOGINS.values() for user in User.objects.of_address(address)}
    for user in User.objects.exclude(pk__in=known):
        assert not user.has_usable_password()


def test_people_live_in_their_own_time_and_some_read_other_languages(world):
    zones = set(User.objects.values_list("time_zone", flat=True))
    wanted = {"Africa/Nairobi", "America/Sao_Paulo", "Asia/Kathmandu", "Europe/Lisbon", "Pacific/Fiji", "Asia/Beirut"}
    assert zones >= wanted
    assert zones <= available_timezones()
    assert set(User.objects.values_list("language", flat=True)) == {"en", "fr", "es", "pt", "ar"}


def test_no_address_is_outside_the_demo(world):
    addresses = {
        *User.objects.filter(protection__isnull=True).values_list("email", flat=True),
        *Notice.objects.exclude(address="").values_list("address", flat=True),
        *Referee.objects.values_list("email", flat=True),
    }
    assert all(address.endswith(("@demo.test", ".demo.test")) for address in addresses)


def test_only_the_newest_mails_are_still_to_leave(now):
    waiting = Notice.objects.waiting()
    assert waiting.count() == mails.LEFT_TO_SEND
    assert min(waiting.values_list("written_at", flat=True)) > now - timedelta(days=10)
    sent = Notice.objects.filter(state=NoticeState.SENT)
    assert sent.count() > 1000
    assert all(notice.sent_at == notice.written_at for notice in sent)


def test_old_notices_are_read_and_the_newest_are_not(now):
    unread = Notice.objects.filter(in_inbox=True, read_at=None)
    assert 0 < unread.filter(user=login(1)).count() < 10
    assert min(unread.values_list("written_at", flat=True)) > now - timedelta(days=10)


# --- Time ---------------------------------------------------------------------------------------------------------


def test_it_happened_in_order_in_the_past_and_mostly_by_day(now):
    times = list(AuditEvent.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= now
    assert now - times[0] > timedelta(days=600)
    past = [at for at in times if now - at > timedelta(days=2)]
    assert {at.hour for at in past} <= set(range(6, 22))


def test_the_clock_is_back_in_its_place(world):
    assert abs(database_now() - datetime.now(UTC)) < timedelta(seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('portal.mode'), current_setting('portal.clock_shift', true)")
        mode, shift = cursor.fetchone()
    assert (mode, shift or "") == ("test", "")


# --- Once, and never in production --------------------------------------------------------------------------------


def test_a_second_run_adds_nothing(world):
    before = AuditEvent.objects.count(), Notice.objects.count(), User.objects.count()
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert "is there" in said.getvalue()
    assert (AuditEvent.objects.count(), Notice.objects.count(), User.objects.count()) == before


def test_production_refuses_it(settings, world):
    settings.IN_DEMO = settings.IN_TEST = False
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError, match="PORTAL_MODE"):
        call_command("seed_demo")
    assert AuditEvent.objects.count() == before


def test_one_lost_factor_waits_for_its_second_officer(world):
    lost = LostFactor.objects.get()

    assert lost.state == FactorState.CHECKED
    assert lost.first_officer.email == LOGINS["secretariat-2"]
    assert LostFactor.objects.awaiting(User.objects.get(email=LOGINS["secretariat-1"])).get() == lost
