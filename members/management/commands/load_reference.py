"""Add the reference data that is missing: lists, tiers, the membership rule, checks and letters."""

from django.core.management.base import BaseCommand

from members.actions import reference


class Command(BaseCommand):
    """`manage.py load_reference`: safe to repeat; what staff edited is left alone."""

    help = __doc__

    def handle(self, **options):
        added = reference.load()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{table}: {number} added" for table, number in added.items()))
