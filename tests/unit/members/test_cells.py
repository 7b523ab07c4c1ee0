"""Cells that a spreadsheet would run are text."""

import pytest

from members.kernel.cells import plain_cell

FULL_WIDTH = ["\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe62", "\ufe63"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", *FULL_WIDTH])
@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", "\u3000", "\u200b", "\u200f", "\ufeff", "\x0b"])
def test_what_begins_as_a_formula_is_written_as_text(sign, before):
    assert plain_cell(f"{before}{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["Amina", "O'Brien", "a=b", "1-2", "مها", "'quoted", "", " plain", "(=)", "№ 5"])
def test_what_is_harmless_stays(text):
    assert plain_cell(text) == text


def test_nothing_is_empty_and_numbers_are_text():
    assert plain_cell(None) == ""
    assert plain_cell(-1) == "'-1"
