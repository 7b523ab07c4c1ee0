"""What is older than its period: looked at, deleted a little at a time, and never more than five per cent unasked."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from members.actions import corrections, factors
from members.actions import retention as periods
from members.choices.applications import ApplicationState
from members.choices.retention import Kept
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import AuditEvent, Correction, EntryLink, LostFactor, RetentionPeriod
from members.rules.retention import Outlook
from secretariat import tasks
from secretariat.actions import retention
from secretariat.choices import Kind
from secretariat.models import Notice
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import authenticator_of

pytestmark = pytest.mark.django_db


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
