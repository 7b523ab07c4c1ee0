"""Pure decisions on what people say of themselves."""

import re
from collections.abc import Hashable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from members.choices.profiles import Availability
from members.kernel.refusals import Refused

MOST = 50
"""Rows of one list of a profile, publications for example."""
FIRST_YEAR = 1900
YEARS_AHEAD = 5
"""How far ahead a year may lie: a book is announced, an appointment made."""
PAUSES = (Availability.LIMITED, Availability.NOT_NOW)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def availability_on(said: str, again_on: date | None, *, on: date) -> str:
    """The availability on a day of somebody who `said` it: open again from the day they named, if they named one."""
    return Availability.OPEN if said and again_on is not None and again_on <= on else said


def ensure_pause(said: str, again_on: date | None, *, today: date) -> None:
    """A day from which one is open again belongs to a pause, and is yet to come. Raises Refused."""
    if again_on is None:
        return
    if said not in PAUSES:
        raise Refused(
            _("Name a day only if you take few referrals or none until then."),
            code="no-pause",
            field="available_again_on",
        )
    if again_on <= today:
        raise Refused(_("This day must lie ahead."), code="past", field="available_again_on")


def ensure_room(rows: int) -> None:
    """A list has at most `MOST` rows. Raises Refused, code `too-many`."""
    if rows > MOST:
        raise Refused(
            _("At most {most} can be named. Take out {surplus}, and save again."),
            code="too-many",
            most=MOST,
            surplus=rows - MOST,
        )


def ensure_year(year: int, *, today: date, field: str) -> None:
    """A year of this age, or soon. Raises Refused, code `year`."""
    if not FIRST_YEAR <= year <= today.year + YEARS_AHEAD:
        raise Refused(
            _("Give a year from {first} to {last}."),
            code="year",
            field=field,
            first=FIRST_YEAR,
            last=today.year + YEARS_AHEAD,
        )


def ensure_span(from_year: int, to_year: int | None, *, today: date) -> None:
    """A post ends no earlier than it began. Raises Refused, code `year` or `backwards`."""
    ensure_year(from_year, today=today, field="from_year")
    if to_year is None:
        return
    ensure_year(to_year, today=today, field="to_year")
    if to_year < from_year:
        raise Refused(_("This is earlier than the first year."), code="backwards", field="to_year")


def repeated(keys: Sequence[Hashable]) -> list[int]:
    """The places in a list at which something stands that stood there before."""
    return [place for place, key in enumerate(keys) if key in keys[:place]]


def address_of(text: str) -> str:
    """A DOI, however it is written, as the web address it stands for; any other text as it is."""
    found = DOI.fullmatch(text.strip())
    return f"https://doi.org/{found[1]}" if found else text
