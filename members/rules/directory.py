"""Pure decisions on the directory: how many profiles one reads in a day, how much leaves it at once."""

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused

MOST_A_DAY, MOST_A_DAY_IN_OFFICE = 600, 5_000
"""Different people whose lines or pages one is shown in a day (UTC).

Six hundred are 24 full pages of the list, more than anybody looks for by hand; whoever copies a hundred thousand
people at that pace needs half a year, and is noticed. The Secretariat screens, invites and answers all day long.
"""
MOST_EXPORTED = 5_000
MOST_SAVED = 20


def most_a_day(*, in_office: bool) -> int:
    """How many different people somebody is shown in one day."""
    return MOST_A_DAY_IN_OFFICE if in_office else MOST_A_DAY


def ensure_exportable(number: int) -> None:
    """Raises Refused, code `too-many` or `nobody`."""
    if number > MOST_EXPORTED:
        raise Refused(_("An export holds at most 5,000 people. Narrow the search first."), code="too-many")
    if not number:
        raise Refused(_("Nobody is found, so there is nothing to export."), code="nobody")


def ensure_room_for_search(saved: int) -> None:
    """Raises Refused, code `full`."""
    if saved >= MOST_SAVED:
        raise Refused(_("You have saved 20 searches. Delete one first."), code="full", field="name")
