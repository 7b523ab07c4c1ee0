"""How the erasure of a person goes: asked for, waited for, carried out or taken back. All is pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.own_data import Duty, ErasureState
from members.kernel.refusals import Refused

WAITING_TIME = timedelta(days=14)
"""How long an erasure waits. It cannot be undone, so whoever asked in anger, or whose session a stranger had in hand,
has two weeks of mails and pages that say so; and it leaves half of the month within which the law wants it done."""


def ensure_free(duties: Collection[Duty]) -> None:
    """Nothing that others rely on may be in the way. Raises Refused, code `duty`, naming the first."""
    for duty in duties:
        raise Refused(duty.label, code="duty", duty=duty.value)


def ensure_waiting(*, state: str) -> None:
    """Raises Refused, code `over`."""
    if state != ErasureState.WAITING:
        raise Refused(_("This request is over. Nothing more happens by it."), code="over")


def ensure_due(*, state: str, due_at: datetime, now: datetime) -> None:
    """Raises Refused, code `over` or `not-due`."""
    ensure_waiting(state=state)
    if now < due_at:
        raise Refused(_("The waiting time is not over."), code="not-due")
