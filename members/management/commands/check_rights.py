"""Compare what is stored of rights with what the terms in force and the states of rows call for."""

from django.core.management.base import BaseCommand, CommandError

from members.kernel.clock import database_now
from members.queries import rights


class Command(BaseCommand):
    help = "Recounts every user's groups and every grant on every row. Exits 1 and names what differs."

    def handle(self, **options):
        """A difference counts when it is found twice: what somebody changes between two statements is none."""
        found = rights.audit(now=database_now())
        drifts = found.drifts and [drift for drift in rights.audit(now=database_now()).drifts if drift in found.drifts]
        for drift in drifts:
            self.stderr.write(str(drift))
        if drifts:
            raise CommandError(f"{len(drifts)} rights are not as they should be.")
        self.stdout.write(f"All is right: {found.users} users and {found.rows} rows compared.")
