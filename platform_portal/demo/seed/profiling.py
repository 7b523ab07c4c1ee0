"""How the people of the story fill in their profiles, once there is room for more than a biography."""

from datetime import timedelta

from members.actions import people, profiles
from members.kernel.clock import today
from members.models import Expertise, Language, Person
from platform_portal.demo.people import DemoPerson
from platform_portal.demo.profiles import DemoProfile, portrait_of, profile_of
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.world import World

BEGAN = 19
"""How many days ago."""


def filled_in(world: World) -> Plot:
    """Those who have a login and a profile say what they wish to; some hang a portrait."""
    known = world.users.keys() & world.persons.keys() & world.people.keys()
    said = {key: profile_of(world.people[key], year=today().year) for key in sorted(known)}
    for key, profile in said.items():
        if profile.has_portrait:
            world.papers.portray(key, portrait_of(world.people[key]))
    yield timedelta(hours=30)
    for key, profile in said.items():
        fill_in(world, world.people[key], profile)


def fill_in(world: World, person: DemoPerson, profile: DemoProfile) -> None:
    """One person's sections, one after the other."""
    row = Person.objects.get(pk=world.persons[person.key].pk)
    by = world.users[person.key]
    if profile.expertise:
        entries = world.entries[Expertise]
        rows = [{"expertise": entries[code], "level": level} for code, level in profile.expertise.items()]
        row = profiles.keep_expertise(person=row, by=by, revision=row.revision, rows=rows)
    if profile.languages:
        entries = world.entries[Language]
        rows = [{"language": entries[code], "level": level} for code, level in profile.languages.items()]
        row = profiles.keep_languages(person=row, by=by, revision=row.revision, rows=rows)
    if profile.positions:
        rows = [vars(position) for position in profile.positions]
        row = profiles.keep_positions(person=row, by=by, revision=row.revision, rows=rows)
    if profile.works:
        rows = [vars(work) | {"language": world.entries[Language][work.language]} for work in profile.works]
        row = profiles.keep_publications(person=row, by=by, revision=row.revision, rows=rows)
    if profile.rival:
        apart = {"words": profile.rival, "from_person": None, "from_organisation": None, "reason": profile.quarrel}
        row = profiles.keep_separations(person=row, by=by, revision=row.revision, rows=[apart])
    _say_when_and_how(row, profile, by=by, present=world.timeline.present.date())
    if profile.has_portrait:
        profiles.hang(person=row, by=by, picture=world.papers.take(person.key))


def _say_when_and_how(row: Person, profile: DemoProfile, *, by, present) -> None:
    if profile.availability:
        row = profiles.offer(
            person=row,
            by=by,
            revision=row.revision,
            availability=profile.availability,
            available_again_on=present + timedelta(days=profile.pause) if profile.pause else None,
            availability_note=profile.note,
        )
    if profile.contact:
        people.change(person=row, by=by, revision=row.revision, contact_by=profile.contact, contact_note=profile.wish)
