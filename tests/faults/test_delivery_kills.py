"""Workers killed in mid-send, time and again: nothing is lost, and nothing comes twice without saying so."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from celery import Celery

from platform_portal.embedded import Valkey
from platform_portal.keeper import Addresses
from secretariat.choices import NoticeState
from secretariat.models import Notice
from secretariat.rules.delivery import MOST_INTERRUPTIONS
from tests.faults.delivery import Postbox, age_claims, check, end_waits, many
from tests.portal import RunningPortal, database_url, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("killed workers")]

NOTICES = 300
KILLS = 4
STILL_SECONDS = 3  # without a mail, nobody is at work
CHILDREN = 2  # processes of one worker that send at the same time
SWEEP, RING = "secretariat.tasks.sweep_notices", "secretariat.tasks.deliver_notices"


@pytest.fixture
def broker(tmp_path):
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def send(broker):
    """Send the worker a task by its name."""
    application = Celery("sender", set_as_current=False)
    application.config_from_object("django.conf:settings", namespace="CELERY")
    application.conf.broker_url = broker.url
    yield application.send_task
    application.close()


@pytest.fixture
def postbox():
    box = Postbox(pause=0.01)
    box.start()
    yield box
    box.stop()


@pytest.fixture
def worker(tmp_path, broker, postbox):
    """A real worker with its children, started by the test."""
    addresses = Addresses(database_url(), broker.url)
    portal = RunningPortal(tmp_path, servers=addresses, smtp_url=postbox.url, parts=["worker"])
    portal.start()
    yield portal.parts["worker"]
    portal.parts["worker"].end_group(signal.SIGKILL)
    portal.stop()


def waiting():
    return Notice.objects.waiting().count()


def children_of(part):
    """The processes that a worker has started and that live."""
    pid = part.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill_in_mid_send(kill, postbox, luck):
    """Wait until mails flow, and a moment longer; then kill. Returns how many mails this left on their way."""
    before, left_before = len(postbox.messages), on_their_way()
    wait_until(lambda: len(postbox.messages) > before, what="mails to flow")
    time.sleep(luck.uniform(0.05, 0.4))
    kill()
    time.sleep(0.1)  # what was on the wire arrives
    return len(on_their_way() - left_before)


def on_their_way():
    return set(Notice.objects.filter(state=NoticeState.SENDING).values_list("pk", "interruptions"))


def test_a_worker_killed_with_all_its_children_loses_nothing(worker, send, postbox):
    luck = random.Random(4)
    many(NOTICES)
    left_behind = []
    for _ in range(KILLS):
        for _ in range(CHILDREN):
            send(RING)
        left_behind.append(kill_in_mid_send(lambda: worker.end_group(signal.SIGKILL), postbox, luck))
        assert waiting() > 0, "everything was sent before the kill: the test proves nothing"
        age_claims()
        worker.process.wait()
        worker.start()
        send(SWEEP)
    assert max(left_behind) <= CHILDREN
    assert sum(left_behind) > 0, "no kill hit a mail on its way: the test proves nothing"
    send(SWEEP)
    settle(send)
    found = check(postbox)
    assert found[NoticeState.DEAD] == 0
    assert found[NoticeState.SENT] + found[NoticeState.UNCERTAIN] == NOTICES
    assert found[NoticeState.UNCERTAIN] <= CHILDREN * KILLS


def settle(send):
    """Ring until nothing waits. Where nothing moves any more, let the leases run out: PostgreSQL may have carried out
    the last word of a killed worker only after the test looked.
    """
    left, since = waiting(), time.monotonic()

    def is_done():
        nonlocal left, since
        if waiting() != left:
            left, since = waiting(), time.monotonic()
        elif time.monotonic() - since > STILL_SECONDS:
            age_claims()
            send(SWEEP)
            since = time.monotonic()
        if left:
            end_waits()
            send(RING)
            time.sleep(0.3)
        return left == 0

    wait_until(is_done, what="everything to be sent")


def test_a_child_killed_alone_is_replaced_and_its_mail_settled(worker, send, postbox):
    luck = random.Random(7)
    many(100)
    send(RING)
    victim = []

    def kill():
        victim.append(children_of(worker)[0])
        os.kill(victim[0], signal.SIGKILL)

    left_behind = kill_in_mid_send(kill, postbox, luck)
    assert left_behind <= CHILDREN
    wait_until(lambda: len(children_of(worker)) == CHILDREN, what="a new child")
    age_claims()
    send(SWEEP)
    settle(send)
    assert check(postbox)[NoticeState.DEAD] == 0


def test_a_mail_that_kills_its_worker_each_time_is_given_up_and_the_others_flow(worker, send, postbox):
    notices = many(20)
    poison = notices[4]
    deaths = []

    async def die(server, session, envelope):
        """As the text of the poisoned mail goes over the wire, every child of the worker is killed."""
        if poison.message_id.encode() in envelope.content:
            deaths.append(1)
            for child in children_of(worker):
                os.kill(child, signal.SIGKILL)
        return await Postbox.handle_DATA(postbox, server, session, envelope)

    postbox.handle_DATA = die
    send(RING)
    for death in range(1, MOST_INTERRUPTIONS + 1):
        wait_until(lambda death=death: len(deaths) == death, what=f"death {death}")
        wait_until(lambda: len(children_of(worker)) == CHILDREN, what="new children")
        age_claims()
        send(SWEEP)
        wait_until(lambda death=death: interruptions(poison) == death, what="the sweep")
    settle(send)
    assert Notice.objects.get(pk=poison.pk).state == NoticeState.DEAD
    assert len(deaths) == MOST_INTERRUPTIONS
    found = check(postbox)
    assert found[NoticeState.DEAD] == 1
    assert found[NoticeState.SENT] + found[NoticeState.UNCERTAIN] == 19
    assert found[NoticeState.UNCERTAIN] <= len(deaths)  # what the other child had in hand when it was killed too


def interruptions(notice):
    return Notice.objects.values_list("interruptions", flat=True).get(pk=notice.pk)


def test_rings_and_sweeps_that_come_many_times_send_each_mail_once(worker, send, postbox):
    many(100)
    for _ in range(20):
        send(RING)
        send(SWEEP)
    wait_until(lambda: waiting() == 0, what="everything to be sent")
    assert check(postbox)[NoticeState.SENT] == len(postbox.messages) == 100
