"""What may be done with a document, and when. Pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import DocumentKind, DocumentStatus, GroupState

FOLLOWS: dict[DocumentStatus, tuple[DocumentStatus, ...]] = {
    DocumentStatus.DRAFT: (DocumentStatus.FOR_COMMENT, DocumentStatus.FINAL, DocumentStatus.RETIRED),
    DocumentStatus.FOR_COMMENT: (DocumentStatus.DRAFT, DocumentStatus.FINAL, DocumentStatus.RETIRED),
    DocumentStatus.FINAL: (DocumentStatus.DRAFT, DocumentStatus.RETIRED),
    DocumentStatus.RETIRED: (DocumentStatus.DRAFT,),
}


def ensure_kept(state: str) -> None:
    """That a group's library still takes documents. Raises Refused, code `concluded`."""
    if state == GroupState.CONCLUDED:
        raise Refused(_("This group is concluded, and its library stays as it is."), code="concluded")


def kind_of(*, text: str, has_file: bool) -> DocumentKind:
    """Whether a text or a file was given. Raises Refused, code `nothing` or `both`."""
    if has_file and text.strip():
        raise Refused(_("Write a text or send a file, not both."), code="both", field="file")
    if not has_file and not text.strip():
        raise Refused(_("Write a text, or choose a file."), code="nothing", field="text")
    return DocumentKind.FILE if has_file else DocumentKind.PAGE


def ensure_same_kind(*, was: str, kind: str) -> None:
    """A page stays a page, and a file a file. Raises Refused, code `other-kind`."""
    if was != kind:
        raise Refused(
            _("The versions before are of the other kind. Add this as a document of its own."), code="other-kind"
        )


def is_open_to_change(*, status: str, is_own: bool, runs: bool) -> bool:
    """Whether somebody may write a new version: chairs until a document is final, others of their own drafts."""
    if runs:
        return status in (DocumentStatus.DRAFT, DocumentStatus.FOR_COMMENT)
    return is_own and status == DocumentStatus.DRAFT


def ensure_open_to_change(*, status: str, is_own: bool, runs: bool) -> None:
    """Raises Refused, code `settled`."""
    if not is_open_to_change(status=status, is_own=is_own, runs=runs):
        raise Refused(
            _("This document is no draft any more. Whoever runs the group can open it again."), code="settled"
        )


def ensure_newest(*, number: int, newest: int) -> None:
    """That a new version goes by the newest one. Raises Refused, code `stale`."""
    if number != newest:
        raise Refused(
            _("Somebody wrote version {newest} meanwhile. Your text is kept below; look at both, then send it again."),
            code="stale",
            newest=newest,
        )


def ensure_step(*, status: str, to: str, comment_until: date | None, today: date) -> None:
    """That a document may go into a status. Raises Refused, code `no-such-step`, `no-day` or `past`."""
    if to != status and to not in FOLLOWS[DocumentStatus(status)]:
        raise Refused(_("A document in this status cannot go there."), code="no-such-step", field="status")
    if to == DocumentStatus.FOR_COMMENT:
        if comment_until is None:
            raise Refused(_("Say until when comments are taken."), code="no-day", field="comment_until")
        if comment_until < today and to != status:
            raise Refused(_("This day has passed."), code="past", field="comment_until")


def takes_comments(*, status: str, comment_until: date | None, today: date) -> bool:
    """Whether a document is out for comment on a day; the last day counts."""
    return status == DocumentStatus.FOR_COMMENT and comment_until is not None and today <= comment_until


def ensure_takes_comments(*, status: str, comment_until: date | None, today: date) -> None:
    """Raises Refused, code `not-for-comment`."""
    if not takes_comments(status=status, comment_until=comment_until, today=today):
        raise Refused(_("Comments on this document are closed."), code="not-for-comment")


def ensure_unanswered(disposition: str) -> None:
    """Raises Refused, code `answered`."""
    if disposition:
        raise Refused(_("This has been answered already."), code="answered")


def ensure_said(text: str, field: str = "text") -> None:
    """Raises Refused, code `nothing`."""
    if not text.strip():
        raise Refused(_("Write something first."), code="nothing", field=field)
