"""After a restore: erase anew whoever had been erased since the backup was made."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members.actions import erasures


class Command(BaseCommand):
    """`manage.py reapply_erasures`: says how many people it erased; safe to repeat."""

    help = "Hold the database against the ledger of erasures outside it, and erase whoever is back."

    def handle(self, **options):
        if not settings.ERASURES_LEDGER.exists():
            raise CommandError(
                f"There is no {settings.ERASURES_LEDGER}. Copy it from where it is kept apart from the backups; "
                "where nobody was ever erased, make an empty one."
            )
        self.stdout.write(f"{erasures.repeat_missing()} people erased anew.")
