"""Filling the places of a letter. Staff write the templates, so nothing but plain names in braces is filled."""

import re

PLACE = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, **facts) -> str:
    """The text with `{name}` and its like replaced. A place without a fact stays, for the writer to see."""
    return PLACE.sub(lambda place: str(facts.get(place[1], place[0])), text)


def unfilled(text: str) -> list[str]:
    """The places of a text that nothing has filled, in order."""
    return PLACE.findall(text)
