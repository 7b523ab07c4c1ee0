"""Who sees a sealed identity: asked, decided by two custodians of two institutions, looked at once, all recorded."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from members.actions import custody, organisations, protection
from members.choices.protection import UnsealingState
from members.choices.verbs import Verb
from members.models import AuditEvent, Custody, Unsealing, User
from secretariat.choices import Kind
from secretariat.models import Notice
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

SESSION = "one-session"


@pytest.fixture
def held(cast):
    user = cast["individual"]
    return protection.protect(user=user, by=user)


@pytest.fixture
def custodians(cast):
    """The principals of three seats, and a second person of the first one's institution."""
    names = ("steering-1", "steering-2", "steering-3", "alternate")
    for name in names:
        custody.appoint(person=cast.person(name), by=None)
    return [cast[name] for name in names]


@pytest.fixture
def asked(held, custodians, cast):
    return custody.ask(handle=held.handle, reason="A threat was reported.", by=cast["secretariat-1"])


@pytest.fixture
def agreed(asked, custodians):
    custody.approve(unsealing=asked, by=custodians[0])
    return custody.approve(unsealing=asked, by=custodians[1])


def look(unsealing, by, session=SESSION):
    return custody.look(unsealing=unsealing, session_key=session, by=by)


def refusals() -> list[str]:
    events = AuditEvent.objects.filter(verb=Verb.UNSEALING_REFUSED).order_by("pk")
    return [event.facts["code"] for event in events]


class TestTheWay:
    def test_two_of_two_institutions_and_one_look(self, agreed, cast, held):
        identity = look(agreed, cast["secretariat-1"])
        assert identity["profile"]["name"] == "Individual Member"
        agreed.refresh_from_db()
        assert agreed.state == UnsealingState.LOOKED
        assert refusals() == []

    def test_the_member_and_the_custodians_are_told(self, agreed, cast, held, custodians):
        look(agreed, cast["secretariat-1"])
        told = list(Notice.objects.filter(user=held.user).values_list("kind", flat=True))
        assert {Kind.UNSEALING_ASKED, Kind.UNSEALING_SEEN} <= set(told)
        assert Notice.objects.filter(kind=Kind.UNSEALING_DESK).count() == len(custodians)
        assert Notice.objects.filter(user=cast["secretariat-1"], kind=Kind.UNSEALING_AGREED).count() == 1

    def test_within_the_half_hour_it_is_shown_again_in_the_same_session(self, agreed, cast, clock):
        look(agreed, cast["secretariat-1"])
        clock.shift(minutes=29)
        assert look(agreed, cast["secretariat-1"])
        assert AuditEvent.objects.filter(verb=Verb.UNSEALING_LOOKED).count() == 1

    def test_whether_anybody_goes_by_a_handle_is_not_said_before(self, held, custodians, cast):
        known = custody.ask(handle=held.handle, reason="Grave.", by=cast["secretariat-1"])
        unknown = custody.ask(handle="Amber Harbour 1", reason="Grave.", by=cast["secretariat-1"])
        client = sign_in(Client(), cast["secretariat-1"])
        pages = [
            client.get(reverse("members:unsealing", args=[row.public_id])).content.decode().replace(row.handle, "")
            for row in (known, unknown)
        ]
        said = [re.sub(r"<[^>]*>", "", page.partition("<main")[2].partition("</main")[0]) for page in pages]
        assert said[0] == said[1]
        assert "Grave." in said[0]
        for custodian in custodians[:2]:
            custody.approve(unsealing=unknown, by=custodian)
        assert look(unknown, cast["secretariat-1"]) is None


class TestRefused:
    def test_one_custodian_is_not_enough(self, asked, custodians, cast):
        custody.approve(unsealing=asked, by=custodians[0])
        with refused("not-approved"):
            look(asked, cast["secretariat-1"])
        assert refusals() == ["not-approved"]
        assert Unsealing.objects.get().looked_at is None

    def test_the_same_custodian_twice(self, asked, custodians):
        custody.approve(unsealing=asked, by=custodians[0])
        with refused("decided"):
            custody.approve(unsealing=asked, by=custodians[0])
        assert refusals() == ["decided"]
        assert Custody.objects.count() == 1

    def test_two_of_one_institution(self, asked, custodians):
        custody.approve(unsealing=asked, by=custodians[0])
        with refused("same-institution"):
            custody.approve(unsealing=asked, by=custodians[3])
        assert refusals() == ["same-institution"]
        assert Unsealing.objects.get().state == UnsealingState.APPROVED_ONCE

    def test_a_part_of_the_same_institution(self, asked, custodians, cast):
        """Whoever sits elsewhere, and works for the first one's institution too, is of one with it."""
        organisations.affiliate(
            person=cast.person("steering-2"), organisation=cast.organisations["steering-1"], by=None
        )
        custody.approve(unsealing=asked, by=custodians[0])
        with refused("same-institution"):
            custody.approve(unsealing=asked, by=custodians[1])
        assert refusals() == ["same-institution"]

    def test_whoever_asked_is_no_custodian_of_it(self, held, custodians):
        own = custody.ask(handle=held.handle, reason="Grave.", by=custodians[0])
        with refused("oneself"):
            custody.approve(unsealing=own, by=custodians[0])
        assert refusals() == ["oneself"]
        assert not Custody.objects.exists()

    def test_whom_it_is_about_is_no_custodian_of_it(self, custodians, cast):
        user = custodians[2]
        held = protection.protect(user=user, by=user)
        asked = custody.ask(handle=held.handle, reason="Grave.", by=cast["secretariat-1"])
        with refused("oneself"):
            custody.approve(unsealing=asked, by=User.objects.get(pk=user.pk))
        assert (
            sign_in(Client(), User.objects.get(pk=user.pk))
            .get(reverse("members:unsealing", args=[asked.public_id]))
            .status_code
            == 404
        )

    def test_nobody_else_decides(self, asked, cast):
        with refused("no-custodian"):
            custody.approve(unsealing=asked, by=cast["steering-5"])
        assert refusals() == ["no-custodian"]
        assert not Custody.objects.exists()

    def test_a_custodian_whose_term_is_over(self, asked, custodians, cast):
        custody.end(term=cast.person("steering-1").custodian_terms.get(), by=None)
        with refused("no-custodian"):
            custody.approve(unsealing=asked, by=custodians[0])
        assert not Custody.objects.exists()

    def test_an_approval_that_is_too_old(self, agreed, cast, clock):
        clock.shift(hours=24, minutes=1)
        with refused("expired"):
            look(agreed, cast["secretariat-1"])
        assert refusals() == ["expired"]
        agreed.refresh_from_db()
        assert agreed.looked_at is None

    def test_a_request_that_is_too_old(self, asked, custodians, clock):
        clock.shift(days=7, minutes=1)
        with refused("lapsed"):
            custody.approve(unsealing=asked, by=custodians[0])
        assert refusals() == ["lapsed"]

    def test_a_second_look_after_the_half_hour(self, agreed, cast, clock):
        look(agreed, cast["secretariat-1"])
        clock.shift(minutes=31)
        with refused("looked"):
            look(agreed, cast["secretariat-1"])
        assert refusals() == ["looked"]

    def test_a_second_look_in_another_session(self, agreed, cast):
        look(agreed, cast["secretariat-1"])
        with refused("looked"):
            look(agreed, cast["secretariat-1"], session="another-session")
        assert refusals() == ["looked"]

    def test_another_person_looks(self, agreed, cast, custodians):
        for user in (cast["secretariat-2"], custodians[0]):
            with refused("not-yours"):
                look(agreed, user)
        assert refusals() == ["not-yours", "not-yours"]
        agreed.refresh_from_db()
        assert agreed.looked_at is None

    def test_after_one_declined(self, asked, custodians, cast):
        custody.approve(unsealing=asked, by=custodians[0])
        custody.decline(unsealing=asked, note="Not grave.", by=custodians[1])
        with refused("over"):
            custody.approve(unsealing=asked, by=custodians[2])
        with refused("not-approved"):
            look(asked, cast["secretariat-1"])
        assert refusals() == ["over", "not-approved"]

    def test_the_database_knows_of_two_institutions_too(self, asked, custodians, cast):
        custody.approve(unsealing=asked, by=custodians[0])
        first = Custody.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Custody.objects.create(
                unsealing=asked, custodian=cast.person("steering-2"), organisation=first.organisation, approves=True
            )

    def test_asking_needs_a_fresh_factor(self, held, custodians, cast):
        client = sign_in(Client(), cast["secretariat-1"], fresh=False)
        client.post(reverse("members:unsealing-ask"), {"handle": held.handle, "reason": "Grave."})
        assert not Unsealing.objects.exists()


class TestThePages:
    def test_the_look_is_shown_once_and_reloaded(self, agreed, cast):
        client = sign_in(Client(), cast["secretariat-1"])
        page = reverse("members:unsealing-look", args=[agreed.public_id])
        assert "Individual Member" not in client.get(page).content.decode()
        assert "Individual Member" in client.post(page).content.decode()
        assert "Individual Member" in client.get(page).content.decode()
        other = sign_in(Client(), cast["secretariat-1"])
        answer = other.post(page)
        assert (answer.status_code, "Individual Member" in answer.content.decode()) == (410, False)

    def test_custodians_find_it_on_today(self, asked, custodians):
        assert "sealed identity" in sign_in(Client(), custodians[0]).get(reverse("today")).content.decode()

    def test_the_member_reads_who_asks_and_why(self, asked, held):
        client = sign_in(Client(), User.objects.get(pk=held.user_id))
        assert "A threat was reported." in client.get(reverse("members:protection")).content.decode()
