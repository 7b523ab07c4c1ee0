"""What every test stands on: real servers, a database for each worker, and no way out to the network."""

import socket

import pytest
from django.conf import settings as portal_settings

from platform_portal.translations import compile_languages
from tests import people
from tests.clock import Clock
from tests.database.template import template_with_cast

LOOPBACK = ("127.0.0.1", "::1", "localhost")
REAL_CONNECT = socket.socket.connect


class OutsideWorldError(Exception):
    """A test tried to reach another machine."""


def connect_to_loopback_only(self, address):
    if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
        raise OutsideWorldError(f"Tests stay on this machine; this one wanted {address}.")
    return REAL_CONNECT(self, address)


def pytest_configure(config):
    """Translations are compiled before anything reads them."""
    compile_languages()


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """No test talks to another machine."""
    monkeypatch.setattr(socket.socket, "connect", connect_to_loopback_only)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Each worker's database is a copy of one that was migrated before, and that keeps the cast."""
    with django_db_blocker.unblock():
        portal_settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template_with_cast()


@pytest.fixture
def cast(db) -> people.Cast:
    """The cast of `tests.people`, in a world of its own."""
    return people.assemble()


@pytest.fixture
def clock(db):
    """The portal's clock, to be moved by the test and back in its place afterwards."""
    clock = Clock()
    yield clock
    clock.reset()
