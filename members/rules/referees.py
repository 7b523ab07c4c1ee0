"""Pure decisions on referees: how long a link lasts, when it may be sent again, and who may still answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED
from members.kernel.refusals import Refused
from members.kernel.text import words_of

LINK_LASTS = timedelta(days=30)
AGAIN_AFTER = timedelta(days=3)
"""How long a referee is left in peace before the applicant may have the link sent again."""
MOST = 5
SHORTEST_NAME = 3
"""Letters of the shortest word of a name that is looked for in a letter."""


def ensure_room(count: int) -> None:
    """Refuse one referee too many. Raises Refused, code `too-many`."""
    if count >= MOST:
        raise Refused(_("You can name {most} referees at most."), code="too-many", most=MOST)


def ensure_not_invited(*, invited_at: datetime | None) -> None:
    """Refuse to change or remove a referee who has been written to. Raises Refused, code `invited`."""
    if invited_at is not None:
        raise Refused(_("This referee has been written to already."), code="invited")


def ensure_not_oneself(email: str, own: str) -> None:
    """Refuse an applicant who names their own address. Raises Refused, code `oneself`."""
    if email.strip().casefold() == own.strip().casefold():
        raise Refused(_("Name somebody other than yourself."), code="oneself", field="email")


def ensure_new(email: str, others: list[str]) -> None:
    """Refuse to name the same address twice. Raises Refused, code `twice`."""
    if email.strip().casefold() in {other.strip().casefold() for other in others}:
        raise Refused(_("You have named this address already."), code="twice", field="email")


def may_ask_again(
    *, state: str, invited_at: datetime | None, expires_at: datetime | None, answered_at: datetime | None, now: datetime
) -> bool:
    """Whether the link may be sent once more: it has run out, or a few days have gone by without an answer."""
    if state in ENDED or invited_at is None or answered_at is not None:
        return False
    return now >= expires_at or now >= invited_at + AGAIN_AFTER


def ensure_may_ask_again(**facts) -> None:
    """Refuse to write to a referee again so soon. Raises Refused, code `too-soon`."""
    if not may_ask_again(**facts):
        raise Refused(_("This referee has answered, or was written to a short while ago."), code="too-soon")


def ensure_may_answer(*, state: str, expires_at: datetime, answered_at: datetime | None, now: datetime) -> None:
    """Refuse a letter that came before (`answered`), is not needed any more (`ended`) or comes too late (`expired`)."""
    if answered_at is not None:
        raise Refused(_("Your answer has been received. Nothing more is needed."), code="answered")
    if state in ENDED:
        raise Refused(_("This application has ended, so a letter is not needed any more."), code="ended")
    if now >= expires_at:
        raise Refused(
            _("This link has run out. The applicant or the Secretariat can send you a new one."), code="expired"
        )


def ensure_letter(*, text: str, has_file: bool) -> None:
    """Refuse an empty answer. Raises Refused, code `empty`."""
    if not text.strip() and not has_file:
        raise Refused(_("Write a letter or add a file. You can also decline."), code="empty", field="letter")


def ensure_unnamed(text: str, names: Iterable[str]) -> None:
    """Refuse a letter that says the name of a protected applicant. Raises Refused, code `named`."""
    told = {word for name in names for word in words_of(name) if len(word) >= SHORTEST_NAME}
    if not told.isdisjoint(words_of(text)):
        raise Refused(
            _("The applicant is protected: those who read this do not know the name. Write of “the applicant”."),
            code="named",
            field="letter",
        )
