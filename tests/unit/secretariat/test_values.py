"""Values in the rows of a message: one short line each, and no link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.kernel.lines import is_one_line
from secretariat.emails.values import LINKABLE, MOST, Proven, shown


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Awa Example", "Awa Example"),
        ("Awa\n\nLOCKED\r\nhttps://evil.example/login", "Awa LOCKED https: //evil. example/login"),
        ("www.4evil.example", "www. 4evil. example"),
        ("write to me@evil.example", "write to me@evil. example"),
        ("evil\u3002example", "evil\u3002 example"),
        ("mailto:me@evil.example", "mailto: me@evil. example"),
        ("J.R. Smith", "J. R. Smith"),
        ("3 March 2026, 14:00 in Nairobi (11:00 UTC)", "3 March 2026, 14:00 in Nairobi (11:00 UTC)"),
        ("A-2026-0001", "A-2026-0001"),
    ],
)
def test_what_is_typed_cannot_pass_for_the_portals_words(typed, line):
    assert shown(typed) == line


def test_what_is_long_is_cut():
    assert len(shown("x" * 5000)) == MOST
    assert shown("x" * 5000).endswith("…")
    assert shown("x" * MOST) == "x" * MOST


def test_what_was_proven_is_shown_as_it_is():
    assert shown(Proven("awa@first.example")) == "awa@first.example"


@given(st.text(max_size=300))
def test_whatever_is_typed_stays_on_a_short_line_without_addresses(typed):
    line = shown(typed)
    assert is_one_line(line)
    assert len(line) <= MOST
    assert not LINKABLE.search(line)
