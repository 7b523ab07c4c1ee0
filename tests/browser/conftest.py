"""Chromium against a running portal: real servers, real mail, and a watch on what the browser complains about."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.portal import MailSink, RunningPortal

# Playwright's synchronous interface runs an event loop in this thread, which Django takes for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
AS_ROOT = ("--no-sandbox",) if os.geteuid() == 0 else ()
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All browser tests share one running portal, so they run in one worker, and on committed rows.

    First of all, because others group and order the tests by these marks.
    """
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("Chromium is not installed. `make test` installs it, or run scripts/ensure-chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *AS_ROOT])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def mail_sink():
    sink = MailSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture(scope="package")
def portal(django_db_setup, django_db_blocker, mail_sink, tmp_path_factory):
    """The running portal, for all browser tests; gone after them, since its worker would send other tests' mails."""
    with django_db_blocker.unblock():
        running = RunningPortal(tmp_path_factory.mktemp("portal"), smtp_url=mail_sink.url)
        running.start()
    yield running
    running.stop()


class Watch:
    """What a browser context met on the way that it should not have."""

    def __init__(self, context, address):
        self.home = urlsplit(address).netloc
        self.complaints = []
        context.on("request", self.note_stranger)
        context.on("console", self.note_console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))

    def note_stranger(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.home:
            self.complaints.append(f"third party: {request.url}")

    def note_console(self, message):
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(f"content policy: {message.text}")


def context_of(chromium, portal, **options):
    context = chromium.new_context(base_url=portal.url, **({"viewport": WIDE, "locale": "en-GB"} | options))
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def visit(chromium, portal):
    """Opens a page as another person with another browser: `visit()`, or `visit(java_script_enabled=False)`."""
    opened = []

    def open_page(**options):
        context = context_of(chromium, portal, **options)
        opened.append((context, Watch(context, portal.url)))
        return context.new_page()

    yield open_page
    for context, _ in opened:
        context.close()
    complaints = [complaint for _, watch in opened for complaint in watch.complaints]
    assert not complaints


@pytest.fixture
def page(visit):
    return visit()
