"""What is done with the documents of an application: added, removed, and forgotten with a discarded draft."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import writing
from members.actions.sealed_papers import seal_file
from members.audit import record
from members.choices.applications import DocumentKind
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.filenames import extension
from members.kernel.files import Clean
from members.kernel.refusals import Refused
from members.models import Document, Person
from members.permissions.protection import is_protected
from members.queries.answers import present_documents
from members.queries.sealed import key_of
from members.rules import documents as rules
from members.signals import files_claimed


@transaction.atomic
def add(*, application, kind, clean, by) -> Document:
    """Add a washed file to an application. The same file of the same kind sent twice is one document.

    Raises Refused, code `not-asked` or `too-many`, or where the application may not be changed now.
    """
    application = writing.locked_to_write(application)
    rules.ensure_taken(kind, application.terms.documents, holder_kind=application.holder_kind)
    present = present_documents(application)
    name = neutral_name(kind, clean) if is_protected(application.applicant) else clean.display_name
    again = present.filter(kind=kind, sha256=clean.sha256, name=name).first()
    if again:
        return again
    rules.ensure_room(present.count())
    writing.touch(application)
    document = _stored(application, kind, clean, by, name=name)
    if is_protected(application.applicant):
        seal_file(document, key_of(application.applicant.protection))
    record(Verb.DOCUMENT_ADDED, target=application, by=by, document=document.pk, kind=kind)
    return document


def keep_letter(*, application, clean: Clean) -> Document:
    """Store the file of a referee's letter, which its applicant never sees. Call it inside the act of answering.

    That about a protected applicant is sealed, as all files are that may name them.
    """
    if not is_protected(application.applicant):
        return _stored(application, DocumentKind.REFERENCE, clean, None)
    name = neutral_name(DocumentKind.REFERENCE, clean)
    document = _stored(application, DocumentKind.REFERENCE, clean, None, name=name)
    seal_file(document, key_of(application.applicant.protection))
    return document


def neutral_name(kind: str, clean: Clean) -> str:
    """What a protected applicant's file is called: a name that somebody gave it may tell whose it is."""
    return f"{kind}.{extension(clean.display_name)}"


def _stored(application, kind, clean: Clean, by, *, name="") -> Document:
    return Document.objects.create(
        application=application,
        kind=kind,
        name=name or clean.display_name,
        content_type=clean.media_type,
        size=clean.size,
        sha256=clean.sha256,
        file=clean.as_file(),
        uploaded_at=database_now(),
        uploaded_by=by,
    )


@transaction.atomic
def remove(*, document, by) -> Document:
    """Take a document out of an application. A version that holds it keeps it; otherwise its file is deleted.

    Raises Refused, code `gone` where it was removed before, or where the application may not be changed now.
    """
    application = writing.locked_to_write(document.application)
    document = application.documents.exclude(kind=DocumentKind.REFERENCE).get(pk=document.pk)
    if document.removed_at is not None:
        raise Refused(_("This document was removed already."), code="gone")
    discard(document)
    writing.touch(application)
    record(Verb.DOCUMENT_REMOVED, target=application, by=by, document=document.pk, kind=document.kind)
    return document


def clear_unclaimed() -> int:
    """Delete the files that no document and no profile claims, and say how many: what killed processes left.

    A file is written before its row and deleted after it, so that no row is ever without its file. What is younger
    than a day may still be on its way to its row, and stays.
    """
    storage, before = Document._meta.get_field("file").storage, database_now() - rules.UNCLAIMED_FOR
    old = [name for name, written_at in storage.stored() if written_at < before]
    rows = Document.objects.filter(file__in=old).select_related("application")
    claimed = {row.file.name for row in rows if row.removed_at is None or row.is_frozen}
    claimed.update(Person.objects.filter(photo__in=old).values_list("photo", flat=True))
    for _receiver, names in files_claimed.send(Document, names=old):
        claimed.update(names)
    unclaimed = [name for name in old if name not in claimed]
    for name in unclaimed:
        storage.delete(name)
    return len(unclaimed)


def discard(document) -> None:
    """Mark a document as removed, and delete its file once that is certain, unless a version holds it."""
    document.removed_at = database_now()
    document.save(update_fields=["removed_at"])
    if not document.is_frozen:
        transaction.on_commit(partial(document.file.storage.delete, document.file.name))
