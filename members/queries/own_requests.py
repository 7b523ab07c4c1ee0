"""What the pages about one's own data show, and those of the Secretariat that answer them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from members.choices.audiences import LegalBasis
from members.choices.own_data import WORDINGS, Purpose
from members.models import Consent, Correction, Erasure
from members.permissions.fields import FIELDS
from members.permissions.own_data import corrections_visible_to, erasures_visible_to
from members.queries.consents import parts_of
from members.queries.field_words import name_of
from members.queries.screening import names_of_logins

ENDED_SHOWN = 20


@dataclass(frozen=True)
class Basis:
    """Fields that are kept for one reason, and for how long, in sentences."""

    label: str
    lines: list[str]


def fields_by_basis() -> list[Basis]:
    """The field table in sentences, by why a field may be kept."""
    sentence, found = _("{fields}: kept {period}."), []
    comma = pgettext("between the items of a count", ", ")
    for basis in LegalBasis:
        periods: dict[str, list[str]] = {}
        for name, field in FIELDS.items():
            if field.basis == basis:
                periods.setdefault(str(field.kept), []).append(str(name_of(name)))
        lines = [sentence.format(fields=comma.join(names), period=period) for period, names in periods.items()]
        found.append(Basis(str(basis.label), lines))
    return found


@dataclass(frozen=True)
class Standing:
    """One purpose, what was last said about it, and what follows from taking it back."""

    purpose: Purpose
    text: str
    withdrawn: str
    is_there: bool
    since: datetime | None


def standings(user, person) -> list[Standing]:
    """Every purpose, as it stands for a user."""
    newest = {row.purpose: row for row in Consent.objects.newest_of(user)}
    held = parts_of(person, purposes=Purpose) if person else {}
    return [
        Standing(
            purpose,
            str(wording.text),
            str(wording.withdrawn),
            held.get(purpose.value, False),
            newest[purpose].at if purpose in newest else None,
        )
        for purpose, wording in WORDINGS.items()
    ]


def history(user) -> list[dict]:
    """What was said about consents, newest first, as a timeline."""
    words = {True: _("Given: {purpose}"), False: _("Taken back: {purpose}")}
    version = _("Version {number} of the text")
    return [
        {
            "text": words[row.given].format(purpose=Purpose(row.purpose).label),
            "at": row.at,
            "detail": version.format(number=row.version),
            "tone": "good" if row.given else "bad",
        }
        for row in Consent.objects.filter(user=user).order_by("-pk")
    ]


@dataclass(frozen=True)
class Line:
    """One request in a list of the desk."""

    row: Correction | Erasure
    name: str
    tone: str
    is_late: bool = False


def _lines(rows, viewer, *, on) -> list[Line]:
    rows = list(rows)
    names = names_of_logins(viewer, [row.user_id for row in rows], on=on)
    return [
        Line(
            row,
            capfirst(names.get(row.user_id, "")) or row.user.email,
            row.tone,
            is_late=isinstance(row, Correction) and row.ended_at is None and row.due_on < on,
        )
        for row in rows
    ]


def desk_of(viewer, *, on) -> dict[str, list[Line]]:
    """What waits on the desk, what was answered last, and who is to be erased."""
    corrections = corrections_visible_to(viewer).select_related("user")
    waiting = erasures_visible_to(viewer).waiting().select_related("user").order_by("due_at")
    return {
        "lines": _lines(corrections.open().order_by("due_on", "pk"), viewer, on=on),
        "ended": _lines(corrections.over().order_by("-ended_at")[:ENDED_SHOWN], viewer, on=on),
        "erasures": _lines(waiting, viewer, on=on),
    }


def line_of(correction: Correction, viewer, *, on) -> Line:
    """One correction, as a line of the desk."""
    return _lines([correction], viewer, on=on)[0]
