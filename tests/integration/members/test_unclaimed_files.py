"""Files that killed processes left: cleared away after a day, and never one that a document claims."""

import os
from datetime import timedelta

import pytest

from members import tasks
from members.actions import applications, documents, reference
from members.kernel.clock import database_now
from members.models import Document
from tests.factories import members as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """An empty place for documents."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def document(db, folder):
    """A document of a draft, with its file."""
    reference.load()
    return made.document(made.finished("individual"))


def age(path, *, hours=25):
    """Let a file be as old as if it had been written so long ago."""
    then = (database_now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


def left_behind(folder, *, hours=25):
    path = folder / "2026" / "left-behind.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    age(path, hours=hours)
    return path


def test_a_file_without_a_row_goes_after_a_day_and_no_other(folder, document):
    old, young = left_behind(folder), folder / "young.pdf"
    young.write_bytes(b"%PDF-1.7")
    age(young, hours=23)
    age(folder / document.file.name)

    assert documents.clear_unclaimed() == 1

    assert not old.exists()
    assert young.exists()
    assert (folder / document.file.name).exists()


def test_the_file_of_a_removed_document_goes_unless_a_version_holds_it(folder, document):
    kept = folder / document.file.name
    age(kept)
    applications.submit(
        application=document.application, revision=document.application.revision, by=document.application.applicant
    )
    Document.objects.filter(pk=document.pk).update(removed_at=database_now())
    assert document.is_frozen

    tasks.clear_unclaimed_files()
    assert kept.exists()


def test_a_file_whose_document_was_removed_by_a_killed_process_goes(folder, document):
    kept = folder / document.file.name
    age(kept)
    Document.objects.filter(pk=document.pk).update(removed_at=database_now())

    assert documents.clear_unclaimed() == 1
    assert not kept.exists()
    assert documents.clear_unclaimed() == 0


def test_nothing_there_is_nothing_to_do(folder):
    assert documents.clear_unclaimed() == 0
