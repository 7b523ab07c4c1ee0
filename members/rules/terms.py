"""Pure decisions on dated terms."""

import calendar
from datetime import date

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def ensure_days(starts_on: date, ends_on: date | None) -> None:
    """A term has at least one day. Raises Refused, code `no-days`."""
    if ends_on is not None and ends_on <= starts_on:
        raise Refused(_("The end must be later than the beginning."), code="no-days", field="ends_on")


def last_day_on_ending(*, starts_on: date, ends_on: date | None, today: date) -> date:
    """The `ends_on` of a term that is ended today. Raises Refused, code `over`, where it is over already."""
    if ends_on is not None and ends_on <= today:
        raise Refused(_("This is over already."), code="over")
    return max(today, starts_on)
