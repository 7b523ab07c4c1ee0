"""Print the tables of rights as the page that people read."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members.queries.rights_in_words import markdown

PAGE = Path(settings.BASE_DIR) / "docs" / "permissions.md"


class Command(BaseCommand):
    """`manage.py print_permissions [--check]`: run it after every change of the tables."""

    help = "Print who may do what into docs/permissions.md; with --check, only say whether that page is current."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="exit 1 if the page is not current; write nothing")

    def handle(self, *args, check, **options):
        if not check:
            PAGE.write_text(markdown())
            self.stdout.write(f"{PAGE.relative_to(settings.BASE_DIR)} is written.")
        elif not PAGE.exists() or PAGE.read_text() != markdown():
            raise CommandError("docs/permissions.md is not current: run `manage.py print_permissions`.")
        else:
            self.stdout.write("docs/permissions.md is current.")
