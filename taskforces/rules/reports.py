"""When a working group reports, and of what. Pure."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import GroupState


def period_due(*, since: date, last: date | None, every: int) -> tuple[date, date]:
    """The first and the last day of the period that is reported next.

    `since` is the day on which the group became active, `last` the last day of the report before, `every` in months.
    """
    first = last + timedelta(days=1) if last else since
    return first, first + relativedelta(months=every) - timedelta(days=1)


def is_overdue(*, covers_to: date, on: date) -> bool:
    """A report is due from the day after its period."""
    return on > covers_to


def ensure_reports(*, state: str, first: date, on: date) -> None:
    """Raises Refused, code `not-active`, or `too-early` where no day of the period has passed."""
    if state not in (GroupState.ACTIVE, GroupState.DORMANT):
        raise Refused(_("A group reports once it is active."), code="not-active")
    if first > on:
        raise Refused(_("The period before is reported already."), code="too-early")
