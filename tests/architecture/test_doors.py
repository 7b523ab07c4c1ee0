"""Every address is in the permission table, and is closed to visitors unless the table says otherwise."""

import pytest

from members.middleware import OPEN_WITHOUT_FACTOR
from tests import permission_table
from tests.permission_table import CLOSED, PUBLIC, TABLE
from tests.permission_table.admin import OPEN_TO_VISITORS
from tests.permission_table.people import expected
from tests.world.urls import urls

OWN = [url for url in urls() if not url.is_of_admin]


def test_every_address_has_a_line():
    assert sorted({url.name for url in OWN} - TABLE.keys()) == []


def test_every_line_has_an_address():
    assert sorted(TABLE.keys() - {url.name for url in OWN}) == []


@pytest.mark.parametrize("name", TABLE)
def test_every_line_speaks_of_everybody(name):
    for lines in TABLE[name].values():
        for line in lines:
            expected(line, closed=name in CLOSED, confining=name not in permission_table.OPEN_WITHOUT_FACTOR)


def test_no_page_is_public_and_closed():
    assert not PUBLIC.keys() & CLOSED.keys()


def test_views_are_closed_unless_the_table_says_otherwise():
    assert {url.name for url in OWN if url.is_public} == PUBLIC.keys()


def test_the_administration_is_closed():
    assert {url.name for url in urls() if url.is_of_admin and url.is_public} == OPEN_TO_VISITORS


def test_what_opens_without_the_second_factor():
    assert permission_table.OPEN_WITHOUT_FACTOR == OPEN_WITHOUT_FACTOR


def test_no_view_takes_a_form_without_its_token():
    assert [url.name for url in urls() if getattr(url.view, "csrf_exempt", False)] == []
