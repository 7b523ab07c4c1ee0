"""The portal's one clock: the database's.

Every deadline is compared with `portal_now()`, so that no web server or worker with a wrong clock can count a
vote late or end a right early. In test mode a session setting shifts it, for every process at once.
"""

from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import DateTimeField, Func


class PortalNow(Func):
    """`portal_now()` in a query or as a column's database default."""

    template = "portal_now()"
    output_field = DateTimeField()
    arity = 0


def database_now() -> datetime:
    """The present instant by the database's clock, aware, in UTC.

    It moves on inside a transaction: what is read after a lock was obtained is later than the lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_now()")
        return cursor.fetchone()[0].astimezone(UTC)


def today() -> date:
    """The present day in UTC, by which dated terms begin and end."""
    return database_now().date()
