"""What stands in tables, as two runs of the same act can be compared: without instants, and without what is random."""

import json
from contextlib import contextmanager

from django.db import connection

RANDOM = frozenset(
    {
        "public_id",
        "hash",
        "previous_hash",
        "nonce",
        "token_digest",
        "link_id",
        "file",
        "photo",
        "password",
        "plain",
        "session_key",
        "handle",
        "avatar",
        "key",
        "identity",
        "sealed_text",
    }
)
"""Columns that differ each time, however alike two acts are; `plain` is the text of a mail with a link in it."""
TIMED = ("timestamp", "uuid")


def rows_in(table: str) -> list[str]:
    """The rows of a table, sorted, as text. Lists of facts are compared by the names in them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s",
            [table],
        )
        types = dict(cursor.fetchall())
        cursor.execute(f'SELECT to_jsonb(entry)::text FROM "{table}" AS entry')  # a name out of PostgreSQL's own list
        rows = [json.loads(text) for (text,) in cursor.fetchall()]
    return sorted(json.dumps(_comparable(row, types), sort_keys=True) for row in rows)


def _comparable(row: dict, types: dict) -> dict:
    return {
        column: sorted(value) if isinstance(value, dict) and types[column] == "jsonb" and column != "answers" else value
        for column, value in row.items()
        if column not in RANDOM and not types[column].startswith(TIMED)
    }


def snapshot(tables) -> dict[str, list[str]]:
    """What stands in these tables now."""
    return {table: rows_in(table) for table in sorted(tables)}


@contextmanager
def same_keys():
    """Let what is done inside take no numbers: serial keys, which no rollback gives back, are given back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        before = cursor.fetchall()
    yield
    with connection.cursor() as cursor:
        for name, last in before:
            cursor.execute("SELECT setval(%s, %s, %s)", [f'public."{name}"', last or 1, last is not None])
