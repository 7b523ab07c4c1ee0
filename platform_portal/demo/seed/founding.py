"""How the platform began: its first members, the steering committee and the Secretariat, and whom it deals with."""

from datetime import timedelta

from members.actions import accounts, memberships, offices, organisations, people, preferences
from members.choices.bodies import RepresentationRole, SeatRole, StaffRole
from members.models import Expertise, Language, Region
from members.rules.terms import add_months
from platform_portal.demo import sources
from platform_portal.demo.organisations import DemoOrganisation
from platform_portal.demo.people import HOST_SEAT, SEATED, DemoPerson, Part
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.world import STAFF, World

ROLES = {
    Part.PRINCIPAL: RepresentationRole.PRINCIPAL,
    Part.ALTERNATE: RepresentationRole.ALTERNATE,
    Part.DELEGATE: RepresentationRole.DELEGATE,
}
SEAT_ROLES = {Part.PRINCIPAL: SeatRole.PRINCIPAL, Part.ALTERNATE: SeatRole.ALTERNATE}
CHAIR_MONTHS, STAFF_MONTHS = 24, 36
PUBLIC_BODY = "A public body, entered from public sources as one the platform deals with. It holds no membership."


def founding(world: World) -> Plot:
    """The committee and its Secretariat first, then institutions, individual members and rising leaders."""
    yield from _committee(world)
    yield timedelta(days=3)
    founded = [each for each in world.made_up.values() if each.tier == "institutional" and not _came_later(world, each)]
    for organisation in founded:
        _institution(world, organisation, by=world.users[STAFF[0]])
        yield timedelta(minutes=4)
    yield timedelta(days=4)
    for person in [each for each in world.people.values() if each.part in (Part.INDIVIDUAL, Part.RISING)]:
        enter_person(world, person, by=world.users[STAFF[0]])
        memberships.grant(
            tier_terms=world.tiers[person.part].current_terms,
            person=world.persons[person.key],
            by=world.users[STAFF[0]],
        )
        yield timedelta(minutes=3)
    yield timedelta(days=8)
    _counterparts(world, by=world.users[STAFF[1]])


def _committee(world: World) -> Plot:
    """The host and its staff stand at the beginning; they enter everybody else."""
    host = SEATED[HOST_SEAT - 1]
    world.organisations[host.key] = _entered(world, host, by=None)
    for key, role in zip(STAFF, (StaffRole.HEAD, StaffRole.OFFICER), strict=True):
        person = enter_person(world, world.people[key], by=None)
        until = add_months(world.timeline.ago(0).date(), STAFF_MONTHS // 2)
        offices.appoint_staff(person=person, role=role, ends_on=until, by=None)
    yield timedelta(minutes=30)
    for organisation in SEATED:
        _institution(world, organisation, by=world.users[STAFF[0]])
        _seat(world, organisation, by=world.users[STAFF[0]])
        yield timedelta(minutes=5)
    chair = world.persons[f"{SEATED[0].key}-{Part.PRINCIPAL}"]
    until = add_months(world.timeline.ago(0).date(), CHAIR_MONTHS // 3)
    offices.appoint_chair(person=chair, ends_on=until, by=world.users[STAFF[0]])


def _came_later(world: World, organisation: DemoOrganisation) -> bool:
    """Whether an institution was admitted by a ballot."""
    applied = [each for each in world.applicants.values() if each.organisation == organisation.key]
    return any(each.tier == "institutional" for each in applied)


def _entered(world: World, organisation: DemoOrganisation, *, by):
    """An organisation, entered as it describes itself; the one that is known already, if it is."""
    if organisation.key in world.organisations:
        return world.organisations[organisation.key]
    return organisations.enter(
        name=organisation.name,
        acronym=organisation.acronym,
        kind=organisation.kind,
        country=world.countries[organisation.country],
        website=organisation.website,
        about=organisation.about,
        by=by,
    )


def _institution(world: World, organisation: DemoOrganisation, *, by) -> None:
    """A founding member with those who speak for it."""
    world.organisations[organisation.key] = entered = _entered(world, organisation, by=by)
    memberships.grant(tier_terms=world.tiers[organisation.tier].current_terms, organisation=entered, by=by)
    for person in world.people.values():
        if person.organisation == organisation.key and person.part != Part.SECRETARIAT:
            take_part(world, person, by=by)


def take_part(world: World, person: DemoPerson, *, by) -> None:
    """Let somebody who works in a member organisation take part: with a login and a role, or as known by name only."""
    enter_person(world, person, by=by)
    if person.part in ROLES:
        organisations.appoint_representative(
            organisation=world.organisations[person.organisation],
            person=world.persons[person.key],
            role=ROLES[person.part],
            by=by,
        )


def _seat(world: World, organisation: DemoOrganisation, *, by) -> None:
    seat = offices.open_seat(organisation=world.organisations[organisation.key], by=by)
    for part, role in SEAT_ROLES.items():
        offices.fill_seat(seat=seat, person=world.persons[f"{organisation.key}-{part}"], role=role, by=by)


def enter_person(world: World, person: DemoPerson, *, by):
    """Enter a person as they describe themselves. Those who only work somewhere have no login."""
    user = None if person.part == Part.STAFF else open_login(world, person, by=by)
    world.persons[person.key] = entered = people.enter(
        name=person.name,
        latin_name=person.latin_name,
        headline=person.headline,
        biography=person.biography,
        country=world.countries[person.country],
        expertise=world.listed(Expertise, person.expertise),
        regions=world.listed(Region, person.regions),
        languages=world.listed(Language, person.languages),
        user=user,
        by=by,
    )
    if person.organisation:
        organisations.affiliate(
            person=entered,
            organisation=world.organisations[person.organisation],
            position=person.position,
            by=by,
        )
    return entered


def open_login(world: World, person: DemoPerson, *, by):
    """A login for a person."""
    language = world.language_of(person)
    world.users[person.key] = user = accounts.open_login(email=person.email, language=language, by=by)
    settle_in(world, person)
    return user


def settle_in(world: World, person: DemoPerson) -> None:
    """What a person does with a new login: choose a time zone and, if the demo names them, the known password."""
    user = world.users[person.key]
    preferences.choose_time_zone(user=user, time_zone=world.zones[person.country], by=user)
    if person.email.endswith("@demo.test"):
        user.password = world.password
        user.save(update_fields=["password"])


def _counterparts(world: World, *, by) -> None:
    """Organisations that are no members: real public bodies, and a few made-up ones where members' friends work."""
    for row in sources.rows("bodies"):
        organisations.enter(
            name=row["name"],
            acronym=row["acronym"],
            kind=row["kind"],
            country=world.countries[row["country"]],
            website=row["website"],
            about=PUBLIC_BODY,
            by=by,
        )
    for organisation in [each for each in world.made_up.values() if each.tier == "none"]:
        world.organisations[organisation.key] = _entered(world, organisation, by=by)
        for person in [each for each in world.people.values() if each.organisation == organisation.key]:
            enter_person(world, person, by=by)
