"""Two texts side by side: what went, what came, what stayed. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    OTHER = "other"


@dataclass(frozen=True)
class Piece:
    """Lines of the two texts that stand beside each other. One of the two is empty where something went or came."""

    change: Change
    before: str
    after: str


CHANGES = {"equal": Change.SAME, "delete": Change.GONE, "insert": Change.NEW, "replace": Change.OTHER}


def compared(before: str, after: str) -> list[Piece]:
    """Two texts, line by line, those that follow each other with the same change as one piece."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Piece(CHANGES[tag], "\n".join(old[from_old:to_old]), "\n".join(new[from_new:to_new]))
        for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes()
    ]
