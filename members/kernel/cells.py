"""Cells of tables that are opened in a spreadsheet, which takes some texts for a formula and runs it."""

import unicodedata

DANGEROUS = "=+-@\t\r\n\0"
"""What a spreadsheet takes for the beginning of a formula, or of another cell; their full-width forms too."""


def plain_cell(value) -> str:
    """A value as text that no spreadsheet takes for a formula. An apostrophe before it says that it is text."""
    text = "" if value is None else str(value)
    return f"'{text}" if _is_dangerous(text) else text


def _is_dangerous(text: str) -> bool:
    for letter in text:
        if unicodedata.normalize("NFKC", letter)[:1] in tuple(DANGEROUS):
            return True
        if not _is_blank(letter):
            return False
    return False


def _is_blank(letter: str) -> bool:
    """Whether a letter leaves no trace before the one after it: blanks, controls, marks of direction, joiners."""
    return letter.isspace() or unicodedata.category(letter) in {"Cf", "Cc", "Zs", "Zl", "Zp"}
