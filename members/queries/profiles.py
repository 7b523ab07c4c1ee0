"""The parts of a profile as the projection hands them out, before it is asked who may read them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from members.choices import profiles as choices
from members.models import Person
from members.rules.profiles import availability_on


@dataclass(frozen=True)
class Level:
    """A field of expertise or a language, with how well the person knows it, where they said so."""

    name: str
    code: str
    level: str = ""
    label: str = ""

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class Availability:
    """Whether a person takes referrals on the day asked about, and from when again."""

    state: str
    label: str
    again_on: date | None = None
    note: str = ""

    @property
    def tone(self) -> str:
        """The tone of its pill."""
        return {choices.Availability.OPEN: "good", choices.Availability.LIMITED: "wait"}.get(self.state, "plain")


@dataclass(frozen=True)
class Contact:
    """How a person wishes to be contacted: a way, words, or both."""

    way: str = ""
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Position:
    """A post the person says they hold, where `to_year` is none, or held."""

    organisation: str
    title: str
    from_year: int
    to_year: int | None = None


@dataclass(frozen=True)
class Work:
    """A publication."""

    title: str
    year: int
    appeared_in: str = ""
    language: str = ""
    address: str = ""


@dataclass(frozen=True)
class Apart:
    """Somebody or something a person does not want to be connected with."""

    name: str
    reason: str = ""


def expertise_of(person: Person) -> tuple[Level, ...]:
    return tuple(
        Level(str(row.expertise), row.expertise.code, row.level, row.get_level_display() if row.level else "")
        for row in person.expertise_levels.all()
    )


def languages_of(person: Person) -> tuple[Level, ...]:
    return tuple(
        Level(str(row.language), row.language.code, row.level, row.get_level_display() if row.level else "")
        for row in person.language_levels.all()
    )


def availability_of(person: Person, *, on) -> Availability | None:
    state = availability_on(person.availability, person.available_again_on, on=on)
    if not state:
        return None
    label = str(choices.Availability(state).label)
    if state != person.availability:  # what was said of the pause is over with it
        return Availability(state, label)
    return Availability(state, label, person.available_again_on, person.availability_note)


def contact_of(person: Person) -> Contact | None:
    if not person.contact_by and not person.contact_note:
        return None
    label = person.get_contact_by_display() if person.contact_by else ""
    return Contact(person.contact_by, str(label), person.contact_note)


def details_of(person: Person, allowed: Collection[str], *, names: Callable) -> dict:
    """What a person's page shows and no line of a list, as far as `allowed`; in as many statements for every reader.

    But for the separations, which nobody is to learn of even by how long a page takes: they are not asked for.
    `names` gives the names of people by primary key, as the reader may know them.
    """
    positions = tuple(
        Position(row.organisation, row.title, row.from_year, row.to_year) for row in person.positions.all()
    )
    works = tuple(
        Work(row.title, row.year, row.appeared_in, str(row.language or ""), row.address)
        for row in person.publications.select_related("language")
    )
    found = {"positions": positions, "publications": works}
    if "separations" in allowed:
        found["separations"] = separations_of(person, names=names)
    return {name: value for name, value in found.items() if name in allowed}


def separations_of(person: Person, *, names: Callable) -> tuple[Apart, ...]:
    """Whom a person does not want to be connected with. For the Secretariat and oneself only."""
    rows = list(person.separations.select_related("from_organisation"))
    named = names([row.from_person_id for row in rows if row.from_person_id])
    return tuple(
        Apart(row.words or named.get(row.from_person_id) or str(row.from_organisation), row.reason) for row in rows
    )
