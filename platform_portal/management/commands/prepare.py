"""Bring the database and the static files up to date with the code. Safe to repeat; run it at every release."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from members.actions import directory
from platform_portal.mode_mark import mark_as_production
from platform_portal.static_files import collect_static_files
from platform_portal.translations import compile_languages
from taskforces.actions import reference


class Command(BaseCommand):
    """`manage.py prepare`: folders, migrate, cache table, reference data, directory, languages, static files."""

    help = __doc__

    def handle(self, **options):
        if settings.IN_PRODUCTION:
            mark_as_production(connection)
        settings.MEDIA_ROOT.mkdir(mode=0o750, parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_reference", verbosity=0)
        reference.load()
        directory.enter_missing()
        compile_languages()
        collect_static_files()
        self.stdout.write("The database and the static files are up to date.")
