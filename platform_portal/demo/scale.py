"""A world of any size: made-up members in many scripts with what goes with them, written in bulk.

The same seed gives the same people. What is written is what the portal's own acts would have written of founding
members: `manage.py check_rights` and `manage.py check_directory` find nothing amiss.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Max

from members.actions import directory, rights
from members.choices.bodies import BodyKind, OrganisationKind, RepresentationRole
from members.choices.profiles import Availability, ExpertiseLevel, LanguageLevel
from members.kernel.clock import today
from members.kernel.text import fold
from members.models import (
    Affiliation,
    Body,
    Country,
    Expertise,
    Language,
    Membership,
    Narrowing,
    Organisation,
    Person,
    Region,
    Representation,
    Tier,
    User,
)
from members.permissions.fields import NARROWABLE, REACHES
from members.rules.terms import add_months
from platform_portal.demo import sources
from platform_portal.demo.names import Culture, cultures

PEOPLE_OF_AN_ORGANISATION = 100
PARTICIPATING = 0.6
SPEAKS, AFFILIATED, RISING, NARROWS, UNLISTED, SAYS_WHEN = 0.15, 0.4, 0.06, 0.05, 0.02, 0.5
"""Shares of the people who speak for an organisation, work in one, are rising leaders, show less, are not listed,
or say whether they take referrals."""
MIDDLE = "ABCDEFGHIJKLMNOPRSTVWYZ"
WORK = ("Researcher on", "Adviser on", "Mediator and trainer in", "Lawyer for", "Analyst of", "Organiser for")
AT_A_TIME = 2_000


@dataclass
class Scale:
    """How many, by which seed, on which day; and the rows that are there already."""

    members: int
    seed: int
    on: date = field(default_factory=today)

    def __post_init__(self):
        self.random = Random(self.seed)  # noqa: S311 - nothing secret
        self.cultures = list(cultures().values())
        self.tiers = {tier.short_name: tier for tier in Tier.objects.all()}
        self.terms = {name: tier.current_terms for name, tier in self.tiers.items()}
        self.entries = list(Expertise.objects.filter(parent__isnull=False).order_by("code"))
        self.languages = {row.code: row for row in Language.objects.all()}
        self.regions = list(Region.objects.order_by("code"))
        self.countries = set(Country.objects.values_list("code", flat=True))
        self.since = datetime.combine(self.on, time.min, tzinfo=UTC)

    def uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def term(self, tier: str) -> tuple[date, date]:
        """A term of a tier that is in force, and will be for another month at least."""
        months = self.terms[tier].term_months
        starts_on = self.on - timedelta(days=self.random.randrange(0, months * 28 - 31))
        return starts_on, add_months(starts_on, months)


# --- Rows in bulk -------------------------------------------------------------------------------------------------


class Table:
    """Rows of a model on their way into its table, all with the same columns."""

    def __init__(self, model: type[models.Model]):
        self.model, self.rows = model, []
        self.last = model.objects.aggregate(last=Max("pk"))["last"] or 0

    def add(self, **values) -> int:
        self.last += 1
        self.rows.append({"id": self.last} | values)
        return self.last

    def write(self) -> None:
        """Copy the rows into the table, and let its numbers go on after them."""
        if not self.rows:
            return
        name, columns = self.model._meta.db_table, list(self.rows[0])
        with connection.cursor() as cursor:
            with cursor.copy(f'COPY "{name}" ({", ".join(columns)}) FROM STDIN') as copy:
                for row in self.rows:
                    copy.write_row(list(row.values()))
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [name, self.last])
        self.rows = []


# --- Organisations ------------------------------------------------------------------------------------------------


def found_organisations(scale: Scale) -> tuple[list[Organisation], dict[int, tuple[Organisation, date]]]:
    """Organisations that take no part, and those that do, by key, with the day on which their membership ends."""
    names = [row["name"] for row in sources.rows("organisations")]
    rows = []
    for number in range(1, max(scale.members // PEOPLE_OF_AN_ORGANISATION, 4) + 1):
        name = f"{scale.random.choice(names)} {number}"
        rows.append(
            Organisation(
                name=name,
                slug=f"scale-{number}",
                sort_key=fold(name)[:240],
                kind=scale.random.choice([OrganisationKind.RESEARCH, OrganisationKind.UNIVERSITY]),
                country_id=scale.random.choice(sorted(scale.countries)),
            )
        )
    rows = Organisation.objects.bulk_create(rows)
    taking_part = rows[: int(len(rows) * PARTICIPATING)]
    held, ends = [], {}
    for row in taking_part:
        tier = "institutional"
        starts_on, ends_on = scale.term(tier)
        ends[row.pk] = (row, ends_on)
        held.append(_membership(scale, tier, starts_on, ends_on, organisation=row))
        rights.body_of_representatives(row)
    Membership.objects.bulk_create(held)
    for row in rows:
        rights.settle(row)
    return rows[len(taking_part) :], ends


def _membership(scale, tier, starts_on, ends_on, **holder) -> Membership:
    return Membership(
        tier=scale.tiers[tier],
        terms=scale.terms[tier],
        founding=True,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_at=scale.since,
        **holder,
    )


# --- People -------------------------------------------------------------------------------------------------------


@dataclass
class Tables:
    """Where the rows of people go, in the order in which they are written."""

    users: Table = field(default_factory=lambda: Table(User))
    people: Table = field(default_factory=lambda: Table(Person))
    narrowings: Table = field(default_factory=lambda: Table(Narrowing))
    expertise: Table = field(default_factory=lambda: Table(Person.expertise.through))
    languages: Table = field(default_factory=lambda: Table(Person.languages.through))
    regions: Table = field(default_factory=lambda: Table(Person.regions.through))
    memberships: Table = field(default_factory=lambda: Table(Membership))
    representations: Table = field(default_factory=lambda: Table(Representation))
    affiliations: Table = field(default_factory=lambda: Table(Affiliation))
    groups: Table = field(default_factory=lambda: Table(User.groups.through))

    def write(self):
        for table in vars(self).values():
            table.write()


class Crowd:
    """Makes people, one after the other."""

    def __init__(self, scale: Scale, apart: list[Organisation], taking_part: dict[int, tuple[Organisation, date]]):
        self.scale, self.random, self.tables = scale, scale.random, Tables()
        self.apart, self.taking_part, self.speakers = apart, list(taking_part.values()), set()
        self.texts = list(sources.texts("biographies").values())
        self.group_of_tier = dict(Body.objects.filter(kind=BodyKind.TIER).values_list("tier__short_name", "group"))
        self.group_of = dict(Body.objects.filter(kind=BodyKind.REPRESENTATIVES).values_list("organisation", "group"))

    def add(self, number: int) -> None:
        """One more person, with a login and a place on the platform."""
        culture = self.random.choice(self.cultures_of_most)
        name, latin_name = self.name(culture)
        speaks = self.random.random() < SPEAKS
        tier = "rising-leaders" if self.random.random() < RISING else "individual"
        organisation, ends_on = self.random.choice(self.taking_part)
        starts_on = self.scale.on - timedelta(days=self.random.randrange(200))
        if not speaks:
            starts_on, ends_on = self.scale.term(tier)
        user = self.login(number, culture, ends_on)
        person = self.profile(user, culture, name, latin_name)
        if speaks:
            self.speak(user, person, organisation, starts_on)
        else:
            self.hold(user, person, tier, starts_on, ends_on)
            if self.random.random() < AFFILIATED:
                self.work(person, self.random.choice(self.apart), starts_on)

    @property
    def cultures_of_most(self) -> list[Culture]:
        return self.scale.cultures

    def name(self, culture: Culture) -> tuple[str, str]:
        """A name, and in Latin letters where it is written otherwise. A letter between tells namesakes apart."""
        given = self.random.choice(culture.given).partition("=")
        family = self.random.choice(culture.family or ("",)).partition("=")
        middle = f"{self.random.choice(MIDDLE)}." if self.random.random() < 0.7 else ""
        parts = [family[0], given[0]] if culture.order == "family" else [given[0], middle, family[0]]
        latin = " ".join(part for part in parts if part)
        if not given[2]:
            return latin, ""
        return " ".join(part for part in (given[2], family[2] or family[0]) if part), latin

    def login(self, number: int, culture: Culture, ends_on: date) -> int:
        language = culture.languages[0] if culture.languages and culture.languages[0] in ("fr", "es", "pt") else "en"
        return self.tables.users.add(
            password=f"!{self.random.getrandbits(160):040x}",
            is_superuser=False,
            public_id=self.scale.uuid(),
            email=f"member-{self.scale.seed}-{number}@scale.test",
            language=language,
            time_zone="UTC",
            is_active=True,
            rights_due_at=datetime.combine(ends_on, time.min, tzinfo=UTC),
        )

    def profile(self, user: int, culture: Culture, name: str, latin_name: str) -> int:
        fields = self.random.sample(self.scale.entries, self.random.randint(1, 4))
        area = self.random.choice(self.texts)
        country = self.random.choice(culture.countries)
        sentences = [self.random.choice(area[part]) for part in ("now", "before", "detail")]
        person = self.tables.people.add(
            user_id=user,
            public_id=self.scale.uuid(),
            name=name,
            latin_name=latin_name,
            sort_key=fold(latin_name or name)[:200],
            headline=f"{self.random.choice(WORK)} {fields[0].label.lower()}",
            biography=" ".join(sentences).format(country=country, field=fields[0].label),
            website="",
            country_id=country if country in self.scale.countries else None,
            availability=self.random.choice(list(Availability)) if self.random.random() < SAYS_WHEN else "",
            listed=self.random.random() >= UNLISTED,
            revision=0,
        )
        for entry in fields:
            level = self.random.choice(["", *ExpertiseLevel])
            self.tables.expertise.add(person_id=person, expertise_id=entry.pk, level=level)
        for code in dict.fromkeys(["en", *culture.languages]):
            level = self.random.choice(["", *LanguageLevel])
            self.tables.languages.add(person_id=person, language_id=self.scale.languages[code].pk, level=level)
        self.tables.regions.add(person_id=person, region_id=self.random.choice(self.scale.regions).pk)
        if self.random.random() < NARROWS:
            for name_of in self.random.sample(NARROWABLE, 2):
                readers = sorted(self.random.choice([REACHES["steering"], REACHES["secretariat"]]))
                self.tables.narrowings.add(person_id=person, field=name_of, audiences=readers)
        return person

    def term(self, starts_on: date, ends_on: date | None = None) -> dict:
        return {"starts_on": starts_on, "ends_on": ends_on, "granted_at": self.scale.since, "end_reason": ""}

    def hold(self, user: int, person: int, tier: str, starts_on: date, ends_on: date) -> None:
        """A founding membership of one's own."""
        self.tables.memberships.add(
            person_id=person,
            tier_id=self.scale.tiers[tier].pk,
            terms_id=self.scale.terms[tier].pk,
            founding=True,
            **self.term(starts_on, ends_on),
        )
        self.tables.groups.add(user_id=user, group_id=self.group_of_tier[tier])

    def speak(self, user: int, person: int, organisation: Organisation, starts_on: date) -> None:
        """Speaking for a member organisation: the first as its principal, others as delegates."""
        first = organisation.pk not in self.speakers
        self.speakers.add(organisation.pk)
        role = RepresentationRole.PRINCIPAL if first else RepresentationRole.DELEGATE
        self.tables.representations.add(
            person_id=person, organisation_id=organisation.pk, role=role, **self.term(starts_on)
        )
        self.work(person, organisation, starts_on)
        for group in (self.group_of_tier["institutional"], self.group_of[organisation.pk]):
            self.tables.groups.add(user_id=user, group_id=group)

    def work(self, person: int, organisation: Organisation, starts_on: date) -> None:
        self.tables.affiliations.add(
            person_id=person, organisation_id=organisation.pk, position="Fellow", **self.term(starts_on)
        )


# --- All of it ----------------------------------------------------------------------------------------------------


@transaction.atomic
def fill(*, members: int, seed: int) -> Iterator[str]:
    """Write so many members with what goes with them; says now and then how far it is."""
    scale = Scale(members, seed)
    crowd = Crowd(scale, *found_organisations(scale))
    first = crowd.tables.people.last + 1
    for number in range(1, members + 1):
        crowd.add(number)
        if number % AT_A_TIME == 0 or number == members:
            crowd.tables.write()
            written = directory.enter_in_bulk(range(first, crowd.tables.people.last + 1), on=scale.on)
            first = crowd.tables.people.last + 1
            yield f"{number} people, {written} rows of the directory"
