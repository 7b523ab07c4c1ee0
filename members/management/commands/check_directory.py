"""Compare what the directory holds of people with what their pages show."""

from itertools import batched

from django.core.management.base import BaseCommand, CommandError

from members.kernel.clock import today
from members.models import Person
from members.queries.directory_rows import drifts

AT_A_TIME = 500


class Command(BaseCommand):
    help = "Builds every row of the directory anew and compares. Exits 1 and names whose differ, by number."

    def handle(self, **options):
        """A difference counts when it is found twice: what somebody changes between two statements is none."""
        keys, found = list(Person.objects.order_by("pk").values_list("pk", flat=True)), []
        for some in batched(keys, AT_A_TIME, strict=False):
            once = [drift.person for drift in drifts(some, on=today())]
            found += drifts(once, on=today()) if once else []
        for drift in found:
            self.stderr.write(str(drift))
        if found:
            raise CommandError(f"Of {len(found)} people the directory says something else than their page.")
        self.stdout.write(f"All is right: {len(keys)} people compared.")
