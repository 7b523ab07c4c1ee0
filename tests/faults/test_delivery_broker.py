"""The broker hangs, dies and comes back empty under a running portal: pages go on, and every mail arrives once."""

import http.cookiejar
import re
import signal
import time
import urllib.parse
import urllib.request

import pytest

from members.actions import reference
from platform_portal.embedded import Valkey
from platform_portal.keeper import Addresses
from secretariat.choices import NoticeState
from secretariat.models import Notice
from tests.faults.delivery import Postbox, check
from tests.portal import RunningPortal, database_url, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("mail and broker")]

LONGEST_PAGE_SECONDS = 2.5
LOST_SECONDS = 6
DRAINED_SECONDS = 45  # a sweep comes every fifteen; the worker finds the broker again within fifteen
PAGES = ["/", "/about/", "/join/", "/decisions/", "/health/ready"]
APPLY = "/apply/individual/"


@pytest.fixture
def broker(tmp_path):
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.process.send_signal(signal.SIGCONT)
    server.stop()


@pytest.fixture
def postbox():
    box = Postbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def portal(tmp_path, broker, postbox):
    """Web server, worker and beat."""
    reference.load()
    running = RunningPortal(tmp_path, servers=Addresses(database_url(), broker.url), smtp_url=postbox.url)
    running.start()
    yield running
    running.stop()


class Visitor:
    """A browser of nobody in particular, which notes how long each page took."""

    def __init__(self, portal):
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.portal = portal
        self.asked = []
        self.longest = 0.0

    def open(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        started = time.monotonic()
        with self.opener.open(self.portal.url + path, data, timeout=30) as response:
            text = response.read().decode()
        self.longest = max(self.longest, time.monotonic() - started)
        return text

    def ask_for_a_link(self):
        """An act by which a mail is written."""
        address = f"somebody-{len(self.asked)}@visitors.test"
        form = self.open(APPLY)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
        self.open(APPLY, {"csrfmiddlewaretoken": token, "email": address})
        self.asked.append(address)

    def go_about(self, *, seconds, asking):
        """Look at pages for a while, and ask for a link so many times."""
        until = time.monotonic() + seconds
        for _ in range(asking):
            self.ask_for_a_link()
        while time.monotonic() < until:
            for path in PAGES:
                self.open(path)


def test_pages_go_on_without_the_broker_and_every_mail_arrives_once(portal, broker, postbox):
    visitor = Visitor(portal)
    visitor.ask_for_a_link()
    wait_until(lambda: postbox.to(visitor.asked[0]), what="the first mail")

    broker.process.send_signal(signal.SIGSTOP)
    visitor.go_about(seconds=LOST_SECONDS, asking=4)
    broker.process.send_signal(signal.SIGCONT)

    broker.process.kill()
    broker.process.wait()
    visitor.go_about(seconds=LOST_SECONDS, asking=4)
    broker.start()
    visitor.ask_for_a_link()

    assert visitor.longest < LONGEST_PAGE_SECONDS
    assert Notice.objects.count() == len(visitor.asked) == 10
    wait_until(lambda: not Notice.objects.waiting().exists(), seconds=DRAINED_SECONDS, what="every mail")
    assert check(postbox)[NoticeState.SENT] == 10
    assert [len(postbox.to(address)) for address in visitor.asked] == [1] * 10
