"""An instant reads the same everywhere: local time with its place, and UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from members.kernel import instants

CLOSES_AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Africa/Nairobi", "24 November 2026, 17:00 in Nairobi (14:00 UTC)"),
        ("America/Argentina/Buenos_Aires", "24 November 2026, 11:00 in Buenos Aires (14:00 UTC)"),
        ("Pacific/Auckland", "25 November 2026, 03:00 in Auckland (24 Nov 2026, 14:00 UTC)"),
        ("UTC", "24 November 2026, 14:00 UTC"),
        ("Etc/GMT+3", "24 November 2026, 11:00 in Etc/GMT+3 (14:00 UTC)"),
    ],
)
def test_an_instant_names_its_place_and_its_universal_time(zone, words):
    with timezone.override(ZoneInfo(zone)):
        assert instants.in_words(CLOSES_AT) == words


def test_summer_time_is_told_apart_from_winter_time():
    with timezone.override(ZoneInfo("Europe/Lisbon")):
        assert instants.local_words(datetime(2026, 7, 1, 14, 0, tzinfo=UTC)) == "1 July 2026, 15:00 in Lisbon"
        assert instants.local_words(datetime(2026, 12, 1, 14, 0, tzinfo=UTC)) == "1 December 2026, 14:00 in Lisbon"
