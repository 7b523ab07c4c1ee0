"""How people get in and stay in: links, second factor, and how long a session lasts.

All is pure: instants, counts and records are handed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from members.choices.bodies import Role
from members.kernel.refusals import Refused

LINK_VALIDITY = timedelta(hours=72)

INVITATIONS_COUNT_FOR = timedelta(hours=1)
INVITATIONS_TO_AN_ADDRESS = 3
INVITATIONS_BY_ONE = 20
"""How many invitations an address may get, and one inviter send, within that time, whatever became of them."""

GUARDED: frozenset[Role] = frozenset(
    {Role.STEERING, Role.CHAIR, Role.SECRETARIAT, Role.REPRESENTATIVE, Role.GROUP_CHAIR}
)
"""Roles whose sessions need a second factor and last less long: they decide, or speak for others."""

FACTOR_IS_FRESH_FOR = timedelta(minutes=5)
CLOCKS_MAY_DIFFER_BY = timedelta(seconds=30)
TOUCH_AFTER = timedelta(minutes=5)


class SessionEnd(StrEnum):
    """Why the portal ended a session by itself."""

    IDLE = "idle"
    OVER = "over"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class SessionLimits:
    """How long a session may go unused, and how long it may last in all."""

    idle: timedelta
    absolute: timedelta


PROTECTED_LIMITS = SessionLimits(idle=timedelta(hours=2), absolute=timedelta(hours=2))
"""Of a protected member's sessions nothing is kept but when they began, so both limits run from there."""
GUARDED_LIMITS = SessionLimits(idle=timedelta(hours=2), absolute=timedelta(hours=12))
ORDINARY_LIMITS = SessionLimits(idle=timedelta(hours=24), absolute=timedelta(days=14))


def ensure_usable(*, used_at: datetime | None, expires_at: datetime, now: datetime) -> None:
    """A link lets in once, within its validity. Raises Refused, code `used` or `expired`."""
    if used_at is not None:
        raise Refused(_("This link has been used already. A link works once."), code="used")
    if now >= expires_at:
        raise Refused(_("This link is no longer valid."), code="expired")


def ensure_not_too_often(*, to_address: int, by_inviter: int) -> None:
    """Refuse one invitation more than an address is to bear, or an inviter to send, within an hour.

    Given are those of the last hour. Raises Refused, code `too-often`.
    """
    if to_address >= INVITATIONS_TO_AN_ADDRESS:
        raise Refused(
            _("This address was invited {most} times within an hour. Wait an hour before you invite it again."),
            code="too-often",
            field="email",
            most=INVITATIONS_TO_AN_ADDRESS,
        )
    if by_inviter >= INVITATIONS_BY_ONE:
        raise Refused(
            _("You have sent {most} invitations within an hour. Wait an hour before you send more."),
            code="too-often",
            most=INVITATIONS_BY_ONE,
        )


def is_guarded(roles: Iterable[Role]) -> bool:
    """Whether one of the roles needs a second factor and short sessions."""
    return not GUARDED.isdisjoint(roles)


def limits_for(*, guarded: bool, protected: bool = False) -> SessionLimits:
    """How long a session lasts, by what its user is at this moment."""
    if protected:
        return PROTECTED_LIMITS
    return GUARDED_LIMITS if guarded else ORDINARY_LIMITS


def end_of_session(
    *, signed_in_at: datetime, touched_at: datetime, now: datetime, limits: SessionLimits
) -> SessionEnd | None:
    """Why a session is over now, or None while it lasts."""
    if now - signed_in_at >= limits.absolute:
        return SessionEnd.OVER
    if now - touched_at >= limits.idle:
        return SessionEnd.IDLE
    return None


def is_touch_due(*, touched_at: datetime, now: datetime) -> bool:
    """Whether use of a session is worth a write: at most one in five minutes."""
    return now - touched_at >= TOUCH_AFTER


def has_factor(records: Iterable[Mapping]) -> bool:
    """Whether a second factor was proven in a session. `records` are what was proven in it, each with its method."""
    return any(record.get("method") == "mfa" for record in records)


def is_factor_fresh(records: Iterable[Mapping], *, now: datetime) -> bool:
    """Whether a second factor was proven in a session within the last five minutes.

    `records` carry seconds by the web server's clock as `at`, `now` is the database's: one that lies ahead by more than
    half a minute is not believed.
    """
    ages = (now.timestamp() - record["at"] for record in records if record.get("method") == "mfa")
    return any(-CLOCKS_MAY_DIFFER_BY.total_seconds() <= age < FACTOR_IS_FRESH_FOR.total_seconds() for age in ages)


def ensure_still_there(*, is_active: bool) -> None:
    """A login put out of use lets nobody in. Raises Refused, code `closed`."""
    if not is_active:
        raise Refused(_("This account is out of use. Write to the Secretariat."), code="closed")
