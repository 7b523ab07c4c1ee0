"""Empty the test database between tests that commit, governance history included.

In the portal, triggers forbid emptying the tables that remember decisions. Only here they are passed over, for one
transaction, by the means that PostgreSQL has for replication. What migrations made stays: content types and permissions
keep their keys, which a running portal has in its memory.
"""

from django.core.management.commands import flush
from django.db import connections, transaction

KEPT = {"django_content_type", "auth_permission", "django_migrations"}


class Command(flush.Command):
    """Django's own flush, with the triggers asleep and without the tables that are the same in every test."""

    def handle(self, **options):
        connection = connections[options["database"]]
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
        statements = connection.ops.sql_flush(self.style, sorted(tables), reset_sequences=False, allow_cascade=False)
        with transaction.atomic(using=options["database"]), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
