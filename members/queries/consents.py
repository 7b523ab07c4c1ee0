"""What a profile holds by consent."""

from collections.abc import Iterable

from members.choices.own_data import Purpose
from members.models import Person

TAKEN_BACK: dict[Purpose, dict[str, object]] = {
    Purpose.HEADLINE: {"headline": ""},
    Purpose.BIOGRAPHY: {"biography": ""},
    Purpose.WEBSITE: {"website": ""},
    Purpose.PHOTO: {"photo": ""},
    Purpose.AVAILABILITY: {"availability": "", "available_again_on": None, "availability_note": ""},
    Purpose.CONTACT: {"contact_by": "", "contact_note": ""},
    Purpose.LISTED: {"listed": False},
}
"""The columns in which a part of a profile stands, each with what is left once consent is taken back."""
ROWS = (Purpose.POSITIONS, Purpose.PUBLICATIONS, Purpose.SEPARATIONS)
"""The parts of a profile that are rows of their own."""


def parts_of(person: Person, *, purposes: Iterable[Purpose] = tuple(TAKEN_BACK)) -> dict[str, bool]:
    """Whether a profile holds anything by each consent, by field. Without `purposes`: of those that are columns."""
    return {
        purpose.value: getattr(person, purpose.value).exists()
        if purpose in ROWS
        else any(bool(getattr(person, column)) for column in TAKEN_BACK[purpose])
        for purpose in purposes
    }


def said_in(columns: Iterable[str]) -> list[Purpose]:
    """The purposes of which something stands in these columns."""
    return [purpose for purpose, left in TAKEN_BACK.items() if not left.keys().isdisjoint(columns)]
