"""The doorbell: rung once after a commit, never before, and never so that an act would wait for it or fail of it."""

import os
import signal
import time

import pytest
from django.conf import settings
from django.db import transaction
from kombu import Connection

from members.actions import entry
from members.models import Tier
from platform_portal.celery import app
from platform_portal.embedded import Valkey
from secretariat.models import Notice
from secretariat.tasks.bell import TASK, Bell, bell


@pytest.fixture
def broker(tmp_path):
    """A broker of this test's own, which it may stop."""
    server = Valkey(tmp_path)
    server.start()
    yield from ringing_at(server)
    os.kill(server.process.pid, signal.SIGCONT)
    server.stop()


def ringing_at(server):
    """Let the portal ring at another broker."""
    usual, patience = app.conf.broker_url, app.conf.broker_transport_options
    use(server.url, patience | {"socket_timeout": 1, "socket_connect_timeout": 1})
    bell.silent_until = 0.0
    yield server
    bell.silent_until = 0.0
    use(usual, patience)


def use(url, options):
    app.pool.force_close_all()
    app.amqp._producer_pool = None
    app._pool = None
    app.conf.broker_url = app.conf.broker_write_url = url
    app.conf.broker_transport_options = options


def rings(server):
    """How many rings wait at a broker."""
    options = {"global_keyprefix": settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]}
    with Connection(server.url, transport_options=options) as connection:
        return connection.default_channel.client.llen("celery")


def act():
    """An act that writes a notice."""
    entry.ask(email="someone@example.test", language="en", tier=Tier.objects.get(short_name="individual"))


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(cast):
    """The cast, and nothing told yet of how it came about."""
    Notice.objects.all().delete()
    return cast


def test_one_transaction_rings_once_and_only_when_it_is_whole(world, broker):
    with transaction.atomic():
        for _ in range(3):
            act()
        assert rings(broker) == 0
    assert Notice.objects.count() == 3
    assert rings(broker) == 1


def test_an_act_that_fails_rings_nobody(world, broker):
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
    assert rings(broker) == 0


def test_a_part_that_fails_takes_no_ring_from_the_rest(world, broker):
    with transaction.atomic():
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
        act()
    assert Notice.objects.count() == 1
    assert rings(broker) == 1


def test_a_broker_that_hangs_costs_an_act_one_wait_and_loses_nothing(world, broker):
    os.kill(broker.process.pid, signal.SIGSTOP)
    started = time.monotonic()
    for _ in range(5):
        act()
    assert time.monotonic() - started < 2.5
    assert Notice.objects.count() == 5


def test_a_broker_that_is_down_is_left_alone_for_a_while(world, broker):
    broker.stop()
    assert not bell.ring()
    broker.start()
    assert not bell.ring()
    assert Bell().ring()


def test_the_bell_rings_for_a_task_that_exists():
    app.loader.import_default_modules()
    assert TASK in app.tasks
