"""Rows that are made once and kept in a schema of their own, from which every test can have them back in milliseconds.

The schema lies in the template of the test databases, so every copy has it; nothing the portal does touches it.
"""

from collections.abc import Callable

from django.db import connection, transaction

SCHEMA = "kept"
COLUMNS = """
    SELECT c.table_name, string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position)
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
    GROUP BY c.table_name
"""


def keep(make: Callable[[], None]) -> None:
    """Make rows by the portal's own actions, keep them aside, and leave the tables as they were.

    Raises ValueError where a table held rows before: what is put back would not be what was made.
    """
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = dict(cursor.fetchall())
    with transaction.atomic():
        before = {table: _digest(table) for table in columns}
        make()
        changed = [table for table in columns if _digest(table) != before[table]]
        if full := [table for table in changed if before[table] is not None]:
            raise ValueError(f"These tables held rows already: {', '.join(full)}.")
        rows = {table: _copy_out(table, columns[table]) for table in changed}
        transaction.set_rollback(True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table, data in rows.items():
            cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS SELECT {columns[table]} FROM public."{table}" LIMIT 0')
            with cursor.copy(f'COPY {SCHEMA}."{table}" FROM STDIN') as copy:
                copy.write(data)


def _digest(table) -> str | None:
    """A digest of what stands in a table; None if nothing does."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT md5(string_agg(entry::text, chr(10) ORDER BY entry::text)) FROM public."{table}" entry')
        return cursor.fetchone()[0]


def _copy_out(table, columns) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY (SELECT {columns} FROM public."{table}") TO STDOUT') as copy,
    ):
        return b"".join(copy)


class PutBack:
    """Puts the kept rows back, one statement for each table. Triggers are left out: what they check was checked."""

    columns: dict[str, str] = {}

    def __call__(self) -> bool:
        """False, and nothing done, where one of the tables holds rows already: they might be the same."""
        with transaction.atomic(), connection.cursor() as cursor:
            if not self.columns:
                cursor.execute(COLUMNS.replace("'public'", f"'{SCHEMA}'"))
                self.columns = dict(cursor.fetchall())
            cursor.execute("SELECT " + " OR ".join(f'EXISTS (SELECT FROM public."{table}")' for table in self.columns))
            if cursor.fetchone()[0]:
                return False
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, columns in self.columns.items():
                cursor.execute(f'INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM {SCHEMA}."{table}"')
            cursor.execute("SET LOCAL session_replication_role = origin")
        return True


put_back = PutBack()
