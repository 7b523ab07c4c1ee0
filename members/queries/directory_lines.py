"""What a list, a suggestion and an export say of the people found: what their rows hold, in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.choices.profiles import Availability
from members.queries.directory import Found
from members.queries.directory_letters import Lists, country_in


class Line(NamedTuple):
    """A person as a line of the list, named as in `members.queries.people.PersonView`."""

    public_id: UUID
    name: str
    latin_name: str
    headline: str
    posts: str
    country: str
    expertise: tuple[str, ...]
    languages: tuple[str, ...]
    tiers: tuple[str, ...]
    availability: str
    listed: bool
    since: date
    avatar: int | None = None
    region: str = ""


def lines_of(found: Iterable[Found], lists: Lists) -> list[Line]:
    """Lines in the language of the page."""
    language = get_language()
    words = lists.said_in(language)
    return [_line(each, words, language) for each in found]


def _line(found: Found, words: dict[str, dict[str, str]], language: str) -> Line:
    said = found.line
    return Line(
        public_id=found.public_id,
        name=said["name"],
        latin_name=said["latin_name"],
        headline=said["headline"],
        posts=said["posts"],
        country=country_in(said["country"], language) if said["country"] else "",
        expertise=tuple(words["expertise"][code] for code in said["expertise"]),
        languages=tuple(words["language"][code] for code in said["languages"]),
        tiers=tuple(words["tier"][code] for code in said["tiers"]),
        availability=_state(said["availability"], language) if said["availability"] else "",
        listed=said["listed"],
        since=found.since,
        avatar=said.get("avatar"),
        region=words["region"][said["region"]] if said.get("region") else "",
    )


@lru_cache(maxsize=64)
def _state(availability: str, _language: str) -> str:
    return str(Availability(availability).label)


COLUMNS = {
    "name": _("Name"),
    "latin_name": _("Name in Latin letters"),
    "headline": _("In one line"),
    "tiers": _("Tier"),
    "since": _("Member since"),
    "posts": _("Organisations"),
    "country": _("Country"),
    "expertise": _("Expertise"),
    "languages": _("Languages"),
    "availability": _("Availability"),
}
"""The columns of an export, with their headings."""


def table_of(lines: list[Line]) -> Iterator[list]:
    """Lines as the rows of an export, after their headings."""
    yield [str(heading) for heading in COLUMNS.values()]
    for line in lines:
        yield [_cell(getattr(line, column)) for column in COLUMNS]


def _cell(value):
    if value == date.min:  # of whom no day is shown
        return ""
    return "; ".join(value) if isinstance(value, tuple) else value
