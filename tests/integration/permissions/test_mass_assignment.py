"""Forms take what they ask for: whatever else is sent along changes nothing.

Every act of the permission table is done twice, as its form sends it and with every other column of the portal beside
it; afterwards the same tables must hold the same.
"""

import re

import pytest
from django.apps import apps

from tests.permission_table import CLOSED, OPEN_WITHOUT_FACTOR, TABLE
from tests.permission_table.people import expected
from tests.world.snapshots import same_keys, snapshot
from tests.world.visits import answered

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permissions")]

ACTS = [
    (name, row)
    for name, rows in TABLE.items()
    for row, (_get, post) in rows.items()
    if "did " in post and name not in {"leave", "account_logout"}
]


def who_does(name, row) -> str:
    """The first of the table for whom the act is done."""
    answers = expected(TABLE[name][row][1], closed=name in CLOSED, confining=name not in OPEN_WITHOUT_FACTOR)
    return next(person for person, answer in answers.items() if answer.startswith("did "))


def columns() -> set[str]:
    """Every column of the portal's own tables and of sign-in's, by the names under which a form might take it."""
    found = set()
    for app in ("members", "secretariat", "account", "mfa"):
        for model in apps.get_app_config(app).get_models():
            found |= {field.name for field in model._meta.many_to_many}
            found |= {name for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return found


def sent_along(visit) -> dict[str, str]:
    """A value for every column: one that would do harm where a column of that name were taken."""
    stranger = visit.world.user("stranger")
    harmful = {
        "state": "admitted",
        "role": "principal",
        "email": "stolen@cast.test",
        "is_active": "",
        "is_superuser": "on",
        "is_staff": "on",
        "groups": str(stranger.groups.first().pk if stranger.groups.exists() else 1),
        "slug": "stolen",
        "number": "STOLEN-1",
        "listed": "on",
        "submitted_at": "2020-01-01 00:00",
        "ends_on": "2099-01-01",
        "public_id": "00000000-0000-4000-8000-000000000001",
    }
    return {name: harmful.get(name, str(stranger.pk)) for name in columns() | set(harmful)}


def asked_for(visit, person, name, row) -> set[str]:
    """The names of the fields on the page, where it shows its form itself."""
    page = visit.ask(person, "GET", visit.path(name, row)).content.decode()
    return set(re.findall(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"', page))


@pytest.mark.parametrize(("name", "row"), ACTS, ids=[f"{name} {row}".strip() for name, row in ACTS])
def test_what_is_sent_along_changes_nothing(visit, name, row):
    person, path = who_does(name, row), visit.path(name, row)
    asked = asked_for(visit, person, name, row)
    more = {key: value for key, value in sent_along(visit).items() if key not in asked}
    plain = done(visit, person, path, visit.form(name, row, person))
    beside = done(visit, person, path, more | visit.form(name, row, person))
    assert beside == plain


def done(visit, person, path, body):
    """The answer to an act, and what then stands in the tables it wrote."""
    with same_keys(), visit.as_(person) as client:
        answer = answered(client, "POST", path, body)
        assert answer.wrote, answer.said
        return answer.words, snapshot(answer.wrote)
