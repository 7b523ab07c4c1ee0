"""What the pages of a group's library show, put together for one viewer."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from members.permissions.roles import may
from taskforces.choices import DocumentStatus, GroupState
from taskforces.models import DocumentComment, DocumentVersion, GroupDocument
from taskforces.permissions.seats import known_to
from taskforces.permissions.table import GroupRight
from taskforces.queries.rosters import lines_of
from taskforces.queries.words import asked_by
from taskforces.rules.comparing import compared
from taskforces.rules.documents import is_open_to_change, takes_comments
from taskforces.rules.marked import html_of

TONES = {
    DocumentStatus.DRAFT: "wait",
    DocumentStatus.FOR_COMMENT: "now",
    DocumentStatus.FINAL: "good",
    DocumentStatus.RETIRED: "plain",
}


@dataclass(frozen=True)
class DocumentLine:
    """A document in a list."""

    document: GroupDocument

    @property
    def tone(self) -> str:
        return TONES[DocumentStatus(self.document.status)]


def found_in(documents, words: str):
    """Of some documents, those that hold a word for each one asked, the newest first, each with its newest version."""
    query = asked_by(words)
    if query is not None:
        documents = documents.filter(vector=query)
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = documents.annotate(newest=Subquery(newest.values("number")[:1]))
    return rows.select_related("group", "language").order_by("-changed_at", "-pk")


def page_of(document: GroupDocument, viewer, rights, *, number=None, on) -> dict:
    """The page of a document, showing its newest version or the one of a number, in a fixed number of statements.

    People are shown who are known to the viewer as people of the group are: who wrote a version and is not stands
    nowhere, and a comment of theirs is not there.
    """
    versions = list(document.versions.select_related("person"))
    shown = next((row for row in versions if number in (None, row.number)), None)
    known = known_to(viewer, document.group, on=on) if viewer.is_authenticated else None
    signed = _lines(DocumentVersion.objects.filter(document=document), known, viewer, on=on)
    writers = {line.row.pk: line for line in signed}
    comments = DocumentComment.objects.filter(version__document=document).select_related("version")
    runs, going_on = GroupRight.RUN in rights, document.group.state != GroupState.CONCLUDED
    is_own = document.person is not None and document.person.user_id == viewer.pk and GroupRight.CONTRIBUTE in rights
    is_taking = takes_comments(status=document.status, comment_until=document.comment_until, today=on)
    return {
        "document": document,
        "tone": TONES[DocumentStatus(document.status)],
        "shown": shown,
        "is_newest": shown is not None and shown.number == versions[0].number,
        "html": html_of(shown.text) if shown else "",
        "writer": writers.get(shown.pk) if shown else None,
        "versions": [(row, writers.get(row.pk)) for row in versions],
        "topics": list(document.topics.all()),
        "comments": _lines(comments, known, viewer, on=on),
        "may_comment": is_taking and viewer.is_authenticated and may(viewer, GroupRight.JOIN_GROUPS),
        "may_run": runs,
        "may_revise": going_on and is_open_to_change(status=document.status, is_own=is_own, runs=runs),
        "may_propose": runs and document.status == DocumentStatus.FINAL,
    }


def _lines(rows, known, viewer, *, on) -> list:
    return [] if known is None else lines_of(list(rows.filter(known)), viewer, on=on)


def comparison(document: GroupDocument, *, before: int, after: int) -> dict | None:
    """Two versions of a page beside each other, or None where `after` is not there. Before the first is nothing."""
    texts = dict(document.versions.filter(number__in=(before, after)).values_list("number", "text"))
    if after not in texts:
        return None
    return {"before": before, "after": after, "pieces": compared(texts.get(before, ""), texts[after])}
