"""The broker hangs, dies, comes back empty: nobody waits long for it, and the worker listens again."""

import signal
import time

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from platform_portal.embedded import Valkey
from platform_portal.keeper import Addresses
from secretariat.models import Heartbeat
from tests.portal import RunningPortal, database_url, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("lost broker")]

LONGEST_WAIT_SECONDS = 2.5
LONGEST_DEAFNESS_SECONDS = 30
"""Alone it takes three; beside browsers and other servers that are killed, both cores are taken for seconds."""
HEARTBEAT = "secretariat.tasks.heartbeat"


@pytest.fixture
def broker(tmp_path):
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.process.send_signal(signal.SIGCONT)
    server.stop()


@pytest.fixture
def sender(broker):
    """An application with the portal's settings that sends to this broker."""
    application = Celery("sender", set_as_current=False)
    application.config_from_object("django.conf:settings", namespace="CELERY")
    application.conf.broker_url = broker.url
    yield application
    application.close()


def seconds_to_fail(sender):
    started = time.monotonic()
    with pytest.raises(OperationalError):
        sender.send_task(HEARTBEAT)
    return time.monotonic() - started


def test_sending_to_a_broker_that_hangs_gives_up_soon(broker, sender):
    sender.send_task(HEARTBEAT)

    broker.process.send_signal(signal.SIGSTOP)

    assert seconds_to_fail(sender) < LONGEST_WAIT_SECONDS


def test_sending_to_a_broker_that_was_never_there_gives_up_soon(broker, sender):
    broker.process.send_signal(signal.SIGSTOP)

    assert seconds_to_fail(sender) < LONGEST_WAIT_SECONDS


def test_sending_to_a_broker_that_is_gone_fails_at_once_and_works_again_when_it_is_back(broker, sender):
    broker.stop()
    assert seconds_to_fail(sender) < LONGEST_WAIT_SECONDS

    broker.start()

    sender.send_task(HEARTBEAT)


@pytest.mark.django_db(transaction=True)
def test_the_worker_listens_again_to_a_broker_that_came_back_empty(broker, sender, tmp_path):
    portal = RunningPortal(tmp_path, servers=Addresses(database_url(), broker.url), parts=["worker"])
    portal.start()
    try:
        wait_until(lambda: hears(sender), what="the first heartbeat")
        for _ in range(3):
            broker.process.kill()
            broker.process.wait()
            broker.start()
            wait_until(lambda: hears(sender), seconds=LONGEST_DEAFNESS_SECONDS, what="a heartbeat after a restart")
    finally:
        portal.stop()


def hears(sender):
    """Whether the worker carries out a task that is sent now."""
    Heartbeat.objects.all().delete()
    try:
        sender.send_task(HEARTBEAT)
    except OperationalError:
        return False
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        if Heartbeat.objects.exists():
            return True
        time.sleep(0.05)
    return False


def test_a_lost_broker_locks_nobody_out():
    """Sessions and rate limits are in PostgreSQL."""
    assert settings.SESSION_ENGINE.endswith(".db")
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
