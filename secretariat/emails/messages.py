"""A notice in words, in the language and the time zone of its reader: the same words in the inbox and in the mail."""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from members.kernel.instants import zone_of
from secretariat.choices import Kind
from secretariat.emails.contents import CONTENTS, load, number_of
from secretariat.emails.values import shown
from secretariat.models import Notice
from secretariat.rules.table import MANNERS


@dataclass(frozen=True)
class Message:
    """What the reader reads. `path` leads to the thing it is about, `why` says for which reason they are told."""

    subject: str
    paragraphs: list[str]
    path: str = ""
    action: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    why: str = ""


@contextmanager
def in_the_readers_tongue(notice: Notice):
    """The language of the reader, a user's as it is now, and the user's time zone; UTC for strangers."""
    language = notice.user.language if notice.user else notice.language
    zone = notice.user.time_zone if notice.user else "UTC"
    with translation.override(language), timezone.override(zone_of(zone)):
        yield


def compose(notice: Notice) -> Message:
    """The words of a notice, in the language that is active now."""
    kind = Kind(notice.kind)
    content = CONTENTS[kind](notice)
    context = Context({"number": number_of(notice)} | content.values, autoescape=False)
    body, action = part(kind, "body", context), part(kind, "action", context)
    return Message(
        subject=subject_of(notice),
        paragraphs=[text.strip() for text in body.split("\n\n") if text.strip()],
        path=content.path,
        action=action,
        rows=[(label, shown(value)) for label, value in content.rows],
        why=str(MANNERS[kind].audience.label),
    )


@dataclass(frozen=True)
class Line:
    """A notice as one line of the inbox."""

    notice: Notice
    subject: str


def lines(notices: Iterable[Notice]) -> list[Line]:
    """Notices as lines, in the language that is active now, in a fixed number of statements."""
    rows = list(notices)
    load(rows)
    return [Line(row, subject_of(row)) for row in rows]


def subject_of(notice: Notice) -> str:
    """What a notice is about, in words that may stand on a lock screen."""
    return tidy(part(Kind(notice.kind), "subject", Context({"number": number_of(notice)}, autoescape=False)))


def tidy(text: str) -> str:
    """One line: whatever breaks lines, in whichever script, would be refused in a header."""
    return " ".join(text.split())


def part(kind: Kind, name: str, context: Context) -> str:
    """One named part of a kind's template, as plain text."""
    return get_template(f"emails/secretariat/{kind}.txt#{name}").template.render(context).strip()
