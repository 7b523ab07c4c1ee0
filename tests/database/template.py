"""A migrated database, and one that keeps the cast besides, to copy test databases from.

Migrating from nothing takes seconds, copying takes a tenth of one. Each template is named after everything it depends
on, so that a changed migration makes a new one; and changed code, or a new day, a new cast.
"""

import hashlib
import inspect
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from platform_portal.keeper import exclusive
from tests import people
from tests.database.kept import keep


def template_with_cast():
    """The name of the template of test databases, made now if need be. Parallel workers wait for one another."""
    migrated, whole = f"template_{digest_of_migrations()}", f"cast_{digest_of_code()}"
    with exclusive(settings.VAR, "template.lock"):
        if migrated not in existing_databases():
            make(migrated, copy_of="template0", fill=migrate)
        if whole not in existing_databases():
            make(whole, copy_of=migrated, fill=lambda: keep(people.make))
    return whole


def migrate():
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


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


def digest_of_code():
    """A short digest over the migrations, over all that makes the cast, and over the day from which its terms run."""
    digest = hashlib.sha256(f"{digest_of_migrations()} {datetime.now(UTC).date()}".encode())
    apps_of_ours = [app for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    for folder in sorted(Path(app.path) for app in apps_of_ours):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    digest.update(inspect.getsource(people).encode())
    return digest.hexdigest()[:16]


def existing_databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def make(name, *, copy_of, fill):
    """Fill a fresh database under another name, and rename it when it is whole; those of its kind before it go."""
    unfinished, home = f"{name}_unfinished", connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        for old in existing_databases():
            if old.startswith(f"{name.partition('_')[0]}_"):
                cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE "{copy_of}"')
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        fill()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
