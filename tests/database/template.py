"""A migrated database to copy test databases from.

Migrating from nothing takes seconds, copying takes a tenth of one. The template is named after everything the
migrations depend on, so that a changed migration makes a new one.
"""

import hashlib
import inspect
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from platform_portal.keeper import exclusive


def migrated_template():
    """The name of the template database, made now if need be. Parallel workers wait for one another."""
    name = f"template_{digest_of_migrations()}"
    with exclusive(settings.VAR, "template.lock"):
        if name not in existing_databases():
            make(name)
    return name


def digest_of_migrations():
    """A short digest over every migration file, and over the code that migrations call."""
    digest = hashlib.sha256()
    for application in apps.get_app_configs():
        folder = Path(application.path)
        for path in sorted([*folder.glob("migrations/**/*.py"), *folder.glob("reference/**/*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    digest.update(inspect.getsource(inspect.getmodule(digest_of_migrations)).encode())
    return digest.hexdigest()[:16]


def existing_databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def make(name):
    """Migrate a fresh database under another name, and rename it when it is whole."""
    unfinished, home = f"{name}_unfinished", connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        for old in existing_databases():
            if old.startswith("template_"):
                cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE template0')
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
