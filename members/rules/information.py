"""Pure decisions on questions to an applicant and their answers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED
from members.kernel.refusals import Refused


def ensure_open(*, answered_at: datetime | None, state: str) -> None:
    """Refuse an answer to what was answered (`answered`), or about an application that has ended (`ended`)."""
    if answered_at is not None:
        raise Refused(_("This question has been answered already."), code="answered")
    if state in ENDED:
        raise Refused(_("This application has ended, so nothing is asked any more."), code="ended")


def ensure_said(answer: str) -> None:
    """Refuse an empty answer. Raises Refused, code `empty`."""
    if not answer.strip():
        raise Refused(_("Write an answer."), code="empty", field="answer")
