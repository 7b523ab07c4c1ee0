"""A mark in the database that says it is a real one, so that demo mode refuses it.

The mark is a setting of the database itself: it stays with it whatever the environment of a process says.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.signals import connection_created

MARK = "portal.holds"
REAL = "real people"


def mark_as_production(connection):
    """Mark the database as holding real people, for good."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET {MARK} = %s", [REAL])


def refuse_production_database(sender, connection, **facts):
    """In demo and test mode: refuse a database that was marked, the first time it is connected to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [MARK])
        mark = cursor.fetchone()[0]
    if mark == REAL:
        connection.close()
        raise ImproperlyConfigured(
            "DATABASE_URL leads to a production database, but PORTAL_MODE is demo or test, whose logins are known to "
            "everyone. Unset PORTAL_MODE, or use another database."
        )
    connection_created.disconnect(refuse_production_database)
