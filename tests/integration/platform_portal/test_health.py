"""The three health addresses, with the servers up and down."""

import signal
import time

import pytest
from django.urls import reverse

from members.kernel.clock import database_now
from members.models import User
from platform_portal.embedded import Valkey
from secretariat.models import Heartbeat
from secretariat.queries import WORKER
from tests import people


def test_live_answers_without_a_database(client):
    response = client.get(reverse("health-live"))

    assert response.status_code == 200
    assert response.content == b"alive\n"


@pytest.mark.django_db
def test_ready_says_that_the_database_answers(client):
    response = client.get(reverse("health-ready"))

    assert response.status_code == 200
    assert response.content == b"ready\n"


@pytest.mark.django_db
class TestStatus:
    @pytest.fixture
    def staff(self, client, settings):
        settings.SECOND_FACTOR_WAIVED = True
        client.force_login(people.assemble()["secretariat-1"])
        return client

    def test_is_for_staff_only(self, client):
        assert client.get(reverse("health-status")).status_code == 302

        client.force_login(User.objects.create_user("reader@example.org"))
        assert client.get(reverse("health-status")).status_code == 403

    def test_says_that_no_worker_has_been_seen(self, staff):
        status = staff.get(reverse("health-status")).json()

        assert status["broker_answers"] is True
        assert status["worker_lives"] is False
        assert status["in_order"] is False
        assert status["notices"]["dead"] == 0

    def test_says_that_all_is_in_order(self, staff):
        Heartbeat.objects.create(name=WORKER, at=database_now())

        status = staff.get(reverse("health-status")).json()

        assert status["worker_lives"] is True
        assert status["in_order"] is True

    def test_does_not_wait_for_a_broker_that_hangs(self, staff, settings, tmp_path):
        broker = Valkey(tmp_path)
        broker.start()
        try:
            broker.process.send_signal(signal.SIGSTOP)
            settings.REDIS_URL = broker.url
            started = time.monotonic()

            status = staff.get(reverse("health-status")).json()

            assert status["broker_answers"] is False
            assert time.monotonic() - started < 2.5
        finally:
            broker.process.send_signal(signal.SIGCONT)
            broker.stop()
