"""PostgreSQL goes away and comes back: neutral pages meanwhile, no restart needed, no flood of attempts."""

import http.client
import re
import signal

import pytest
from django.conf import settings

from platform_portal.embedded import PostgreSQL
from platform_portal.keeper import Addresses
from tests.portal import RunningPortal, copy_database_to, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("lost database")]

PATIENCE_SECONDS = 10
PAGE = "/health/status"
VISITOR = {"Cookie": "session=of-long-ago"}  # so that the page has to ask the database


def get(portal, path, **headers):
    """One GET without following anything: status, headers, text."""
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{portal.port}"} | headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    finally:
        connection.close()


@pytest.fixture
def database(transactional_db, tmp_path):
    server = PostgreSQL(tmp_path, durable=False)
    server.start()
    copy_database_to(server)
    yield server
    server.stop()


@pytest.fixture
def portal(database, tmp_path):
    portal = RunningPortal(tmp_path, servers=Addresses(database.url, settings.REDIS_URL), parts=["web"])
    portal.start()
    yield portal
    portal.stop()


def is_ready(portal):
    return get(portal, "/health/ready")[0] == 200


def test_while_it_is_away_pages_say_so_neutrally_and_then_all_is_well_again(portal, database):
    assert get(portal, PAGE, **VISITOR)[0] == 302
    database.stop()

    status, headers, text = get(portal, PAGE, **VISITOR)

    assert status == 503
    assert int(headers["Retry-After"]) > 0
    assert not re.search("postgres|psycopg|traceback|exception", text, re.IGNORECASE)
    assert not is_ready(portal)
    assert get(portal, "/health/live")[0] == 200

    database.start()

    wait_until(lambda: is_ready(portal), what="recovery")
    assert get(portal, PAGE, **VISITOR)[0] == 302


def test_a_restart_in_a_hurry_is_noticed_by_nobody_who_comes_later(portal, database):
    assert get(portal, PAGE, **VISITOR)[0] == 302

    database.process.send_signal(signal.SIGQUIT)
    database.process.wait()
    database.start()

    assert [get(portal, PAGE, **VISITOR)[0] for _ in range(6)] == [302] * 6
