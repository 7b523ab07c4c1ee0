"""Two texts side by side: what was taken out of the one, and put into the other. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words of one side; `differs` where the other side has something else."""

    text: str
    differs: bool = False


def compare(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word; the pieces of each side put together are its text."""
    left, right = WORDS.findall(before), WORDS.findall(after)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for kind, *places in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, words, start, end in ((sides[0], left, *places[:2]), (sides[1], right, *places[2:])):
            if start != end:
                side.append(Piece("".join(words[start:end]), differs=kind != "equal"))
    return sides
