"""Empty the test database between tests that commit, governance history included.

In the portal, triggers forbid emptying the tables that remember decisions. Only here they are passed over, for one
transaction, by the means that PostgreSQL has for replication.
"""

from django.core.management.commands import flush
from django.db import connections, transaction


class Command(flush.Command):
    """Django's own flush, with the triggers asleep."""

    def handle(self, **options):
        with transaction.atomic(using=options["database"]):
            with connections[options["database"]].cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
            super().handle(**options)
