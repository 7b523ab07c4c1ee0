"""The words of protection: to whom one may be listed, how requests stand, and what handles are made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience

LISTINGS = {
    Audience.MEMBERS: _("All members"),
    Audience.STEERING: _("The steering committee"),
    Audience.SECRETARIAT: _("The Secretariat"),
}
"""The audiences to which a protected member may be listed under a handle: sets, of which any or none are chosen."""

SEALED_NAME = "Protected member"
"""What stands in the columns of names. It is the same for all, and no page shows it."""

SEALED_SERIES = "SCS"
"""Decisions about protected applicants have numbers of their own, so that no gap in the public ones tells of them."""

FIRST_OF_A_HANDLE = (
    "Amber Ash Autumn Birch Blue Bright Cedar Clear Cobalt Copper Coral Crimson Dawn Early Elm Evening Fern Flint "
    "Gentle Golden Granite Green Grey Hazel High Indigo Iron Ivory Jade Juniper Late Laurel Lime Linden Little "
    "Long Maple Marble Mellow Misty Moss Noon North Oak Ochre Olive Opal Pale Pearl Pine Quiet Red Reed River "
    "Rowan Russet Saffron Sage Sand Scarlet Silver Slate Slow South Spring Steady Stone Summer Tall Teal Thistle "
    "Umber Upland Violet Warm West White Wide Wild Willow Winter Yellow Young"
)
SECOND_OF_A_HANDLE = (
    "Anchor Arch Bay Beacon Bell Bridge Brook Candle Canyon Cape Cloud Compass Cove Creek Current Delta Dune "
    "Field Fjord Ford Forest Garden Gate Glacier Glade Grove Harbour Haven Heath Hill Island Kite Lagoon Lake "
    "Lantern Lighthouse Loom Meadow Mesa Mill Moon Moor Mountain Oasis Orchard Path Peak Plain Pond Prairie "
    "Quarry Reef Ridge Road Rock Sail Shore Signal Sky Spire Star Steppe Stream Summit Terrace Thread Tide Tower "
    "Trail Valley Village Wave Well Wharf Wheel Window Wood"
)
FIRST_WORDS, SECOND_WORDS = FIRST_OF_A_HANDLE.split(), SECOND_OF_A_HANDLE.split()
"""A handle is one word of each list and a number: nothing in it is chosen by, or taken from, the person."""


class UnsealingState(TextChoices):
    """How far a request to see a sealed identity has come."""

    ASKED = "asked", _("Waits for two custodians")
    APPROVED_ONCE = "approved_once", _("Waits for a second custodian")
    APPROVED = "approved", _("May be looked at, once")
    LOOKED = "looked", _("Was looked at")
    DECLINED = "declined", _("Declined by a custodian")
    LAPSED = "lapsed", _("Lapsed")


OPEN_UNSEALINGS = frozenset({UnsealingState.ASKED, UnsealingState.APPROVED_ONCE, UnsealingState.APPROVED})
