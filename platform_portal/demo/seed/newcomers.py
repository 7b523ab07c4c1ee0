"""How people of the story come in after the founding: by an invitation, or by asking for the way in."""

from datetime import timedelta

from members.actions import applications, entry, people
from members.choices.bodies import RepresentationRole
from members.kernel.clock import today
from members.kernel.tokens import derived_tokens
from members.models import Expertise, Language, Organisation, Region
from members.queries import affiliations
from platform_portal.demo.applicants import DemoApplicant
from platform_portal.demo.people import DemoPerson, Part
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.founding import ROLES, settle_in
from platform_portal.demo.seed.world import World


def introduce(world: World, newcomer: DemoPerson) -> None:
    """A new member says on the profile who they are."""
    person = world.persons[newcomer.key]
    person.refresh_from_db()
    people.change(
        person=person,
        by=world.users[newcomer.key],
        revision=person.revision,
        latin_name=newcomer.latin_name,
        headline=newcomer.headline,
        biography=newcomer.biography,
        country=world.countries[newcomer.country],
        expertise=world.listed(Expertise, newcomer.expertise),
        regions=world.listed(Region, newcomer.regions),
        languages=world.listed(Language, newcomer.languages),
    )


def invite_colleagues(world: World, organisation: str) -> Plot:
    """The principal of a new member invites the others, who come in by the link."""
    principal = world.users[f"{organisation}-{Part.PRINCIPAL}"]
    for part in (Part.ALTERNATE, Part.DELEGATE):
        colleague = world.people[f"{organisation}-{part}"]
        yield timedelta(hours=26)
        yield from invited(world, colleague, role=ROLES[part], by=principal)
        yield timedelta(hours=1)
        introduce(world, colleague)


def invited(world: World, newcomer: DemoPerson, *, role: RepresentationRole, by) -> Plot:
    """An invitation, and a day later the one who comes by it."""
    organisation = world.organisations[newcomer.organisation]
    language = world.language_of(newcomer)
    link = entry.invite(organisation=organisation, email=newcomer.email, role=role, by=by, language=language)
    yield timedelta(days=1)
    entered = entry.use(token=next(derived_tokens("entry", link.public_id.hex)), by=None, name=newcomer.name)
    world.users[newcomer.key], world.persons[newcomer.key] = entered.user, entered.user.person
    settle_in(world, newcomer)


def ask_for_the_way_in(world: World, applicant: DemoApplicant) -> Plot:
    """Who works for a member organisation asks it to be let in through it, as the page of affiliations offers."""
    known = affiliations.participating_named([applicant.employer], on=today())
    for organisation in known.values():
        yield timedelta(hours=3)
        _ask(world, applicant, organisation)


def _ask(world: World, applicant: DemoApplicant, organisation: Organisation) -> None:
    application = world.applications[applicant.key]
    user = world.users[world.writer_of(applicant.key).key]
    applications.ask_representative(application=application, organisation=organisation, by=user)
