"""How a correction goes that one cannot make oneself. All is pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from members.choices.own_data import CorrectionState
from members.kernel.refusals import Refused
from members.rules.terms import add_months

MONTHS = 1
"""Within how many months such a request is answered (General Data Protection Regulation, article 12.3)."""


def due_on(asked_on: date) -> date:
    """The last day on which a request is to be answered."""
    return add_months(asked_on, MONTHS)


def ensure_none_open(*, has_open: bool) -> None:
    """One request at a time. Raises Refused, code `one-open`."""
    if has_open:
        raise Refused(_("You have asked already. Wait for the answer, then ask again."), code="one-open", field="text")


def ensure_open(*, state: str) -> None:
    """Each request is answered once. Raises Refused, code `over`."""
    if state != CorrectionState.ASKED:
        raise Refused(_("A colleague has answered this already."), code="over")


def ensure_another_person(*, officer: int, concerned: int) -> None:
    """Nobody answers their own request. Raises Refused, code `oneself`."""
    if officer == concerned:
        raise Refused(_("This is your own request. A colleague answers it."), code="oneself")
