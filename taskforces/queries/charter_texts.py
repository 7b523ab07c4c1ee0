"""The text of charters in parts, two of them side by side, and the comments on them with their answers."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.queries.people import names_for
from taskforces.choices import Disposition
from taskforces.models import Charter, CharterComment, CharterVersion
from taskforces.models.charters import CONTENT, SECTIONS
from taskforces.rules.comparison import Piece, compare

TONES = {
    "": "wait",
    Disposition.ACCEPTED: "good",
    Disposition.IN_PART: "good",
    Disposition.NOT_ACCEPTED: "bad",
    Disposition.NOTED: "plain",
}


@dataclass(frozen=True)
class Section:
    """A part of a charter: its name in addresses, what it is called, and what it says."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Sides:
    """A part of two charters side by side."""

    key: str
    label: str
    before: list[Piece]
    after: list[Piece]

    @property
    def differs(self) -> bool:
        return any(piece.differs for piece in (*self.before, *self.after))


def label_of(name: str) -> str:
    """What a part of a charter is called, as a heading."""
    label = str(CharterVersion._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _said(text, name: str) -> str:
    value = getattr(text, name)
    if name in SECTIONS:
        return value
    return date_format(value, "DATE_FORMAT") if value else _("None")


def sections_of_text(text) -> list[Section]:
    """All that a charter or a version says, part by part, in the language and format of the reader."""
    return [Section(name, label_of(name), _said(text, name)) for name in CONTENT]


def sides_of(before, after) -> list[Sides]:
    """Two charters or versions side by side, part by part."""
    return [Sides(name, label_of(name), *compare(_said(before, name), _said(after, name))) for name in CONTENT]


@dataclass(frozen=True)
class CommentLine:
    """A comment as a viewer may read it; without its author where they may not be known."""

    comment: CharterComment
    author: str
    is_own: bool

    @property
    def tone(self) -> str:
        return TONES[self.comment.disposition]

    @property
    def status(self) -> str:
        return self.comment.get_disposition_display() if self.comment.disposition else _("Waits for an answer")


def comments_of(charter: Charter, viewer, *, on: date) -> list[CommentLine]:
    """The comments on a charter in their order, in a fixed number of statements. One taken away is left out."""
    rows = list(charter.comments.exclude(text="").select_related("version"))
    names = names_for(viewer, {row.person_id for row in rows}, on=on)
    own = viewer.person.pk if getattr(viewer, "person", None) else None
    return [CommentLine(row, names[row.person_id], row.person_id == own) for row in rows]
