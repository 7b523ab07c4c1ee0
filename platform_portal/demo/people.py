"""The fictional people of the demo: some 220, over all regions, in the parts they play.

The same seed gives the same people. Who speaks for which organisation, who is an individual member, a rising
leader or an applicant is decided here; the seed enters them through the portal's own actions.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from members.reference import tables as reference
from platform_portal.demo import names
from platform_portal.demo.applicants import DemoApplicant, applicants
from platform_portal.demo.biographies import REMARK, Biographer
from platform_portal.demo.organisations import DemoOrganisation, organisations
from platform_portal.demo.positions import field_in_prose, independent_headline, official_headline, position_in

SEED = 2026
DOMAIN = "people.demo.test"
"""Where people without an organisation have their addresses."""
INDIVIDUALS, RISING, OFFICIALS = 30, 20, 10
"""Members of the two tiers of persons; of the individuals, the first so many are former officials."""
HOST_SEAT = 2
"""The steering member that hosts the Secretariat in the demo."""
APPLYING = {applicant.organisation: applicant.key for applicant in applicants().values() if not applicant.is_person}
"""The key of the application of each organisation that applies."""
SEATED = [organisation for organisation in organisations().values() if organisation.tier == "steering"]
"""The steering members, in the order of their seats."""


class Part(StrEnum):
    """What a person does in the demo."""

    PRINCIPAL = "principal"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    STAFF = "staff"
    SECRETARIAT = "secretariat"
    INDIVIDUAL = "individual"
    RISING = "rising-leaders"
    APPLICANT = "applicant"


LOGINS = {
    **{f"{organisation.key}-principal": f"steering-{seat}@demo.test" for seat, organisation in enumerate(SEATED, 1)},
    "secretariat-1": "secretariat-1@demo.test",
    "secretariat-2": "secretariat-2@demo.test",
    "lumbasi-principal": "institution@demo.test",
    "saintebrume-principal": "chair@demo.test",
    "individual-29": "individual@demo.test",
    "individual-28": "protected@demo.test",
    "rising-leaders-1": "rising@demo.test",
    "imam": "applicant@demo.test",
}
"""The addresses everyone knows, by the key of who has them."""
PARTS_IN = {
    "steering": (Part.PRINCIPAL, Part.ALTERNATE, Part.DELEGATE, Part.STAFF),
    "institutional": (Part.PRINCIPAL, Part.ALTERNATE, Part.DELEGATE),
    "applicant": (Part.APPLICANT, Part.STAFF),
    "none": (Part.STAFF,),
}
"""The people of an organisation, by its tier. The first of an applying organisation writes its application."""


@dataclass(frozen=True)
class DemoPerson:
    """One person. `organisation` and `applicant` are keys or empty; `email` is the login where the demo names one."""

    key: str
    part: Part
    name: str
    latin_name: str
    email: str
    country: str
    languages: tuple[str, ...]
    headline: str
    biography: str
    expertise: tuple[str, ...]
    regions: tuple[str, ...]
    organisation: str = ""
    position: str = ""
    applicant: str = ""


def people(seed: int = SEED) -> list[DemoPerson]:
    """Everybody, in a fixed order: organisations, Secretariat, applicants, individual members, rising leaders."""
    return Gathering(Random(seed)).everybody()  # noqa: S311  nothing secret


class Gathering:
    """One run of making people up; it remembers which names and sentences are used."""

    def __init__(self, random: Random):
        self.random = random
        self.cultures = names.cultures()
        self.register = names.Register(random)
        self.biographer = Biographer(random)
        self.area_of = {row["code"]: row["parent"] or row["code"] for row in reference.rows("expertise")}
        self.fields = [code for code, area in self.area_of.items() if code != area]
        self.region_of = {row["code"]: row["region"] for row in reference.rows("countries")}
        self.met = dict.fromkeys(self.cultures, 0)

    def everybody(self) -> list[DemoPerson]:
        """See `people`."""
        gathered = []
        for organisation in organisations().values():
            gathered += self._of_organisation(organisation)
        gathered += [self._secretary(SEATED[HOST_SEAT - 1], number) for number in (1, 2)]
        gathered += [self._applicant(applicant) for applicant in applicants().values() if applicant.is_person]
        gathered += [self._individual(number) for number in range(1, INDIVIDUALS + 1)]
        gathered += [self._rising(number) for number in range(1, RISING + 1)]
        return gathered

    def _of_organisation(self, organisation: DemoOrganisation) -> list[DemoPerson]:
        culture = self.cultures[organisation.culture or self._culture_of(organisation.country)]
        return [
            self._member_of(
                organisation,
                key=f"{organisation.key}-{part}",
                part=part,
                culture=culture,
                position=position_in(organisation.kind, part, self.random),
                applicant=APPLYING.get(organisation.key, "") if number == 0 else "",
            )
            for number, part in enumerate(PARTS_IN[organisation.tier])
        ]

    def _secretary(self, host: DemoOrganisation, number: int) -> DemoPerson:
        return self._member_of(
            host,
            key=f"secretariat-{number}",
            part=Part.SECRETARIAT,
            culture=self.cultures[self._culture_of(host.country)],
            position=("Head of the Secretariat", "Secretariat officer")[number - 1],
        )

    def _member_of(self, organisation: DemoOrganisation, *, position: str, **given) -> DemoPerson:
        return self._person(
            country=organisation.country,
            expertise=self._fields(organisation.expertise),
            headline=f"{position}, {organisation.name}",
            position=position,
            organisation=organisation,
            **given,
        )

    def _applicant(self, applicant: DemoApplicant) -> DemoPerson:
        culture = self.cultures[applicant.culture]
        return self._person(
            key=applicant.key,
            part=Part.APPLICANT,
            culture=culture,
            country=culture.countries[0],
            expertise=applicant.expertise,
            regions=applicant.regions,
            headline=applicant.headline,
            biography=f"{applicant.biography} {REMARK}",
            position=applicant.position,
            applicant=applicant.key,
        )

    def _individual(self, number: int) -> DemoPerson:
        culture = self.cultures[self._least_met()]
        expertise, country = self._fields(()), self.random.choice(culture.countries)
        headline, before = independent_headline(Part.INDIVIDUAL, expertise[0], self.random), ""
        if number <= OFFICIALS:
            headline, before = official_headline(number, expertise[0])
        return self._person(
            key=f"individual-{number}",
            part=Part.INDIVIDUAL,
            culture=culture,
            country=country,
            expertise=expertise,
            headline=headline,
            biography=self.biographer.write(area=self.area_of[expertise[0]], country=country, before=before),
        )

    def _rising(self, number: int) -> DemoPerson:
        culture = self.cultures[self._least_met()]
        expertise, country = self._fields(()), self.random.choice(culture.countries)
        field = field_in_prose(expertise[0])
        return self._person(
            key=f"rising-leaders-{number}",
            part=Part.RISING,
            culture=culture,
            country=country,
            expertise=expertise,
            headline=independent_headline(Part.RISING, expertise[0], self.random),
            biography=self.biographer.write(area=Part.RISING, country=country, field=field),
        )

    def _person(self, *, key, culture, country, expertise, organisation=None, **given) -> DemoPerson:
        """The person, with what follows from the rest: name, address, languages, and, if none are given, the texts."""
        name = self.register.take(culture.key)
        self.met[culture.key] += 1
        given.setdefault("regions", (self.region_of[country],))
        if "biography" not in given:
            given["biography"] = self.biographer.write(area=self.area_of[expertise[0]], country=country)
        return DemoPerson(
            key=key,
            name=name.name,
            latin_name=name.latin_name,
            email=LOGINS.get(key) or names.address(name, organisation.domain if organisation else DOMAIN),
            country=country,
            languages=self._languages(culture),
            expertise=tuple(expertise),
            organisation=organisation.key if organisation else "",
            **given,
        )

    def _culture_of(self, country: str) -> str:
        """The culture most of whose names are usual in a country, of which most names are left."""
        usual = [key for key, culture in self.cultures.items() if country in culture.countries]
        return max(usual, key=self.register.left)

    def _least_met(self) -> str:
        fewest = min(number for key, number in self.met.items() if self.register.left(key))
        return self.random.choice(
            [key for key, number in self.met.items() if number == fewest and self.register.left(key)]
        )

    def _fields(self, codes: tuple[str, ...]) -> list[str]:
        """Two or three fields of expertise: some of an organisation's, or any."""
        if codes:
            chosen = self.random.sample(codes, k=min(2, len(codes)))
            return chosen + [self.random.choice(self.fields)] * (self.random.random() < 0.4)
        return self.random.sample(self.fields, k=self.random.choice((2, 3)))

    def _languages(self, culture: names.Culture) -> tuple[str, ...]:
        """The languages of where one is from, two at least if there are two, and English for most."""
        kept = culture.languages[: self.random.choice((2, 3))]
        return kept if "en" in kept or self.random.random() < 0.3 else (*kept, "en")
