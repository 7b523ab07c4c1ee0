"""What has been written: PostgreSQL itself counts the rows that this transaction inserted, changed and deleted.

Writes that were rolled back to a savepoint count too, so that nothing can be written and taken back unseen.
"""

from django.conf import settings
from django.db import connection

PASSING = frozenset({"django_session", "portal_cache", "members_readingday"})
"""Sessions may be touched, and requests and profiles that were read counted for limits, whatever is answered."""


def written() -> dict[str, int]:
    """By table, how many rows this transaction has written so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {table: count for table, count in cursor.fetchall() if table not in PASSING}


def files() -> frozenset[str]:
    """The names of the stored files."""
    return frozenset(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def since(before: dict[str, int]) -> dict[str, int]:
    """By table, how many rows were written since."""
    now = written()
    return {table: count - before.get(table, 0) for table, count in now.items() if count != before.get(table, 0)}
