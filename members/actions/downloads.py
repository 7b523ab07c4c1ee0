"""A download of one's own data: asked for, put together by a worker, fetched once, deleted after three days."""

import json
import logging
import tempfile
import zipfile
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from members.audit import record
from members.choices.own_data import DownloadState
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.filenames import stored_name
from members.kernel.instants import zone_of
from members.kernel.sealing import open_bytes, seal_bytes
from members.models import Download, User
from members.queries.own_data import Archive, gather
from members.queries.sealed import key_of, opened_file
from members.rules import downloads as rules

logger = logging.getLogger(__name__)


def _locked(download) -> Download:
    return Download.objects.select_for_update(of=("self",)).select_related("user").get(pk=download.pk)


@transaction.atomic
def ask(*, user, by) -> Download:
    """Ask for everything about oneself in one file. There is one at a time: asking again gives the one under way."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    expire(user.downloads.expired(at=database_now()))
    if under_way := user.downloads.under_way().first():
        return under_way
    download = Download.objects.create(user=user, asked_at=database_now())
    record(Verb.DOWNLOAD_ASKED, target=download, by=by)
    return download


# --- Putting it together ------------------------------------------------------------------------------------------


def build_due() -> int:
    """Put together what was asked for, one after the other; says how many are ready.

    What a lost worker had in hand comes round again when its claim is old.
    """
    count = 0
    while (download := claim()) is not None:
        try:
            build(download=download)
            count += 1
        except Exception:
            logger.exception("Download %s could not be put together.", download.pk)
    return count


@transaction.atomic
def claim() -> Download | None:
    """Reserve the next download for this worker, or none. One that has lost too many workers is given up."""
    now = database_now()
    waiting = Download.objects.to_build(claimed_before=now - rules.CLAIM_LASTS).order_by("pk")
    download = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("user").first()
    if download is None:
        return None
    if download.attempts >= rules.MOST_ATTEMPTS:
        _end(download, DownloadState.FAILED)
        return None
    download.claimed_at, download.attempts = now, F("attempts") + 1
    download.save(update_fields=["claimed_at", "attempts"])
    return download


def build(*, download) -> Download:
    """Read, pack and store: outside any transaction, since it may take a while. Then note that it is ready."""
    user = download.user
    with translation.override(user.language), timezone.override(zone_of(user.time_zone)):
        archive = gather(user)
        Download.objects.filter(pk=download.pk).update(parts=len(archive.files) + 1, parts_done=0)
        with tempfile.TemporaryFile() as packed:
            _pack(archive, packed, user=user, progress=partial(_note_progress, download))
            packed.seek(0)
            return _finish(download=download, packed=packed)


def _note_progress(download, done: int) -> None:
    Download.objects.filter(pk=download.pk).update(parts_done=done)


def _pack(archive: Archive, packed: IO[bytes], *, user, progress) -> None:
    """The archive: a page for people, a file for machines, and every document."""
    context = {"sections": archive.sections, "user": user, "now": database_now(), "files": archive.files}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("index.html", render_to_string("members/own_data/archive.html", context))
        archived.writestr("data.json", json.dumps(_for_machines(archive), indent=2, ensure_ascii=False, default=str))
        progress(1)
        for place, (path, document) in enumerate(archive.files, start=2):
            with opened_file(document) as content:
                archived.writestr(path, content.read())
            progress(place)


def _for_machines(archive: Archive) -> dict:
    return {
        section.key: [{fact.key: fact.value for fact in entry} for entry in section.entries]
        for section in archive.sections
    }


@transaction.atomic
def _finish(*, download, packed: IO[bytes]) -> Download:
    """Store the file and tell its owner that it is ready, unless another worker was faster or the owner is gone."""
    download = _locked(download)
    if download.state != DownloadState.ASKED:
        return download
    now = database_now()
    download.size = packed.seek(0, 2)
    packed.seek(0)
    download.file.save(stored_name("zip"), _as_kept(download, packed), save=False)
    download.state, download.ready_at, download.expires_at = DownloadState.READY, now, now + rules.KEPT_FOR
    download.save()
    record(Verb.DOWNLOAD_READY, target=download, by=None)
    return download


def _as_kept(download, packed: IO[bytes]) -> File:
    """The archive as it lies on the disk: a protected member's is sealed."""
    protection = getattr(download.user, "protection", None)
    if protection is None:
        return File(packed)
    return ContentFile(seal_bytes(key_of(protection), packed.read(), context_of_archive(download)))


def context_of_archive(download) -> str:
    """What the seal of an archive is bound to."""
    return f"download:{download.public_id}"


# --- Fetching it --------------------------------------------------------------------------------------------------


@transaction.atomic
def fetch(*, download, by) -> tuple[Download, IO[bytes]]:
    """Hand the file out, once: it is deleted with that. Raises Refused, code `not-ready`, `fetched` or `expired`."""
    download = _locked(download)
    rules.ensure_ready(state=download.state, expires_at=download.expires_at, now=database_now())
    try:
        content = _opened(download)
    except FileNotFoundError as gone:  # as after a restore: no backup has it
        raise rules.expired() from gone
    _end(download, DownloadState.FETCHED)
    record(Verb.DOWNLOAD_FETCHED, target=download, by=by)
    return download, content


def _opened(download) -> IO[bytes]:
    content, protection = download.file.open("rb"), getattr(download.user, "protection", None)
    if protection is None:
        return content
    with content:
        return BytesIO(open_bytes(key_of(protection), content.read(), context_of_archive(download)))


def _end(download, state) -> None:
    """Nothing is left of a download but that it was."""
    if download.file:
        transaction.on_commit(partial(download.file.storage.delete, download.file.name))
    download.file, download.state, download.ended_at = "", state, database_now()
    download.save(update_fields=["file", "state", "ended_at"])


@transaction.atomic
def expire(downloads: Iterable[Download]) -> int:
    """Delete files that nobody fetched in time; says how many."""
    count = 0
    for row in downloads:
        download = _locked(row)
        if download.state == DownloadState.READY:
            _end(download, DownloadState.EXPIRED)
            record(Verb.DOWNLOAD_ENDED, target=download, by=None)
            count += 1
    return count


def clear_away() -> int:
    """Delete what was not fetched in time, and files that killed workers left; says how many downloads ended."""
    now = database_now()
    count = expire(Download.objects.expired(at=now))
    storage = Download._meta.get_field("file").storage
    claimed = set(Download.objects.exclude(file="").values_list("file", flat=True))
    for name, written_at in list(storage.stored()):
        if name not in claimed and written_at < now - rules.UNCLAIMED_FOR:
            storage.delete(name)
    return count
