"""Who and what the story is about: the people that were made up, and the rows they have become so far."""

from dataclasses import dataclass, field
from random import Random

from django.contrib.auth.hashers import make_password

from members.choices.bodies import SeatRole
from members.models import (
    Application,
    Country,
    Expertise,
    Language,
    Organisation,
    Person,
    Region,
    SeatTerm,
    Tier,
    User,
)
from platform_portal.demo import sources
from platform_portal.demo.applicants import applicants
from platform_portal.demo.names import Name, Register
from platform_portal.demo.organisations import organisations
from platform_portal.demo.people import SEED, DemoPerson, people
from platform_portal.demo.seed.clock import Timeline
from platform_portal.demo.seed.papers import Papers
from platform_portal.demo.voices import Voices
from platform_portal.demo_logins import PASSWORD

STAFF = ("secretariat-1", "secretariat-2")
OFFERED = {"fr", "es", "pt", "ar"}
"""The languages of the portal, apart from English, in which people are written to who speak them first."""


@dataclass
class World:
    """The cast of the story, by the keys of the made-up people and organisations."""

    timeline: Timeline
    papers: Papers
    people: dict[str, DemoPerson] = field(init=False)
    users: dict[str, User] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)

    def __post_init__(self):
        self.random = Random(SEED)  # noqa: S311  nothing secret
        self.voices = Voices(SEED)
        self.people = {person.key: person for person in people()}
        self.made_up = organisations()
        self.applicants = applicants()
        self.strangers = Strangers(self)
        self.zones = {row["country"]: row["zone"] for row in sources.rows("zones")}
        self.password = make_password(PASSWORD)
        self.tiers = {tier.short_name: tier for tier in Tier.objects.all()}
        self.entries = {table: {row.code: row for row in table.objects.all()} for table in TAXONOMIES}
        self.countries = {country.code: country for country in Country.objects.all()}

    def listed(self, table, codes) -> list:
        """The entries of a governed list, by their codes."""
        return [self.entries[table][code] for code in codes]

    def writer_of(self, applicant: str) -> DemoPerson:
        """Who writes an application."""
        return next(person for person in self.people.values() if person.applicant == applicant)

    def holder_of(self, seat: int, role: str = SeatRole.PRINCIPAL) -> User:
        """Who fills a seat in a role at this point of the story."""
        terms = SeatTerm.objects.filter(seat__number=seat, role=role, ended_at=None)
        return terms.select_related("person__user").get().person.user

    def officer(self, number: int) -> User:
        """One of the Secretariat's people: they take turns."""
        return self.users[STAFF[number % len(STAFF)]]

    def language_of(self, person: DemoPerson) -> str:
        """The language a person reads mails in: their first, where the portal speaks it. Known logins read English."""
        first = person.languages[0]
        return first if first in OFFERED and not person.email.endswith("@demo.test") else "en"


TAXONOMIES = (Expertise, Region, Language)


class Strangers:
    """People whom the made-up ones know: referees, and who is invited. None has a name that was given out before."""

    def __init__(self, world: World):
        self.register = Register(world.random)
        self.taken = {person.latin_name or person.name for person in world.people.values()}

    def meet(self, culture: str) -> Name:
        """Somebody new with a name from a culture, or from any other once that has no names left."""
        while True:
            known = culture if self.register.left(culture) else max(self.register.waiting, key=self.register.left)
            name = self.register.take(known)
            if name.in_latin not in self.taken:
                self.taken.add(name.in_latin)
                return name
