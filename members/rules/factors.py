"""How a lost second factor is restored: two officers, a waiting time, and what stops it. All is pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.factors import OPEN, UNCONFIRMED, FactorState
from members.kernel.refusals import Refused

WAITING_TIME = timedelta(hours=72)
"""How long after the second confirmation nothing happens, so that whoever it concerns can stop it."""
LAPSES_AFTER = timedelta(days=14)
"""How long a request waits for its two officers."""


def ensure_something_to_restore(*, has_factor: bool) -> None:
    """Raises Refused, code `no-factor`, where none is set up."""
    if not has_factor:
        raise Refused(_("No second factor is set up for this account, so none can be lost."), code="no-factor")


def is_lapsed(*, state: str, asked_at: datetime, now: datetime) -> bool:
    """Whether the two officers did not come in time, whether or not anybody has written that down."""
    return state in UNCONFIRMED and now - asked_at >= LAPSES_AFTER


def ensure_open(*, state: str, asked_at: datetime, now: datetime) -> None:
    """Raises Refused, code `over` or `lapsed`."""
    if is_lapsed(state=state, asked_at=asked_at, now=now):
        raise Refused(_("This request has lapsed: it was not confirmed in time."), code="lapsed")
    if state not in OPEN:
        raise Refused(_("This request is over. Nothing more happens by it."), code="over")


def ensure_waits_for(awaited: FactorState, *, state: str) -> None:
    """Each officer has one turn. Raises Refused, code `moved-on`."""
    if state != awaited:
        raise Refused(_("The request does not wait for this. Look at where it stands."), code="moved-on")


def ensure_another_person(*, officer: int, concerned: int, first: int | None = None) -> None:
    """Two officers, neither of whom it is about. Raises Refused, code `oneself` or `same-officer`."""
    if officer == concerned:
        raise Refused(_("This is about your own account. Others decide on it."), code="oneself")
    if officer == first:
        raise Refused(_("You have confirmed it already. It takes a second officer."), code="same-officer")


def ensure_due(*, state: str, due_at: datetime | None, now: datetime) -> None:
    """Raises Refused, code `over` or `not-due`."""
    if state != FactorState.WAITING:
        raise Refused(_("This request is over. Nothing more happens by it."), code="over")
    if due_at is None or now < due_at:
        raise Refused(_("The waiting time is not over."), code="not-due")
