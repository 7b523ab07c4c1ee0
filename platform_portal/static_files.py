"""Collecting the static files only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

IGNORED = ["CVS", ".*", "*~"]  # as the command collectstatic does


def collect_static_files():
    """Collect, compress and name the static files for good, unless they are as they were the last time."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    present = fingerprint()
    if not mark.exists() or mark.read_text() != present:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(present)


def fingerprint():
    """A digest over the name, size and time of every static file, and the way they are stored."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
