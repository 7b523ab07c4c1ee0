"""The library of a group: adding documents, writing versions, saying who reads them, commenting and answering."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.filenames import extension
from members.kernel.files import Clean
from members.kernel.refusals import Refused, ensure_unchanged
from members.models import Person
from members.permissions.protection import is_protected
from taskforces.actions.steps import locked as locked_group
from taskforces.choices import DocumentStatus
from taskforces.models import DocumentComment, DocumentVersion, GroupDocument
from taskforces.permissions.groups import rights_on
from taskforces.permissions.table import GroupRight
from taskforces.queries.words import vector_of
from taskforces.rules import documents as rules


def person_of(user) -> Person | None:
    """The person of a login, if there is one."""
    return Person.objects.filter(user=user).first()


def locked(document: GroupDocument) -> GroupDocument:
    """The document, locked until the end of the act, with its group."""
    rows = GroupDocument.objects.select_for_update(of=("self",)).select_related("group__kind", "person")
    return rows.get(pk=document.pk)


@transaction.atomic
def add(*, group, title, language, by, text="", clean: Clean | None = None, topics=()) -> GroupDocument:
    """Add a document as a draft, a text or a file. Raises Refused, code `concluded`, `nothing` or `both`."""
    group = locked_group(group)
    rules.ensure_kept(group.state)
    kind = rules.kind_of(text=text, has_file=clean is not None)
    document = GroupDocument.objects.create(
        group=group, title=title, kind=kind, language=language, person=person_of(by)
    )
    document.topics.set(topics)
    _write(document, number=1, text=text, clean=clean, note="", by=by)
    record(Verb.LIBRARY_ADDED, target=document, by=by)
    return document


def _write(document, *, number, text, clean, note, by) -> DocumentVersion:
    kept = {"text": text}
    if clean:
        # A name that a protected member gave a file may tell whose it is.
        name = f"document.{extension(clean.display_name)}" if is_protected(by) else clean.display_name
        kept = {"file": clean.as_file(), "name": name, "content_type": clean.media_type}
        kept |= {"size": clean.size, "sha256": clean.sha256}
    version = DocumentVersion.objects.create(document=document, number=number, note=note, person=person_of(by), **kept)
    _settle_words(document, version.text)
    return version


def _settle_words(document, text: str) -> None:
    GroupDocument.objects.filter(pk=document.pk).update(
        vector=vector_of(document.title, text), changed_at=database_now()
    )


@transaction.atomic
def revise(*, document, number, by, text="", clean: Clean | None = None, note="") -> DocumentVersion:
    """Write the next version. `number` is the version one went by.

    Raises Refused, code `concluded`, `settled`, `stale`, `nothing`, `both` or `other-kind`.
    """
    document = locked(document)
    rules.ensure_kept(document.group.state)
    is_own = document.person is not None and document.person.user_id == by.pk
    runs = GroupRight.RUN in rights_on(document.group, by)
    rules.ensure_open_to_change(status=document.status, is_own=is_own, runs=runs)
    newest = document.versions.first().number
    rules.ensure_newest(number=number, newest=newest)
    rules.ensure_same_kind(was=document.kind, kind=rules.kind_of(text=text, has_file=clean is not None))
    version = _write(document, number=newest + 1, text=text, clean=clean, note=note, by=by)
    record(Verb.LIBRARY_REVISED, target=document, by=by, version=version.number)
    return version


@transaction.atomic
def settle(*, document, revision, by, topics, **fields) -> GroupDocument:
    """Say what a document is called, who reads it and where it stands. Putting it out for comment tells its readers.

    Raises Refused, code `stale`, `no-such-step`, `no-day` or `past`.
    """
    document = locked(document)
    ensure_unchanged(saved=document.revision, revision=revision)
    rules.ensure_step(
        status=document.status,
        to=fields["status"],
        comment_until=fields["comment_until"],
        today=database_now().date(),
    )
    is_opened = fields["status"] == DocumentStatus.FOR_COMMENT != document.status
    changed = [name for name, value in fields.items() if getattr(document, name) != value]
    for name, value in fields.items():
        setattr(document, name, value)
    document.revision += 1
    document.save(update_fields=[*fields, "revision"])
    document.topics.set(topics)
    _settle_words(document, document.versions.first().text)
    verb = Verb.LIBRARY_OPENED if is_opened else Verb.LIBRARY_SETTLED
    record(verb, target=document, by=by, fields=sorted(changed), status=document.status)
    return document


@transaction.atomic
def comment(*, document, text, by) -> DocumentComment:
    """Say something to the newest version of a document that is out for comment.

    Raises Refused, code `not-for-comment`, `nothing` or `no-profile`.
    """
    document, person = locked(document), person_of(by)
    today = database_now().date()
    rules.ensure_takes_comments(status=document.status, comment_until=document.comment_until, today=today)
    rules.ensure_said(text)
    if person is None:
        raise Refused(_("Write your profile first."), code="no-profile")
    row = DocumentComment.objects.create(version=document.versions.first(), person=person, text=text.strip())
    record(Verb.LIBRARY_COMMENTED, target=row, by=by)
    return row


@transaction.atomic
def answer(*, comment, disposition, answer, by) -> DocumentComment:
    """Say what came of a comment, once, and tell who wrote it. Raises Refused, code `answered` or `nothing`."""
    row = DocumentComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    rules.ensure_unanswered(row.disposition)
    rules.ensure_said(answer, field="answer")
    row.disposition, row.answer = disposition, answer.strip()
    row.answered_by, row.answered_at = by, database_now()
    row.save(update_fields=["disposition", "answer", "answered_by", "answered_at"])
    record(Verb.LIBRARY_ANSWERED, target=row, by=by)
    return row


def claimed(names) -> set[str]:
    """Of some names of stored files, those that belong to a version."""
    return set(DocumentVersion.objects.filter(file__in=names).values_list("file", flat=True))


@transaction.atomic
def forget(*, person) -> None:
    """Somebody is being erased: what they said in comments goes. What they wrote for the group is the group's."""
    DocumentComment.objects.filter(person=person).update(text="")
