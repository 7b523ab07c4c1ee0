"""Statements that stand before every page, prepared: the database reads and plans them once a connection.

Composing, reading and planning such a statement takes longer than running it. Only statements whose words are always
the same belong here, and whose best plan does not hang on their values.
"""

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


def prepared():
    """A cursor like `connection.cursor()`, which hands values to the database apart from the statement.

    So the second time a connection runs a statement, it is prepared (`prepare_threshold` in the settings).
    """
    connection.ensure_connection()
    held = connection.connection
    ordinary = held.cursor_factory
    held.cursor_factory = ServerBindingCursor
    try:
        return connection.cursor()
    finally:
        held.cursor_factory = ordinary
