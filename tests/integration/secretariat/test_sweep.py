"""The sweep finds what the bell did not tell of, one sweep at a time; staff see how things stand."""

from datetime import timedelta
from io import StringIO

import psycopg
import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from members.kernel.clock import database_now
from secretariat import tasks
from secretariat.choices import Kind, NoticeState
from secretariat.models import Heartbeat, Notice
from secretariat.queries import delivery_status
from secretariat.tasks import delivery
from tests.faults.delivery import age_claims, many
from tests.portal import database_url

pytestmark = pytest.mark.django_db


def command(*arguments):
    out = StringIO()
    call_command("notices", *arguments, stdout=out)
    return out.getvalue()


def test_a_sweep_sends_what_waits_though_nobody_rang():
    many(3)
    tasks.sweep_notices()
    assert len(mail.outbox) == 3
    assert not Notice.objects.exclude(state=NoticeState.SENT).exists()


def test_a_second_sweep_leaves_the_work_to_the_first():
    """As when beat runs twice: the lock is the database's, so it does not matter on which machine."""
    many(3)
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [delivery.SWEEP_LOCK])
        assert delivery.sweep() == 0
        assert not mail.outbox
        other.execute("SELECT pg_advisory_unlock(%s)", [delivery.SWEEP_LOCK])
    assert delivery.sweep() == 3


def test_a_sweep_gives_back_the_lock_for_the_next_one():
    assert delivery.sweep() == 0
    with psycopg.connect(database_url()) as other:
        assert other.execute("SELECT pg_try_advisory_lock(%s)", [delivery.SWEEP_LOCK]).fetchone() == (True,)


def test_what_another_worker_has_reserved_is_left_to_it_until_its_lease_is_over():
    many(3)
    reserved = delivery.delivery.reserve()
    assert len(reserved) == 3
    assert delivery.sweep() == 0
    age_claims()
    assert delivery.sweep() == 3


def test_a_reserved_mail_that_was_not_begun_is_nobodys_doubt():
    many(3)
    delivery.delivery.reserve()
    age_claims()
    delivery.sweep()
    assert set(Notice.objects.values_list("is_repeat", "interruptions")) == {(False, 0)}


def test_a_full_batch_calls_for_help():
    many(130)
    calls = []
    assert delivery.deliver_due(when_more=lambda: calls.append(1)) == 130
    assert calls == [1]


def test_a_mail_waits_for_its_time(clock):
    (notice,) = many(1)
    Notice.objects.filter(pk=notice.pk).update(not_before=database_now() + timedelta(hours=1))
    assert delivery.deliver_due() == 0
    clock.shift(hours=1, seconds=1)
    assert delivery.deliver_due() == 1


def test_a_worker_shows_that_it_lives():
    assert delivery_status().heartbeat_at is None
    tasks.heartbeat()
    first = delivery_status().heartbeat_at
    tasks.heartbeat()
    assert delivery_status().heartbeat_at > first
    assert Heartbeat.objects.count() == 1


def test_the_state_of_delivery_counts_what_waits_and_what_is_in_trouble():
    notices = many(6)
    states = [NoticeState.NEW, NoticeState.SENDING, NoticeState.DEAD, NoticeState.UNCERTAIN, NoticeState.HELD]
    for notice, state in zip(notices, states, strict=False):
        Notice.objects.filter(pk=notice.pk).update(state=state)
    status = delivery_status()
    assert (status.pending, status.dead, status.uncertain, status.held) == (3, 1, 1, 1)
    assert status.oldest_pending_at == min(notice.written_at for notice in Notice.objects.all())


def test_an_operator_holds_mails_back_and_lets_them_go_marked():
    many(2)
    assert command("hold") == "2 held.\n"
    assert delivery.sweep() == 0
    assert "held 2" in command()
    assert command("release") == "2 released.\n"
    assert delivery.sweep() == 2
    assert {letter.extra_headers["X-Portal-Resent"] for letter in mail.outbox} == {"1"}


def test_an_operator_tries_a_dead_mail_again_and_cannot_try_what_is_in_order():
    dead, well = many(2)
    Notice.objects.filter(pk=dead.pk).update(state=NoticeState.DEAD)
    command("again", str(dead.public_id))
    assert delivery.sweep() == 2
    with pytest.raises(CommandError):
        command("again", str(well.public_id))
    assert delivery.sweep() == 0


def test_a_mail_about_an_account_cannot_be_tried_again_since_its_text_is_gone():
    notice = Notice.objects.create(kind=Kind.ACCOUNT, address="a@b.test", language="en", in_inbox=False, state="dead")
    with pytest.raises(CommandError):
        command("again", str(notice.public_id))
