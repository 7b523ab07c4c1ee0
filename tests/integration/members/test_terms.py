"""What the database keeps of dated terms, whatever code asks of it: no overlap, no term of no days, one ending."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from members.actions import custody, organisations
from members.kernel.clock import database_now
from members.kernel.terms import Term
from tests.factories import groups as working

pytestmark = pytest.mark.django_db
TABLES = sorted(Term.__subclasses__(), key=lambda table: table.__name__)


@pytest.fixture
def row(cast, request):
    """A term in force of the table that the test asks for, as a row not yet written a second time."""
    organisations.affiliate(person=cast.person("individual"), organisation=cast.organisations["institution"], by=None)
    custody.appoint(person=cast.person("steering-1"), by=None)
    working.active(cast)
    return request.param.objects.filter(ended_at=None).first()


def again(row, **changes):
    """Write the same term once more, with changes, past all actions."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk = None
    if hasattr(copy, "public_id"):
        copy.public_id = uuid4()
    for name, value in changes.items():
        setattr(copy, name, value)
    with transaction.atomic():
        copy.save(force_insert=True)


def refused(act, error=DatabaseError):
    with pytest.raises(error), transaction.atomic():
        act()


@pytest.mark.parametrize("row", TABLES, indirect=True)
@pytest.mark.parametrize("span", [(0, None), (-30, 1), (0, 1), (1, 2), (400, None)])
def test_terms_that_exclude_each_other_do_not_overlap(row, span):
    """Earlier, the same, within, and later: as far as the first term lasts."""
    if row.ends_on is not None and span[0] == 400:
        type(row).objects.filter(pk=row.pk).update(ends_on=row.starts_on + timedelta(days=500), ended_at=database_now())
    first = row.starts_on + timedelta(days=span[0])
    last = row.starts_on + timedelta(days=span[1]) if span[1] else None

    refused(lambda: again(row, starts_on=first, ends_on=last), IntegrityError)


@pytest.mark.parametrize("row", TABLES, indirect=True)
def test_a_term_may_begin_on_the_day_another_ends(row):
    type(row).objects.filter(pk=row.pk).update(ends_on=row.starts_on + timedelta(days=10), ended_at=database_now())

    again(row, starts_on=row.starts_on + timedelta(days=10), ends_on=None, ended_at=None)


@pytest.mark.parametrize("row", TABLES, indirect=True)
def test_a_term_has_a_day(row):
    """An empty span overlaps nothing, so the exclusion alone would let it in."""
    for days in (0, -1):
        end = row.starts_on + timedelta(days=days)
        refused(lambda end=end: again(row, ends_on=end, ended_at=None), IntegrityError)


@pytest.mark.parametrize("row", TABLES, indirect=True)
def test_a_term_is_ended_once_and_otherwise_neither_changed_nor_deleted(row):
    rows = type(row).objects.filter(pk=row.pk)
    end = {"ends_on": row.starts_on + timedelta(days=5), "ended_at": database_now()}

    refused(lambda: rows.update(starts_on=row.starts_on - timedelta(days=1)))
    refused(lambda: rows.update(ends_on=row.starts_on + timedelta(days=5)))
    refused(rows.delete)
    rows.update(**end)
    refused(lambda: rows.update(**end | {"end_reason": "another"}))
    assert rows.get().ends_on == end["ends_on"]
