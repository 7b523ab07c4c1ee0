"""The cast: one person of every kind, in a small world, the same in every test that asks who may do what."""

from dataclasses import dataclass, field

from members.actions import accounts, memberships, offices, organisations, people, reference, rights
from members.choices.bodies import OrganisationKind, RepresentationRole, SeatRole, StaffRole
from members.kernel.clock import today
from members.models import Country, Organisation, Person, Tier, User
from members.rules.terms import add_months
from taskforces.actions import reference as groups_reference
from tests.database.kept import put_back

PASSWORD = "cast-of-the-tests-2026"
SEATS = 5
DOMAIN = "@cast.test"
ORGANISATIONS = {f"steering-{number}": f"Steering Institute {number}" for number in range(1, SEATS + 1)} | {
    "institution": "Institute of the Cast",
    "other-institution": "Another Institute of the Cast",
}
"""The organisations by the name a test calls them."""


@dataclass
class Cast:
    """People by the name a test calls them, with logins; and the organisations they belong to."""

    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def __getitem__(self, name) -> User:
        return self.users[name]

    def person(self, name) -> Person:
        return self.users[name].person

    @property
    def seats(self) -> list[User]:
        """The principals of the steering seats, in the order of their numbers."""
        return [self.users[f"steering-{number}"] for number in range(1, SEATS + 1)]


def _login(cast, name, full_name, **fields):
    user = accounts.open_login(email=f"{name}{DOMAIN}", password=PASSWORD, by=None)
    cast.users[name] = user
    if full_name:
        people.enter(name=full_name, user=user, by=None, **fields)
    return user


def _institution(cast, key, tier, country):
    organisation = organisations.enter(
        name=ORGANISATIONS[key], kind=OrganisationKind.RESEARCH, country=Country.objects.get(code=country), by=None
    )
    cast.organisations[key] = organisation
    memberships.grant(tier_terms=tier.current_terms, organisation=organisation, by=None)
    return organisation


def _speaks(cast, name, organisation, role):
    organisations.appoint_representative(organisation=organisation, person=cast.person(name), role=role, by=None)


def assemble() -> Cast:
    """The cast: five steering seats, the first chairing and with an alternate; two staff; one of each tier.

    Made once, when the template of the test databases is (`tests.database.template`), and put back here; made anew
    beside what the test has made before.
    """
    if not put_back():
        make()
    users = User.objects.select_related("person").filter(email__endswith=DOMAIN)
    organisations = {row.name: row for row in Organisation.objects.all()}
    return Cast(
        users={user.email.removesuffix(DOMAIN): user for user in users.order_by("pk")},
        organisations={key: organisations[name] for key, name in ORGANISATIONS.items()},
    )


def make() -> None:
    """Make the cast by the portal's own actions."""
    reference.load()
    groups_reference.load()
    with rights.recomputed_together():
        _gather(Cast())


def _gather(cast: Cast):
    tiers = {tier.short_name: tier for tier in Tier.objects.all()}
    year = add_months(today(), 12)
    countries = ("KE", "BR", "NP", "PT", "FJ")
    for number, country in enumerate(countries, start=1):
        name = f"steering-{number}"
        _login(cast, name, f"Steering Member {number}")
        organisation = _institution(cast, name, tiers["steering"], country)
        _speaks(cast, name, organisation, RepresentationRole.PRINCIPAL)
        seat = offices.open_seat(organisation=organisation, by=None)
        offices.fill_seat(seat=seat, person=cast.person(name), role=SeatRole.PRINCIPAL, by=None)
    _login(cast, "alternate", "Alternate of Seat One")
    _speaks(cast, "alternate", cast.organisations["steering-1"], RepresentationRole.ALTERNATE)
    seat = cast.organisations["steering-1"].seat
    offices.fill_seat(seat=seat, person=cast.person("alternate"), role=SeatRole.ALTERNATE, by=None)
    offices.appoint_chair(person=cast.person("steering-1"), ends_on=year, by=None)
    for number, role in ((1, StaffRole.HEAD), (2, StaffRole.OFFICER)):
        _login(cast, f"secretariat-{number}", f"Officer Number {number}")
        offices.appoint_staff(person=cast.person(f"secretariat-{number}"), role=role, ends_on=year, by=None)
    _login(cast, "institution", "Principal of an Institution")
    _speaks(
        cast,
        "institution",
        _institution(cast, "institution", tiers["institutional"], "GH"),
        RepresentationRole.PRINCIPAL,
    )
    _login(cast, "delegate", "Delegate of an Institution")
    _speaks(cast, "delegate", cast.organisations["institution"], RepresentationRole.DELEGATE)
    _login(cast, "other-institution", "Principal of another Institution")
    _speaks(
        cast,
        "other-institution",
        _institution(cast, "other-institution", tiers["institutional"], "PE"),
        RepresentationRole.PRINCIPAL,
    )
    for name, tier in (("individual", "individual"), ("rising", "rising-leaders")):
        _login(cast, name, f"{tier} member".title())
        memberships.grant(tier_terms=tiers[tier].current_terms, person=cast.person(name), by=None)
    _login(cast, "applicant", "Applicant in Waiting")
    _login(cast, "stranger", None)
    _login(cast, "out-of-use", "Login out of Use")
    cast["out-of-use"].is_active = False
    cast["out-of-use"].save()
    rights.recompute(cast["out-of-use"])
