"""Databases with ten thousand and a hundred thousand people, made once and kept while what makes them is the same."""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from platform_portal.keeper import exclusive
from tests.database.template import digest_of_migrations, existing_databases, make, migrate

SEED = 2026
DEPENDS_ON = (
    "platform_portal/demo/scale.py",
    "members/queries/directory_rows.py",
    "members/queries/directory_letters.py",
    "members/kernel/text.py",
)


def digest() -> str:
    """A short digest over all that makes the people."""
    found = hashlib.sha256(digest_of_migrations().encode())
    for name in DEPENDS_ON:
        found.update((Path(settings.BASE_DIR) / name).read_bytes())
    return found.hexdigest()[:12]


def database_of(members: int) -> str:
    """The name of a database with so many people, made now if need be."""
    name = f"bench{members}_{digest()}"
    with exclusive(settings.VAR, "bench.lock"):
        if name not in existing_databases():
            make(name, copy_of="template0", fill=lambda: _fill(members))
    return name


def _fill(members: int) -> None:
    migrate()
    call_command("seed_scale", members=members, seed=SEED, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def within(name: str):
    """In the block, the portal works in another database."""
    home = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
