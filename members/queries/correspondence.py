"""What two people write to each other, for the two of them: opened here, and nowhere else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from members.kernel.sealing import key_of as unwrapped
from members.kernel.sealing import unseal
from members.models import Correspondence, Message, Person
from members.permissions.protection import unprotected

MOST_SHOWN = 50
"""Messages on one page of a correspondence."""


@dataclass(frozen=True)
class Line:
    """A correspondence in the list of one of the two."""

    public_id: UUID
    other: str
    under_a_handle: bool
    own_handle: str
    unread: bool
    ended: bool
    last_on: date | None


@dataclass(frozen=True)
class Said:
    """One message, as either of the two reads it."""

    is_own: bool
    by: str
    text: str
    on: date


def context_of(correspondence: Correspondence) -> str:
    """What the seals of a correspondence are bound to."""
    return f"correspondence:{correspondence.public_id}"


def key_of(correspondence: Correspondence) -> bytes:
    """The key of what is written in it. Raises `members.kernel.sealing.CannotOpenError`."""
    return unwrapped(correspondence.key, context_of(correspondence))


def lines_for(user, rows: list[Correspondence]) -> list[Line]:
    """Correspondence as one of its two sees it in a list, in a fixed number of statements."""
    names = _names(user, rows)
    days = dict(Message.objects.filter(pk__in=[row.last_written for row in rows]).values_list("pk", "sent_on"))
    return [
        Line(
            public_id=row.public_id,
            other=names[row.pk],
            under_a_handle=bool(row.handle_of(row.other_of(user))),
            own_handle=row.handle_of(user.pk),
            unread=row.unread_by_id == user.pk,
            ended=row.ended_on is not None,
            last_on=days.get(row.last_written),
        )
        for row in rows
    ]


def _names(user, rows: list[Correspondence]) -> dict[int, str]:
    """By primary key the handle of the other or, of one who wrote under their name, that name; not if protected since.

    Whoever wrote under their name is named to whom they wrote, listed or not.
    """
    others = {row.pk: (row.other_of(user), row.handle_of(row.other_of(user))) for row in rows}
    by_name = unprotected(Person.objects.filter(user__in=[login for login, handle in others.values() if not handle]))
    names = dict(by_name.values_list("user", "name"))
    return {pk: handle or names.get(login) or _("a member") for pk, (login, handle) in others.items()}


def messages_of(correspondence: Correspondence, *, to, before: int | None = None) -> tuple[list[Said], int | None]:
    """The last messages before one, oldest first, and the number of the first where there are earlier ones.

    Raises `members.kernel.sealing.CannotOpenError`.
    """
    found = correspondence.messages.order_by("-pk")
    found = list((found.filter(pk__lt=before) if before else found)[: MOST_SHOWN + 1])
    shown = found[MOST_SHOWN - 1 :: -1] if len(found) > MOST_SHOWN else found[::-1]
    key, context = key_of(correspondence), context_of(correspondence)
    other = lines_for(to, [correspondence])[0].other
    said = [
        Said(
            is_own=row.written_by_id == to.pk,
            by=_("You") if row.written_by_id == to.pk else other,
            text=unseal(key, row.sealed_text, context),
            on=row.sent_on,
        )
        for row in shown
    ]
    return said, shown[0].pk if len(found) > MOST_SHOWN else None


def written_by(user) -> list[tuple[Line, list[Said]]]:
    """Everything somebody wrote, for the download of their own data."""
    rows = list(Correspondence.objects.of(user).order_by("pk"))
    found = []
    for line, row in zip(lines_for(user, rows), rows, strict=True):
        key, context = key_of(row), context_of(row)
        said = [
            Said(is_own=True, by="", text=unseal(key, each.sealed_text, context), on=each.sent_on)
            for each in row.messages.filter(written_by=user)
        ]
        found.append((line, said))
    return found
