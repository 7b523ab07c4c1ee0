"""A sealed identity from many windows at once: one approval of each custodian, one look, and no file that lies open."""

import zipfile
from io import BytesIO

import pytest

from members.actions import custody, downloads, protection
from members.choices.own_data import DownloadState
from members.choices.protection import UnsealingState
from members.models import Custody, Download, Protection, Unsealing, User
from tests import people
from tests.at_once import AT_ONCE, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


@pytest.fixture
def cast(transactional_db, settings, tmp_path):
    settings.DOWNLOADS_ROOT = tmp_path / "downloads"
    return people.assemble()


@pytest.fixture
def asked(cast) -> Unsealing:
    user = cast["individual"]
    held = protection.protect(user=user, by=user)
    for name in ("steering-1", "steering-2"):
        custody.appoint(person=cast.person(name), by=None)
    return custody.ask(handle=held.handle, reason="Grave.", by=cast["secretariat-1"])


def test_one_custodian_in_many_windows_is_one_of_two(cast, asked):
    done = at_once(lambda number: custody.approve(unsealing=asked, by=cast["steering-1"]).state)
    assert sorted(done) == [UnsealingState.APPROVED_ONCE, *["decided"] * (AT_ONCE - 1)]
    assert Custody.objects.count() == 1
    assert Unsealing.objects.get().state == UnsealingState.APPROVED_ONCE


def test_an_approval_is_one_look_in_one_session(cast, asked):
    for name in ("steering-1", "steering-2"):
        custody.approve(unsealing=asked, by=cast[name])

    def look(number):
        return custody.look(unsealing=asked, session_key=f"session-{number}", by=cast["secretariat-1"])["address"]

    assert sorted(at_once(look)) == [cast["individual"].email, *["looked"] * (AT_ONCE - 1)]


def test_raised_while_a_download_is_put_together_no_file_lies_open(cast, settings):
    user = cast["individual"]
    downloads.ask(user=user, by=user)

    def act(number):
        return downloads.build_due() if number % 2 else protection.protect(user=user, by=user).pk

    at_once(act)

    assert Protection.objects.count() == 1
    for path in settings.DOWNLOADS_ROOT.rglob("*.*"):
        assert not zipfile.is_zipfile(BytesIO(path.read_bytes()))
    for row in Download.objects.filter(state=DownloadState.READY):
        _row, content = downloads.fetch(download=row, by=User.objects.get(pk=user.pk))
        assert zipfile.is_zipfile(content)
