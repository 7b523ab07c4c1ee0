"""What is older than its period: looked at, deleted a little at a time, and never more than five per cent unasked."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.actions import corrections, erasures, factors, memberships
from members.actions import retention as periods
from members.choices.applications import ApplicationState
from members.choices.own_data import ErasureState
from members.choices.retention import Kept
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import Application, AuditEvent, Correction, EntryLink, Erasure, LostFactor, RetentionPeriod, User
from members.rules.retention import Outlook
from secretariat import tasks
from secretariat.actions import retention
from secretariat.choices import Kind
from secretariat.models import Notice
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import authenticator_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_folders(settings, tmp_path):
    """Files and ledger of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.ERASURES_LEDGER = tmp_path / "erasures.jsonl"


def links(count, *, days_ago=0):
    now = database_now()
    EntryLink.objects.bulk_create(
        EntryLink(
            token_digest=f"{days_ago}-{number}",
            email=f"{days_ago}-{number}@made.test",
            purpose="application",
            expires_at=now - timedelta(days=days_ago),
        )
        for number in range(count)
    )


def carried_out() -> list[dict]:
    return list(AuditEvent.objects.filter(verb=Verb.RETENTION_CARRIED_OUT).values_list("facts", flat=True))


def test_five_per_cent_and_no_more():
    assert not Outlook("x", 1, total=100, old=5).is_too_much
    assert Outlook("x", 1, total=100, old=6).is_too_much
    assert not Outlook("x", 1, total=0, old=0).is_too_much


def test_a_single_row_goes_whatever_its_share_and_two_do_not():
    assert not Outlook("x", 1, total=1, old=1).is_too_much
    assert not Outlook("x", 1, total=8, old=1).is_too_much
    assert Outlook("x", 1, total=8, old=2).is_too_much


def test_looking_deletes_nothing_and_says_how_much(cast, capsys):
    links(1, days_ago=8)
    links(19)

    call_command("retain")

    shown = capsys.readouterr().out
    assert "entry_link         1 of      20    5.0 %  older than 7 days" in shown
    assert EntryLink.objects.count() == 20
    assert carried_out() == []


def test_a_small_share_goes_and_is_on_record(cast):
    links(1, days_ago=8)
    links(19)

    call_command("retain", "--carry-out")

    assert EntryLink.objects.count() == 19
    assert carried_out() == [{"kind": "entry_link", "old": 1, "total": 20}]


def test_more_is_refused_until_somebody_names_the_kind(cast):
    links(2, days_ago=8)
    links(18)
    with pytest.raises(CommandError, match=r"entry_link: 2 of 20"):
        call_command("retain", "--carry-out")
    tasks.retain()
    assert EntryLink.objects.count() == 20
    assert Notice.objects.filter(kind=Kind.RETENTION_REFUSED, user=cast["secretariat-1"]).count() == 1
    assert [found.kind for found in retention.held_up()] == [Kept.ENTRY_LINK]

    with pytest.raises(CommandError):
        call_command("retain", "--carry-out", "--allow-more-than-five-percent", "notice")
    assert EntryLink.objects.count() == 20
    call_command("retain", "--carry-out", "--allow-more-than-five-percent", "entry_link")

    assert EntryLink.objects.count() == 18
    assert retention.held_up() == []


def sweep(kind):
    return periods.carry_out(kind, retention.ALL[kind], by=None, is_asked_for=True)


def test_old_drafts_are_emptied_and_sent_ones_are_not(cast, clock):
    draft, sent = made.finished("individual"), made.submitted("individual")
    clock.shift(days=366)
    sweep(Kept.DRAFT)

    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.state, draft.answers) == (ApplicationState.WITHDRAWN, {})
    assert not draft.referees.exists()
    assert sent.answers


def test_read_notices_go_and_unread_ones_and_waiting_mails_stay(cast, clock):
    now, user = database_now(), cast["individual"]
    columns = {"kind": Kind.ADMITTED, "user": user, "language": "en"}
    Notice.objects.create(**columns, read_at=now, state="inbox")
    Notice.objects.create(**columns, read_at=now, state="sent", sent_at=now)
    unread = Notice.objects.create(**columns, state="inbox")
    waiting = Notice.objects.create(**columns, read_at=now, state="held")
    clock.shift(days=731)
    sweep(Kept.NOTICE)

    assert set(Notice.objects.filter(user=user)) == {unread, waiting}


def test_addresses_of_strangers_go_and_waiting_mails_stay(cast, clock):
    columns = {"kind": Kind.ENTRY_LINK, "language": "en", "in_inbox": False}
    Notice.objects.create(**columns, address="sent@made.test", state="sent", sent_at=database_now())
    Notice.objects.create(**columns, address="held@made.test", state="held")
    clock.shift(days=31)
    sweep(Kept.STRANGER)

    assert [notice.address for notice in Notice.objects.to_strangers()] == ["held@made.test"]


def test_what_officers_wrote_of_lost_factors_goes_and_that_it_happened_stays(cast, clock):
    user = cast["delegate"]
    authenticator_of(user)
    lost = factors.ask(user=user, by=user)
    factors.stop(lost=lost, reason="Nobody of that name asked.", by=cast["secretariat-1"])
    clock.shift(days=364)
    sweep(Kept.FACTOR_NOTE)
    assert LostFactor.objects.get().stop_reason
    clock.shift(days=2)
    sweep(Kept.FACTOR_NOTE)

    assert LostFactor.objects.get().stop_reason == ""
    assert LostFactor.objects.get().stopped_by == "officer"


def test_the_words_of_corrections_go_and_open_ones_stay(cast, clock):
    for name in ("individual", "rising"):
        corrections.ask(user=cast[name], text="Wrong.", by=cast[name])
    corrections.answer(
        correction=cast["rising"].corrections.get(), state="done", answer="Done.", by=cast["secretariat-1"]
    )
    clock.shift(days=731)
    sweep(Kept.CORRECTION)

    assert list(Correction.objects.order_by("pk").values_list("text", flat=True)) == ["Wrong.", ""]


def ended(state) -> Application:
    """An application that ends at this moment."""
    application = made.submitted()
    Application.objects.filter(pk=application.pk).update(state=state, ended_at=database_now())
    return application


def old(kind) -> set[User]:
    """Whose time is over at this moment."""
    found = retention.ALL[kind]
    days = RetentionPeriod.current(kind).days
    return set(found.old(found.rows(), database_now() - timedelta(days=days)))


class TestWhoeverIsNoLongerThere:
    """Ended applications and former members: told, given the waiting time, and erased as by their own wish."""

    def test_an_applicant_is_erased_two_years_after_the_end(self, cast, clock, own_folders):
        user = ended(ApplicationState.REFUSED).applicant
        application = user.applications.get()
        clock.shift(days=729)
        assert old(Kept.APPLICANT) == set()
        clock.shift(days=2)
        assert old(Kept.APPLICANT) == {user}
        sweep(Kept.APPLICANT)

        erasure = user.erasures.get()
        assert (erasure.state, old(Kept.APPLICANT)) == (ErasureState.WAITING, set())
        assert Notice.objects.filter(kind=Kind.ERASURE_ASKED, user=user).count() == 1
        assert application.versions.get().answers
        clock.shift(days=15)
        erasures.carry_out_due()
        application.refresh_from_db()
        assert (application.state, application.answers) == (ApplicationState.REFUSED, {})
        assert application.versions.get().answers == {}
        user.refresh_from_db()
        assert (user.email, user.is_active) == (f"{user.public_id}@erased.invalid", False)

    def test_who_takes_it_back_is_kept_for_the_same_time_again(self, cast, clock):
        user = ended(ApplicationState.WITHDRAWN).applicant
        clock.shift(days=731)
        sweep(Kept.APPLICANT)
        erasures.take_back(erasure=user.erasures.get(), by=user)
        clock.shift(days=729)
        assert old(Kept.APPLICANT) == set()
        clock.shift(days=2)
        assert old(Kept.APPLICANT) == {user}

    def test_who_has_another_application_or_became_a_member_is_kept(self, cast, clock):
        again = ended(ApplicationState.REFUSED).applicant
        clock.shift(days=731)
        made.draft("rising-leaders", user=again)
        assert old(Kept.APPLICANT) == set()
        assert cast["individual"] not in retention.ALL[Kept.APPLICANT].rows()

    def test_a_former_member_is_erased_two_years_after_the_last_end(self, cast, clock, own_folders):
        user, person = cast["individual"], cast.person("individual")
        memberships.end(membership=person.memberships.get(), by=None)
        clock.shift(days=729)
        assert user not in old(Kept.FORMER_MEMBER)
        clock.shift(days=2)
        assert old(Kept.FORMER_MEMBER) == {user}
        sweep(Kept.FORMER_MEMBER)
        clock.shift(days=15)
        erasures.carry_out_due()
        person.refresh_from_db()
        assert (person.name, person.erased_at is not None) == ("", True)
        assert person.memberships.count() == 1
        assert user not in retention.ALL[Kept.FORMER_MEMBER].rows()

    def test_who_serves_or_speaks_for_somebody_is_kept(self, cast, clock):
        clock.shift(days=3000)
        assert old(Kept.FORMER_MEMBER).isdisjoint({cast[name] for name in ("institution", "steering-1")})

    def test_many_at_once_are_refused_and_nobody_is_asked(self, cast, clock):
        for _number in range(3):
            ended(ApplicationState.REFUSED)
        clock.shift(days=731)
        with refused("too-much"):
            periods.carry_out(Kept.APPLICANT, retention.ALL[Kept.APPLICANT], by=None)
        assert not Erasure.objects.exists()

    def test_the_page_says_whose_wish_it_is(self, client, cast, clock):
        user = ended(ApplicationState.REFUSED).applicant
        clock.shift(days=731)
        sweep(Kept.APPLICANT)
        sign_in(client, User.objects.get(pk=user.pk))
        page = client.get(reverse("members:own-data-erasure")).text
        assert "ended long ago" in page
        assert "You have asked for it" not in page
        notice = Notice.objects.get(kind=Kind.ERASURE_ASKED, user=user)
        assert "What is kept about you will be erased" in client.get(reverse("secretariat:inbox")).text, notice


def test_a_period_is_revised_in_versions_and_counts_at_once(cast):
    links(1, days_ago=5)
    links(19)
    period = RetentionPeriod.current(Kept.ENTRY_LINK)
    new = periods.revise(period, by=cast["secretariat-1"], days=3)

    assert (new.version, RetentionPeriod.objects.filter(kind=Kept.ENTRY_LINK).count()) == (2, 2)
    assert periods.outlook(Kept.ENTRY_LINK, retention.ALL[Kept.ENTRY_LINK]).old == 1
    with refused("stale"):
        periods.revise(period, by=cast["secretariat-1"], days=30)
    with refused("unchanged"):
        periods.revise(new, by=cast["secretariat-1"], days=3)


def test_every_kind_has_a_period_and_a_sweep(cast):
    assert set(retention.ALL) == set(Kept)
    assert {found.kind for found in retention.outlooks()} == set(Kept)
