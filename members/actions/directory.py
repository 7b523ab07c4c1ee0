"""The directory follows what is shown of people: its rows are built anew by every act that changes that."""

import json
from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import batched

from django.db import connection, transaction

from members.kernel.clock import today
from members.kernel.statements import prepared
from members.models import DirectoryCount, DirectoryEntry, DirectoryLine, DirectoryText, Person
from members.queries.directory_letters import STATE, Lists
from members.queries.directory_rows import NARROW, Row, is_same, rows_for, stored_rows

AT_A_TIME = 500
MOST_COUNTS = 1_000
DUE = """
    SELECT DISTINCT person_id, holds_until FROM members_directoryentry WHERE holds_until <= %s
    ORDER BY holds_until, person_id LIMIT %s
"""
READINESS = STATE + ", (SELECT min(holds_until) FROM members_directoryentry) <= %s"  # noqa: S608 - our own words
MOST_IN_A_REQUEST = 200
"""People whom one request looks at again: as many as begin or end together on an ordinary day."""


WAITING: ContextVar[set[int] | None] = ContextVar("waiting", default=None)
"""The people who are looked at again at the end of a block of acts, while there is one."""


@contextmanager
def reindexed_together():
    """In the block, note of whom something changes, and look at them all again at its end: for acts on many at once.

    The block is one transaction, so nobody else sees what is shown of people without their rows.
    """
    with transaction.atomic():
        waiting = set()
        outer = WAITING.set(waiting)
        try:
            yield
        finally:
            WAITING.reset(outer)
        reindex(waiting)


@transaction.atomic
def reindex(people: Iterable[int]) -> int:
    """Make the rows of people, by primary key, equal to what is shown of them; says of how many they changed.

    Call it in the transaction of the act, after all else. People are locked first, so that of two acts at once the
    second sees what the first has done.
    """
    waiting = WAITING.get()
    if waiting is not None:
        waiting.update(people)
        return 0
    changed = 0
    for keys in batched(sorted(set(people)), AT_A_TIME, strict=False):
        list(
            Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk").values("pk")
        )
        changed += _reindex(keys)
    return changed


def _reindex(keys) -> int:
    stored = stored_rows(keys)
    due = rows_for(Person.objects.with_everything().filter(pk__in=keys), on=today())
    new = {rows[0].person_id: rows for rows in due if not is_same(stored.get(rows[0].person_id, []), rows)}
    DirectoryEntry.objects.filter(person__in=new).delete()
    write([row for rows in new.values() for row in rows])
    return len(new)


def write(rows: list[Row]) -> None:
    """Write rows as they are, in the fewest statements."""
    if not rows:
        return
    entries = DirectoryEntry.objects.bulk_create(
        DirectoryEntry(**{name: getattr(row, name) for name in NARROW}) for row in rows
    )
    pairs = list(zip(entries, rows, strict=True))
    _copy(DirectoryText, ("entry_id", "vector"), ((entry.pk, row.vector) for entry, row in pairs))
    _copy(DirectoryLine, ("entry_id", "content"), ((entry.pk, json.dumps(row.line)) for entry, row in pairs))


def _copy(model, columns: tuple[str, ...], rows) -> None:
    statement = f'COPY "{model._meta.db_table}" ({", ".join(columns)}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def bring_up_to_date(*, on) -> Lists:
    """Before a request reads the directory: look again at people who are due, and give the lists one can filter by."""
    with prepared() as cursor:
        cursor.execute(READINESS, [on])
        *state, is_somebody_due = cursor.fetchone()
    if is_somebody_due:
        reindex_due(on=on, most=MOST_IN_A_REQUEST)
    return Lists.held(tuple(state))


def reindex_due(*, on, most: int | None = None) -> int:
    """Look again at people of whom something begins or ends by a day; says how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, [on, most])
        keys = [key for key, _until in cursor.fetchall()]
    return len(keys) if keys and reindex(keys) is not None else 0


def forget_old_counts(*, before) -> None:
    """Forget counts that were kept on the days before one, and all of them once they are very many."""
    DirectoryCount.objects.filter(on__lt=before).delete()
    if DirectoryCount.objects.count() > MOST_COUNTS:
        DirectoryCount.objects.all().delete()


def enter_missing() -> int:
    """Write the rows of people who have none, as when the directory is new; says of how many people."""
    without = Person.objects.exclude(pk__in=DirectoryEntry.objects.values("person")).order_by("pk")
    keys = list(without.values_list("pk", flat=True))
    return sum(reindex(some) for some in batched(keys, AT_A_TIME, strict=False))


@transaction.atomic
def enter_in_bulk(people: Iterable[int], *, on) -> int:
    """Write the rows of people who have none yet, as after they were entered in bulk; says how many rows."""
    count = 0
    for keys in batched(people, AT_A_TIME, strict=False):
        due = rows_for(Person.objects.with_everything().filter(pk__in=keys), on=on)
        rows = [row for of_person in due for row in of_person]
        write(rows)
        count += len(rows)
    return count
