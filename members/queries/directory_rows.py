"""What the directory says of a person to whom: rows built from the projection, and where stored ones differ."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import override

from members.kernel.text import beginnings_of, fold, words_of
from members.models import (
    Affiliation,
    Country,
    DirectoryEntry,
    Membership,
    Organisation,
    Person,
    Representation,
)
from members.queries.directory_letters import AVAILABILITIES, Lists, letter, letter_of_country
from members.queries.people import PersonView, project_for_readers

NOBODY = 0
LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)+)'")


@dataclass(frozen=True)
class Row:
    """A person as one set of readers finds them. `vector` and `line` stand apart from the rest."""

    person_id: int
    readers: int
    holds_until: date | None
    public_id: UUID
    sort_key: str = ""
    since: date = date.min
    tiers: str = ""
    region: str = ""
    country: str = ""
    availability: str = ""
    expertise: str = ""
    languages: str = ""
    organisations: str = ""
    vector: str = ""
    line: dict = field(default_factory=dict, hash=False)


NARROW = tuple(entry.name for entry in fields(Row) if entry.name not in ("vector", "line"))
"""The columns of the narrow table."""


# --- What is due --------------------------------------------------------------------------------------------------


def rows_for(people: Iterable[Person], *, on: date) -> Iterator[list[Row]]:
    """The rows of each of some people on a day: one for each set of readers who see the same.

    `people` come with everything (`Person.objects.with_everything()`). Somebody whom nobody finds has one row for
    nobody.
    """
    people = list(people)
    with override("en"):
        seen = project_for_readers(people, on=on)
        codes = Codes(view for views in seen.values() for view in views.values())
    turns = _turns(people, on=on)
    for person in people:
        until = turns.get(person.pk)
        rows: dict[PersonView, Row] = {}
        for reader, view in seen[person.pk].items():
            known = rows.get(view)
            rows[view] = (
                replace(known, readers=known.readers | reader)
                if known
                else codes.row_of(view, person_id=person.pk, readers=int(reader), holds_until=until)
            )
        yield list(_merged(rows.values())) or [Row(person.pk, NOBODY, until, person.public_id)]


def _merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows that say the same, but for words that only some ask by, as one."""
    said: dict[tuple, Row] = {}
    for row in rows:
        open_to_all = frozenset(word for word in lexemes_of(row.vector) if not word.startswith(FOR_OFFICE))
        key = (replace(row, readers=0, vector="", line={}), repr(row.line), open_to_all)
        known = said.get(key)
        if known is None:
            said[key] = row
        else:
            fuller = max(known, row, key=lambda each: len(each.vector))
            said[key] = replace(fuller, readers=known.readers | row.readers)
    yield from said.values()


def _turns(people: list[Person], *, on: date) -> dict[int, date]:
    """By person, the next day on which a term that concerns what is shown of them begins or ends."""
    keys = [person.pk for person in people]
    days: dict[int, set[date | None]] = {person.pk: {person.available_again_on} for person in people}
    speakers: dict[int, list[int]] = {}
    terms = Representation.objects.filter(person__in=keys)
    for holder, organisation, *both in terms.values_list("person", "organisation", "starts_on", "ends_on"):
        days[holder].update(both)
        speakers.setdefault(organisation, []).append(holder)
    for holder, *both in Affiliation.objects.filter(person__in=keys).values_list("person", "starts_on", "ends_on"):
        days[holder].update(both)
    held = Membership.objects.filter(Q(person__in=keys) | Q(organisation__in=speakers))
    for holder, organisation, *both in held.values_list("person", "organisation", "starts_on", "ends_on"):
        for concerned in [holder] if holder else speakers[organisation]:
            days[concerned].update(both)
    ahead = {key: [day for day in found if day and day > on] for key, found in days.items()}
    return {key: min(found) for key, found in ahead.items() if found}


class Codes:
    """The governed lists and the organisations named in some views, to turn what is shown into letters."""

    def __init__(self, views: Iterable[PersonView]):
        slugs = {post.slug for view in views for post in view.places}
        self.lists = Lists.load()
        self.regions = {str(region): region.letter for region in self.lists.region.values()}
        self.region_codes = {str(region): region.code for region in self.lists.region.values()}
        countries = list(Country.objects.all())
        self.countries = {str(country): country.code for country in countries}
        self.places = {country.code: self.lists.letters_of_region(country.region_id) for country in countries}
        named = Organisation.objects.filter(slug__in=slugs).values_list("slug", "pk", "name", "acronym")
        self.organisations = {slug: (letter(key), f"{name} {acronym}") for slug, key, name, acronym in named}

    def row_of(self, view: PersonView, *, person_id: int, readers: int, holds_until: date | None) -> Row:
        """What a view says, as a row."""
        line = self.line_of(view)
        country = line["country"]
        return Row(
            person_id=person_id,
            readers=readers,
            holds_until=holds_until,
            public_id=view.public_id,
            sort_key=fold(view.latin_name or view.name)[:200],
            since=min((standing.starts_on for standing in view.memberships), default=date.min),
            tiers="".join(sorted(self.lists.tier[tier].letter for tier in line["tiers"])),
            region=self.places[country] if country else self.regions.get(view.region, ""),
            country=letter_of_country(country) if country else "",
            availability=AVAILABILITIES.get(line["availability"], ""),
            expertise=self.lists.letters_of_expertise(line["expertise"]),
            languages="".join(sorted({self.lists.language[code].letter for code in line["languages"]})),
            organisations="".join(sorted(self.organisations[post.slug][0] for post in view.places)),
            vector=self.vector_of(view),
            line=line,
        )

    def line_of(self, view: PersonView) -> dict:
        """What a list says of a view: texts as they are, entries by their codes."""
        return {
            "name": view.name,
            "latin_name": view.latin_name,
            "headline": view.headline,
            "posts": view.posts,
            "country": self.countries.get(view.country, ""),
            "expertise": [entry.code for entry in view.expertise],
            "languages": [entry.code for entry in view.languages],
            "tiers": list(dict.fromkeys(standing.tier_short_name for standing in view.memberships)),
            "listed": view.listed,
            "availability": view.availability.state if view.availability else "",
            "avatar": view.avatar,
            "region": self.region_codes.get(view.region, "") if view.avatar is not None else "",
        }

    def vector_of(self, view: PersonView) -> str:
        """The words a view is found by; those of some places also with the mark of the place."""
        names = [name for name in (view.name, view.latin_name) if name]
        found = {whole(name) for name in names}
        for mark, texts in (
            (IN_NAME, names),
            (IN_HEADLINE, [view.headline]),
            (IN_ORGANISATION, [self.organisations[post.slug][1] for post in view.places]),
        ):
            words = {word for text in texts for word in beginnings_of(text)}
            found |= words | {mark + word for word in words}
        found |= {IN_EXPERTISE + sign for sign in self.lists.letters_of_expertise(row.code for row in view.expertise)}
        found.update(beginnings_of(view.biography))
        found |= {FOR_OFFICE + word for word in words_of(view.email)}
        return vector_from(found)


# --- Words ---------------------------------------------------------------------------------------------------------

IN_NAME, IN_HEADLINE, IN_EXPERTISE, IN_ORGANISATION, FOR_OFFICE, WHOLE_NAME = "~", "+", "#", "$", "@", "="
"""Marks before words, by where they stand. Readers write fields of expertise in their own language, so it is letters
that stand for them; words of an e-mail address are asked for only where the reader may read addresses."""


def whole(name: str) -> str:
    """The lexeme of a whole name, by which it is found exactly."""
    return WHOLE_NAME + " ".join(words_of(name))


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in a vector or a question."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def vector_from(lexemes: Iterable[str]) -> str:
    return " ".join(quoted(lexeme) for lexeme in sorted(lexemes))


def lexemes_of(vector: str) -> frozenset[str]:
    """The lexemes of a vector, as PostgreSQL or we write it."""
    return frozenset(LEXEME.findall(vector))


# --- What is stored ------------------------------------------------------------------------------------------------


def stored_rows(people: Iterable[int]) -> dict[int, list[Row]]:
    """The rows that are stored of people, by primary key of the person."""
    found: dict[int, list[Row]] = {}
    for entry in DirectoryEntry.objects.filter(person__in=people).select_related("text", "line"):
        values = {name: getattr(entry, name) for name in NARROW}
        row = Row(**values, vector=entry.text.vector or "", line=entry.line.content)
        found.setdefault(entry.person_id, []).append(row)
    return found


def is_same(stored: list[Row], due: list[Row]) -> bool:
    """Whether rows say the same to the same readers, in whatever order."""

    def comparable(rows):
        plain = [(replace(row, vector="", line={}), row.line, lexemes_of(row.vector)) for row in rows]
        return sorted(plain, key=lambda entry: entry[0].readers)

    return comparable(stored) == comparable(due)


@dataclass(frozen=True)
class Drift:
    """Somebody of whom the directory says something else than their page."""

    person: int
    what: str

    def __str__(self):
        return f"person {self.person}: {self.what}"


def drifts(keys: Iterable[int], *, on: date) -> Iterator[Drift]:
    """Where stored rows of people differ from what is due. Rows that hold no longer are looked at again before they
    are read, so they are not compared.
    """
    keys = list(keys)
    stored = stored_rows(keys)
    for due in rows_for(Person.objects.with_everything().filter(pk__in=keys), on=on):
        person = due[0].person_id
        found = stored.pop(person, [])
        if not found:
            yield Drift(person, "has no row")
        elif not any(row.holds_until and row.holds_until <= on for row in found) and not is_same(found, due):
            yield Drift(person, f"differs in {', '.join(_difference(found, due))}")


def _difference(stored: list[Row], due: list[Row]) -> list[str]:
    """The names of the columns that differ: never what stands in them."""
    by_readers = {row.readers: row for row in stored}
    if by_readers.keys() != {row.readers for row in due}:
        return ["readers"]
    named = [*NARROW, "line"]
    found = {name for row in due for name in named if getattr(row, name) != getattr(by_readers[row.readers], name)}
    if any(lexemes_of(row.vector) != lexemes_of(by_readers[row.readers].vector) for row in due):
        found.add("vector")
    return sorted(found)
