"""A lost second factor: asked for, two officers, a waiting time, and everything by which it is stopped."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from members import tasks
from members.actions import accounts, entry, factors
from members.choices.factors import FactorState, Identity, StoppedBy
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, EntryLink, LostFactor
from members.permissions.administration import record_shown_to
from secretariat.choices import Kind
from secretariat.models import Notice
from secretariat.tasks import delivery
from tests.factories.keys import security_key
from tests.integration.members.test_accounts_factor import code_of, type_in
from tests.refusals import refused
from tests.signing_in import authenticator_of, sign_in

pytestmark = pytest.mark.django_db

VERBS = [verb for verb in Verb if verb.value.startswith("factor.")]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """No earlier test has used up attempts."""
    cache.clear()


@pytest.fixture
def owner(cast):
    """A representative, who needs a second factor, with an app."""
    authenticator_of(cast["delegate"])
    return cast["delegate"]


@pytest.fixture
def lost(owner):
    return factors.ask(user=owner, by=owner)


@pytest.fixture
def checked(lost, cast):
    return factors.check(lost=lost, identity=Identity.VIDEO, note="This morning.", by=cast["secretariat-1"])


@pytest.fixture
def waiting(checked, cast):
    return factors.confirm(lost=checked, by=cast["secretariat-2"])


def now_of(lost) -> LostFactor:
    return LostFactor.objects.get(pk=lost.pk)


def has_factor(user) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def told(user) -> list[str]:
    """What the user was told about lost factors, in the inbox and by mail alike."""
    rows = Notice.objects.filter(user=user, kind__startswith="factor_", in_inbox=True, state="new").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def recorded() -> list[str]:
    return list(AuditEvent.objects.filter(verb__in=VERBS).order_by("pk").values_list("verb", flat=True))


def stop_page(lost) -> str:
    return factors.address_of(lost)


def page(name, lost) -> str:
    return reverse(f"members:{name}", args=[lost.public_id])


class TestAsking:
    def test_who_is_stopped_at_the_second_factor_finds_the_page_and_asks(self, client, owner):
        stage = type_in(client, owner)
        assert reverse("members:lost-factor") in client.get(stage.url).content.decode()

        assert "Ask for it to be restored" in client.get(reverse("members:lost-factor")).content.decode()
        response = client.post(reverse("members:lost-factor"))

        assert response.status_code == 200
        assert LostFactor.objects.get().user == owner
        assert SESSION_KEY not in client.session
        assert has_factor(owner)
        assert recorded() == [Verb.FACTOR_ASKED]

    def test_who_came_by_a_link_asks_too(self, client, owner):
        link = entry.ask(email=owner.email, language="en")
        client.post(entry.address_of(link))

        client.post(reverse("members:lost-factor"))

        assert LostFactor.objects.get().user == owner
        assert SESSION_KEY not in client.session

    def test_a_visitor_reads_how_and_asks_nothing(self, client, owner):
        assert "Sign in to ask" in client.get(reverse("members:lost-factor")).content.decode()
        response = client.post(reverse("members:lost-factor"), {"email": owner.email})

        assert response.url.startswith(reverse("account_login"))
        assert not LostFactor.objects.exists()
        assert not told(owner)

    def test_a_wrong_password_is_no_way_to_ask(self, client, owner):
        type_in(client, owner, password="a-wrong-password-2026")
        client.post(reverse("members:lost-factor"))

        assert not LostFactor.objects.exists()

    def test_a_session_that_lacks_the_factor_may_ask(self, client, owner):
        sign_in(client, owner, factor=False)
        client.post(reverse("members:lost-factor"))

        assert LostFactor.objects.get().user == owner

    def test_without_a_factor_nothing_is_asked(self, client, cast):
        client.force_login(cast["individual"])
        response = client.post(reverse("members:lost-factor"))

        assert "none can be lost" in response.content.decode()
        assert not LostFactor.objects.exists()

    def test_the_answer_is_the_same_whatever_is_open_and_however_often_one_asks(self, owner):
        answers = []
        for _time in range(5):
            client = Client()
            type_in(client, owner)
            response = client.post(reverse("members:lost-factor"))
            body = re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]+"', b"", response.content)
            answers.append((response.status_code, sorted(response.headers.items()), body))

        assert [answer[0] for answer in answers] == [200] * 5
        assert all(answer[2] == answers[0][2] for answer in answers)
        assert LostFactor.objects.count() == 1
        assert recorded() == [Verb.FACTOR_ASKED]
        assert told(owner) == [Kind.FACTOR_ASKED]

    def test_a_network_that_asks_too_often_gets_the_same_page_and_nothing_is_written(self, client, owner):
        sign_in(client, owner)
        for _time in range(4):
            assert client.post(reverse("members:lost-factor")).status_code == 200
            LostFactor.objects.all().delete()

        assert len(recorded()) == 3

    def test_a_login_out_of_use_has_none(self, owner, cast):
        accounts.close_login(user=owner, by=cast["secretariat-1"])

        assert factors.ask(user=owner, by=owner) is None
        assert not LostFactor.objects.exists()

    def test_after_one_lapsed_another_may_be_asked_for(self, lost, owner, clock):
        clock.shift(days=14)
        again = factors.ask(user=owner, by=owner)

        assert again.pk != lost.pk
        assert now_of(lost).state == FactorState.LAPSED

    def test_the_database_keeps_one_open_request_for_a_login(self, lost, owner):
        with pytest.raises(IntegrityError), transaction.atomic():
            LostFactor.objects.create(user=owner, token_digest="x")


class TestTwoOfficers:
    def test_two_officers_begin_the_waiting_time(self, waiting, owner, cast):
        assert waiting.state == FactorState.WAITING
        assert (waiting.due_at - waiting.second_at).total_seconds() == 72 * 3600
        assert has_factor(owner)
        assert recorded() == [Verb.FACTOR_ASKED, Verb.FACTOR_CHECKED, Verb.FACTOR_CONFIRMED]
        assert told(owner) == [Kind.FACTOR_ASKED, Kind.FACTOR_CHECKED, Kind.FACTOR_WAITING]
        assert told(cast["secretariat-2"]) == [Kind.FACTOR_DESK, Kind.FACTOR_DESK]

    def test_one_officer_alone_does_nothing(self, checked, owner, clock):
        clock.shift(days=13)
        tasks.restore_due_factors()

        assert now_of(checked).state == FactorState.CHECKED
        assert has_factor(owner)

    def test_the_same_officer_is_not_the_second(self, checked, cast):
        with refused("same-officer"):
            factors.confirm(lost=checked, by=cast["secretariat-1"])
        with refused("moved-on"):
            factors.check(lost=checked, identity=Identity.VIDEO, note="Again.", by=cast["secretariat-1"])

        assert now_of(checked).second_officer is None
        assert Verb.FACTOR_CONFIRMED not in recorded()

    def test_the_first_step_is_not_skipped(self, lost, cast):
        with refused("moved-on"):
            factors.confirm(lost=lost, by=cast["secretariat-2"])

        assert now_of(lost).state == FactorState.ASKED

    def test_the_officer_whom_it_is_about_does_nothing(self, cast, client):
        officer = cast["secretariat-2"]
        sign_in(client, officer)
        lost = factors.ask(user=officer, by=officer)
        with refused("oneself"):
            factors.check(lost=lost, identity=Identity.PERSON, note="Me.", by=officer)
        factors.check(lost=lost, identity=Identity.PERSON, note="Seen.", by=cast["secretariat-1"])
        with refused("oneself"):
            factors.confirm(lost=lost, by=officer)

        for name in ("desk-factor", "desk-factor-check", "desk-factor-confirm", "desk-factor-stop"):
            assert client.get(page(name, lost)).status_code == 403
        assert str(lost.public_id) not in client.get(reverse("members:desk-factors")).content.decode()
        assert not record_shown_to(officer, on=today()).filter(verb__in=VERBS).exists()
        assert record_shown_to(cast["secretariat-1"], on=today()).filter(verb__in=VERBS).count() == 2
        assert now_of(lost).state == FactorState.CHECKED

    def test_the_database_refuses_the_same_officer_and_the_person_concerned(self, checked, cast, owner):
        for officer in (cast["secretariat-1"], owner):
            with pytest.raises(IntegrityError), transaction.atomic():
                LostFactor.objects.filter(pk=checked.pk).update(second_officer=officer)
        with pytest.raises(IntegrityError), transaction.atomic():
            LostFactor.objects.filter(pk=checked.pk).update(state=FactorState.RESTORED)

    def test_after_two_weeks_nobody_confirms_it(self, checked, cast, clock):
        clock.shift(days=14)
        with refused("lapsed"):
            factors.confirm(lost=checked, by=cast["secretariat-2"])

        assert now_of(checked).due_at is None

    @pytest.mark.parametrize("name", ["visitor", "delegate", "individual", "steering-1"])
    def test_nobody_else_finds_it(self, client, checked, cast, name):
        if name != "visitor":
            sign_in(client, cast[name])
        for step in ("desk-factor", "desk-factor-check", "desk-factor-confirm", "desk-factor-stop"):
            response = client.post(
                page(step, checked), {"identity": "video", "note": "x", "is_sure": "on", "reason": "x"}
            )
            assert response.status_code in ({302} if name == "visitor" else {404, 405})

        assert now_of(checked).state == FactorState.CHECKED
        assert now_of(checked).second_officer is None

    def test_by_the_pages(self, lost, cast):
        for name, step, form in (
            ("secretariat-1", "desk-factor-check", {"identity": "video", "note": "This morning."}),
            ("secretariat-2", "desk-factor-confirm", {"is_sure": "on"}),
        ):
            officer = sign_in(Client(), cast[name])
            assert lost.user.email in officer.get(page("desk-factor", lost)).content.decode()
            assert page(step, lost) in officer.get(page("desk-factor", lost)).content.decode()
            assert officer.get(page(step, lost)).status_code == 200
            assert officer.post(page(step, lost), form).url == page("desk-factor", lost)

        assert now_of(lost).state == FactorState.WAITING
        assert now_of(lost).note == "This morning."

    @pytest.mark.parametrize("step", ["desk-factor-check", "desk-factor-confirm"])
    def test_confirming_takes_a_fresh_factor_and_keeps_what_was_written(self, client, checked, lost, cast, step):
        sign_in(client, cast["secretariat-2"], fresh=False)
        response = client.post(page(step, lost), {"identity": "video", "note": "Kept words.", "is_sure": "on"})

        assert response.url.startswith(reverse("members:second-factor"))
        assert now_of(lost).state == FactorState.CHECKED
        if step == "desk-factor-check":
            assert "Kept words." in client.get(page(step, lost)).content.decode()

    def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(self, client, lost, checked, cast):
        sign_in(client, cast["secretariat-2"])
        unsure = client.post(page("desk-factor-confirm", lost), {"is_sure": ""})
        assert "Confirm it only if you are sure yourself." in unsure.content.decode()
        half = client.post(page("desk-factor-check", lost), {"note": "Half of it."})
        assert "Half of it." in half.content.decode()
        assert half.context["form"].errors["identity"]

        assert now_of(lost).state == FactorState.CHECKED

    def test_the_list_says_when_nobody_waits(self, client, cast):
        sign_in(client, cast["secretariat-1"])
        assert "Nobody waits" in client.get(reverse("members:desk-factors")).content.decode()

    def test_today_names_it_to_the_officer_whose_turn_it_is(self, checked, cast):
        first, second = (sign_in(Client(), cast[f"secretariat-{number}"]) for number in (1, 2))

        assert page("desk-factor", checked) in second.get(reverse("today")).content.decode()
        assert f'href="{page("desk-factor", checked)}"' not in first.get(reverse("today")).content.decode()


class TestStopping:
    def test_the_link_of_the_mail_stops_it_by_a_button(self, client, waiting, owner, clock):
        assert client.get(stop_page(waiting)).status_code == 200
        assert now_of(waiting).state == FactorState.WAITING

        assert client.post(stop_page(waiting)).status_code == 200

        assert now_of(waiting).stopped_by == StoppedBy.LINK
        assert client.get(stop_page(waiting)).status_code == 410
        clock.shift(days=4)
        tasks.restore_due_factors()
        assert has_factor(owner)
        assert Verb.FACTOR_RESTORED not in recorded()

    def test_the_mail_carries_the_link_and_the_time(self, waiting, owner):
        delivery.deliver_due()
        letters = [letter for letter in mail.outbox if letter.to == [owner.email]]

        assert [stop_page(waiting) in letter.body for letter in letters[-3:]] == [True] * 3
        assert "72 hours" in letters[-1].body
        assert f"{waiting.due_at:%H:%M} UTC" in letters[-1].body

    def test_another_secret_stops_nothing(self, client, waiting):
        assert client.post(reverse("members:factor-stop", args=["x" * 43])).status_code == 410
        assert now_of(waiting).state == FactorState.WAITING

    def test_signing_in_with_the_factor_stops_it(self, client, waiting, owner, clock):
        type_in(client, owner)
        assert now_of(waiting).state == FactorState.WAITING
        client.post(reverse("mfa_authenticate"), {"code": code_of(owner)})

        assert SESSION_KEY in client.session
        assert now_of(waiting).stopped_by == StoppedBy.FACTOR
        assert told(owner)[-1] == Kind.FACTOR_STOPPED
        clock.shift(days=4)
        tasks.restore_due_factors()
        assert has_factor(owner)

    def test_a_printed_code_stops_it_too(self, client, waiting, owner):
        code = RecoveryCodes.activate(owner).get_unused_codes()[0]
        type_in(client, owner)
        client.post(reverse("mfa_authenticate"), {"code": code})

        assert SESSION_KEY in client.session
        assert now_of(waiting).stopped_by == StoppedBy.FACTOR

    def test_confirming_by_the_factor_stops_it(self, client, waiting, owner):
        sign_in(client, owner, fresh=False)
        client.post(reverse("mfa_reauthenticate"), {"code": code_of(owner)})

        assert now_of(waiting).stopped_by == StoppedBy.FACTOR

    def test_the_password_alone_stops_nothing(self, client, waiting, owner):
        type_in(client, owner)
        assert now_of(waiting).state == FactorState.WAITING

    def test_any_officer_stops_it_with_a_reason(self, client, waiting, owner, cast):
        sign_in(client, cast["secretariat-1"], fresh=False)
        silent = client.post(page("desk-factor-stop", waiting), {"reason": ""})
        assert silent.context["form"].errors["reason"]
        assert now_of(waiting).state == FactorState.WAITING

        client.post(page("desk-factor-stop", waiting), {"reason": "The voice was another."})

        assert now_of(waiting).stop_reason == "The voice was another."
        assert told(owner)[-1] == Kind.FACTOR_STOPPED
        assert told(cast["secretariat-2"])
        assert Notice.objects.filter(user=cast["secretariat-2"], kind=Kind.FACTOR_HALTED).exists()
        assert "voice" not in str(AuditEvent.objects.get(verb=Verb.FACTOR_STOPPED).facts)

    def test_what_is_stopped_goes_on_no_more(self, lost, cast):
        factors.stop_by_link(token=stop_page(lost).rstrip("/").rpartition("/")[2])
        with refused("over"):
            factors.check(lost=lost, identity=Identity.VIDEO, note="Late.", by=cast["secretariat-1"])
        with refused("over"):
            factors.stop(lost=lost, reason="Again.", by=cast["secretariat-1"])
        with refused("over"):
            factors.carry_out(lost=lost)

        assert recorded() == [Verb.FACTOR_ASKED, Verb.FACTOR_STOPPED]


class TestCarryingOut:
    def test_nothing_happens_a_moment_before(self, waiting, owner, clock):
        clock.shift(hours=72, seconds=-30)
        tasks.restore_due_factors()
        with refused("not-due"):
            factors.carry_out(lost=waiting)

        assert has_factor(owner)
        assert now_of(waiting).state == FactorState.WAITING

    def test_after_the_waiting_time_every_factor_session_and_link_is_gone(self, client, waiting, owner, cast, clock):
        security_key(owner)
        sign_in(client, owner)
        clock.shift(hours=72)
        link = entry.ask(email=owner.email, language="en")
        tasks.restore_due_factors()

        assert not has_factor(owner)
        assert now_of(waiting).state == FactorState.RESTORED
        assert client.get(reverse("today")).url.startswith(reverse("account_login"))
        assert not EntryLink.objects.usable(at=now_of(waiting).ended_at).filter(pk=link.pk).exists()
        event = AuditEvent.objects.get(verb=Verb.FACTOR_RESTORED)
        assert (event.by, event.target, event.facts) == (None, waiting, {"factors": 2})
        assert told(owner)[-1] == Kind.FACTOR_RESTORED

    def test_the_factors_of_others_stay(self, waiting, cast, clock):
        authenticator_of(cast["institution"])
        clock.shift(hours=72)
        tasks.restore_due_factors()

        assert has_factor(cast["institution"])

    def test_the_next_sign_in_is_confined_to_enrolment(self, client, waiting, owner, clock):
        clock.shift(hours=72)
        tasks.restore_due_factors()
        type_in(client, owner)

        assert SESSION_KEY in client.session
        assert client.get(reverse("today")).url.startswith(reverse("members:second-factor"))
        assert "Set up a second factor" in client.get(reverse("members:second-factor")).content.decode()

    def test_carried_out_twice_it_is_done_once(self, waiting, owner, clock):
        clock.shift(hours=72)
        tasks.restore_due_factors()
        authenticator_of(owner)
        tasks.restore_due_factors()
        with refused("over"):
            factors.carry_out(lost=waiting)

        assert has_factor(owner)
        assert recorded().count(Verb.FACTOR_RESTORED) == 1

    def test_what_two_officers_did_not_confirm_lapses(self, checked, owner, clock):
        clock.shift(days=14)
        tasks.restore_due_factors()
        tasks.restore_due_factors()

        assert now_of(checked).state == FactorState.LAPSED
        assert has_factor(owner)
        assert recorded().count(Verb.FACTOR_LAPSED) == 1
        assert told(owner)[-1] == Kind.FACTOR_LAPSED

    def test_of_a_login_out_of_use_nothing_is_removed(self, waiting, owner, cast, clock):
        accounts.close_login(user=owner, by=cast["secretariat-1"])
        clock.shift(hours=72)
        tasks.restore_due_factors()

        assert now_of(waiting).stopped_by == StoppedBy.CLOSED
        assert has_factor(owner)

    def test_one_that_fails_holds_up_no_other(self, waiting, cast, clock, monkeypatch, caplog):
        other = cast["institution"]
        authenticator_of(other)
        second = factors.ask(user=other, by=other)
        factors.check(lost=second, identity=Identity.PERSON, note="Seen.", by=cast["secretariat-1"])
        factors.confirm(lost=second, by=cast["secretariat-2"])
        real = factors.carry_out

        def broken(*, lost):
            if lost.pk == waiting.pk:
                raise RuntimeError
            return real(lost=lost)

        monkeypatch.setattr(factors, "carry_out", broken)
        clock.shift(hours=73)
        factors.carry_out_due()

        assert now_of(second).state == FactorState.RESTORED
        assert now_of(waiting).state == FactorState.WAITING
        assert "could not be ended" in caplog.text
