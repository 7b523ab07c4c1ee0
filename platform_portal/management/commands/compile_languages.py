"""Compile the translations that have changed."""

from django.core.management.base import BaseCommand

from platform_portal.translations import compile_languages


class Command(BaseCommand):
    """`manage.py compile_languages`: needs no gettext tools; part of `prepare`."""

    help = __doc__
    requires_system_checks = []

    def handle(self, **options):
        made = compile_languages()
        self.stdout.write(f"Compiled: {', '.join(made)}." if made else "Every language is compiled.")
