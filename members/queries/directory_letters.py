"""The alphabet of the directory: each value one can filter by is one letter, and a row holds the letters of its values.

So whoever is found can be counted by every value in one pass: the letters of all rows are strung together and
counted. Letters follow the keys of entries, which are retired and never deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db import connection
from django.utils.translation import get_language, gettext
from django_countries import countries

from members.choices.profiles import Availability

FACETS = {
    "tier": "tiers",
    "region": "region",
    "country": "country",
    "availability": "availability",
    "expertise": "expertise",
    "language": "languages",
    "organisation": "organisations",
}
"""The filters by letters, each with its column."""
FIRST, SURROGATES, BEYOND = 0x20, 0xD800, 0x800
"""Letters begin after the space; code points that are no letters are left out."""
LISTS = """
    SELECT 'tier', ring AS place, ring, short_name, name, NULL, false, NULL FROM members_tier
    UNION ALL SELECT 'region', row_number() OVER (ORDER BY e.id), e.id, e.code, e.label, e.parent_id,
        e.retired_on IS NOT NULL, i.code FROM members_region e LEFT JOIN members_region i ON i.id = e.merged_into_id
    UNION ALL SELECT 'expertise', row_number() OVER (ORDER BY e.id), e.id, e.code, e.label, e.parent_id,
        e.retired_on IS NOT NULL, i.code FROM members_expertise e
        LEFT JOIN members_expertise i ON i.id = e.merged_into_id
    UNION ALL SELECT 'language', row_number() OVER (ORDER BY e.id), e.id, e.code, e.label, NULL,
        e.retired_on IS NOT NULL, i.code FROM members_language e LEFT JOIN members_language i ON i.id = e.merged_into_id
"""
STATE = """
    SELECT (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM members_tier),
        (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM members_region),
        (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM members_expertise),
        (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM members_language)
"""
"""What is other after any change to a row: where its newest version lies, and which transaction wrote that."""
HELD: dict[str, tuple[tuple, "Lists"]] = {}
"""By database, the lists as they were last read, and the state they were in: read again once that is another."""


def letter(number: int) -> str:
    """The letter of a whole number from 1 on."""
    point = FIRST + number
    return chr(point if point < SURROGATES else point + BEYOND)


def number_of(sign: str) -> int:
    """The number of a letter."""
    point = ord(sign)
    return (point if point < SURROGATES else point - BEYOND) - FIRST


def letter_of_country(code: str) -> str:
    """The letter of a country by its two-letter code."""
    return letter((ord(code[0]) - 64) * 27 + ord(code[1]) - 64)


def country_of_letter(sign: str) -> str:
    first, second = divmod(number_of(sign), 27)
    return chr(first + 64) + chr(second + 64)


AVAILABILITIES = {state.value: letter(place) for place, state in enumerate(Availability, start=1)}


@lru_cache(maxsize=4096)
def _said(label: str, language: str) -> str:
    """A label in the language of the page: hundreds stand on every page."""
    return gettext(label)


@dataclass(frozen=True)
class Listed:
    """An entry of a governed list, with its letter, and the code of the entry it was merged into, if it was."""

    key: int
    code: str
    label: str
    parent: int | None
    is_retired: bool
    merged_into: str | None
    letter: str

    def __str__(self):
        return _said(self.label, get_language())


@dataclass(frozen=True, eq=False)
class Lists:
    """The governed lists that one can filter by, each by code."""

    tier: dict[str, Listed]
    region: dict[str, Listed]
    expertise: dict[str, Listed]
    language: dict[str, Listed]

    @classmethod
    def load(cls) -> "Lists":
        """The lists as they stand. Every time it is asked whether one has changed; they are read only then."""
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            return cls.held(cursor.fetchone())

    @classmethod
    def held(cls, state: tuple) -> "Lists":
        """The lists in the state that was just found: those that are held, or read now."""
        database = connection.settings_dict["NAME"]
        held = HELD.get(database)
        if held is None or held[0] != state:
            with connection.cursor() as cursor:
                cursor.execute(LISTS)
                held = HELD[database] = state, cls.of(cursor.fetchall())
        return held[1]

    @classmethod
    def of(cls, rows: Iterable[tuple]) -> "Lists":
        """The lists of the rows that `LISTS` gives."""
        found = {"tier": {}, "region": {}, "expertise": {}, "language": {}}
        for name, place, key, code, *others in rows:
            found[name][code] = Listed(key, code, *others, letter(place))
        found["tier"] = dict(sorted(found["tier"].items(), key=lambda entry: entry[1].key))
        return cls(**found)

    @cached_property
    def continents(self) -> list[Listed]:
        """The regions of the first level, by code."""
        world = {entry.key for entry in self.region.values() if entry.parent is None}
        found = [entry for entry in self.region.values() if entry.parent in world and not entry.is_retired]
        return sorted(found, key=lambda entry: entry.code)

    def parts_of(self, continent: Listed) -> list[Listed]:
        """The regions of the second level in one of the first, by code."""
        found = [entry for entry in self.region.values() if entry.parent == continent.key and not entry.is_retired]
        return sorted(found, key=lambda entry: entry.code)

    @cached_property
    def places(self) -> list[Listed]:
        """The regions one can filter by: those of the first level, each before the parts it has."""
        return [place for continent in self.continents for place in (continent, *self.parts_of(continent))]

    @cached_property
    def _regions(self) -> dict[int, Listed]:
        return {entry.key: entry for entry in self.region.values()}

    def letters_of_region(self, key: int) -> str:
        """The letters of the regions of the first and second level that a region lies in; of the world, its own."""
        chain = [self._regions[key]]
        while chain[-1].parent:
            chain.append(self._regions[chain[-1].parent])
        below = chain[-2::-1] or chain
        return "".join(entry.letter for entry in below[:2])

    @cached_property
    def areas(self) -> dict[int, Listed]:
        """The fields of expertise by key, to find the area above each."""
        return {entry.key: entry for entry in self.expertise.values()}

    @cached_property
    def merged_away(self) -> dict[str, dict[str, str]]:
        """By list, the codes of entries that were merged into others, with the codes of those."""
        return {
            name: {entry.code: entry.merged_into for entry in getattr(self, name).values() if entry.merged_into}
            for name in ("region", "expertise", "language")
        }

    @lru_cache(maxsize=8)  # noqa: B019 - a handful of lists, of which only the newest is asked
    def said_in(self, language: str) -> dict[str, dict[str, str]]:
        """By list and code, what each entry is called in a language, which is that of the page."""
        return {
            name: {code: _said(entry.label, language) for code, entry in getattr(self, name).items()}
            for name in ("tier", "region", "expertise", "language")
        }

    def letters_of_expertise(self, codes: Iterable[str]) -> str:
        """The letters of fields of expertise and of the areas they lie in."""
        found = set()
        for code in codes:
            entry = self.expertise[code]
            found.add(entry.letter)
            if entry.parent:
                found.add(self.areas[entry.parent].letter)
        return "".join(sorted(found))


def country_name(code: str) -> str:
    """A country in the language of the page."""
    return country_in(code, get_language())


@lru_cache(maxsize=4096)
def country_in(code: str, _language: str) -> str:
    """A country in a language, which is that of the page."""
    return str(countries.name(code)) or code
