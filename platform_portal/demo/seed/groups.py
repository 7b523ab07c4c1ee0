"""Working groups in the story: the Transatlantic Task Force and three others, each at another point of its life."""

from datetime import timedelta
from itertools import islice

from members.kernel.clock import today
from members.models import Country, Expertise, Person, User
from members.permissions.people import belongs
from platform_portal.demo.people import Part
from platform_portal.demo.seed import charters, library
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.protection import PROTECTED
from platform_portal.demo.seed.world import STAFF, World
from taskforces.actions import groups, invitations, milestones, reference, reports, requests, seats
from taskforces.choices import GroupState, MilestoneState, SeatKind
from taskforces.models import GroupKind, WorkingGroup
from taskforces.queries.eligibility import eligible
from taskforces.reference.kinds import TRANSATLANTIC

CHAIR, OTHER_CHAIR = f"saintebrume-{Part.PRINCIPAL}", f"lumbasi-{Part.PRINCIPAL}"
OBSERVER, RISING, INDIVIDUAL = f"lumbasi-{Part.ALTERNATE}", "rising-leaders-1", "individual-29"
MESSAGES = (
    "I have followed the two parliaments' hearings on early action since 2019 and can draft.",
    "My institute keeps a file of early warning cables that were not acted on. It should be of use.",
    "I worked in a ministry on stabilisation budgets and know how they are decided.",
)
EARLY_WARNING = (
    "Compares methods of early warning: what was forecast, what happened, and what reached those who decide. It "
    "writes advice that a desk officer can use on the same day."
)
LAKES = "Brings together members who work in the Great Lakes region, and keeps its contacts warm between elections."
NOMINATIONS = "Looks for candidates for the offices of the platform and puts them to the steering committee."


MILESTONES = (
    {"title": "A map of the desks that work on prevention in the capitals of both sides"},
    {"title": "A joint briefing for the two foreign affairs committees", "details": "In the spring, before recess."},
    {"title": "Six desk officers have been through the exercise on early warning"},
    {"title": "A common glossary with the African regional bodies", "details": "Asked for at the second meeting."},
)
REPORT = {
    "done": "The group took in nine members, chose its officers and mapped the desks it will work with.",
    "obstacles": "Two capitals have no desk for prevention at all; whom to write to there is open.",
    "plans": "The joint briefing in the spring, and the exercise on early warning.",
    "needs": "Somebody who drafts in German.",
}


def plot(world: World) -> Plot:
    """Founded over some months; requests and an invitation wait at the end."""
    head = world.users[STAFF[0]]
    reference.load()
    task_force = WorkingGroup.objects.get(slug=TRANSATLANTIC["slug"])
    _seat(world, task_force, CHAIR, SeatKind.CHAIR)
    yield from charters.chartered(world, task_force, charters.TASK_FORCE)
    _seat(world, task_force, STAFF[1], SeatKind.LIAISON)
    for user in islice(_eligible(world, task_force), 9):
        yield from _taken_in(world, task_force, user)
    staying = task_force.seats.filter(role=SeatKind.MEMBER, ended_at=None).order_by("pk")
    members = [seat.person for seat in staying]
    for person, role in zip(members, (SeatKind.VICE_CHAIR, SeatKind.RAPPORTEUR), strict=False):
        seats.grant(group=task_force, person=person, role=role, by=head)
    yield timedelta(days=9)
    _invited(world, task_force, OBSERVER, SeatKind.OBSERVER)
    yield timedelta(days=20)
    yield from _others(world, by=head)
    left = list(task_force.seats.filter(role=SeatKind.MEMBER, ended_at=None).order_by("-pk"))
    seats.leave(seat=left[0], by=left[0].person.user)
    yield timedelta(days=2)
    yield from _work(task_force, by=world.users[CHAIR])
    yield from library.plot(world, task_force, WorkingGroup.objects.get(short_name="EWM"))
    yield timedelta(days=3)
    last = list(islice(_eligible(world, task_force), 2))
    for user, message in zip(last, MESSAGES, strict=False):
        requests.ask(group=task_force, person=user.person, message=message, by=user)
        yield timedelta(days=2)


def _work(group, *, by) -> Plot:
    """Milestones at every point of their life, and the first report."""
    found = [milestones.propose(group=group, by=by, **facts) for facts in MILESTONES]
    for milestone in found[:3]:
        milestones.take_on(milestone=milestone, by=by)
        yield timedelta(hours=5)
    outcome = "Twelve desks in nine capitals are on the map; two asked not to be named in it."
    milestones.end(milestone=found[0], state=MilestoneState.REACHED, outcome=outcome, by=by)
    milestones.change(milestone=found[1], by=by, revision=0, title=found[1].title, due_on=today() + timedelta(days=60))
    reports.file(group=group, by=by, **REPORT)
    yield timedelta(days=2)


def _others(world: World, *, by) -> Plot:
    kinds = {kind.key: kind for kind in GroupKind.objects.all()}
    codes = ("early-warning", "early-warning-osint", "early-warning-risk-assessment")
    early = groups.enter(
        name="Working Group on Early Warning Methods",
        short_name="EWM",
        kind=kinds["technical"],
        purpose=EARLY_WARNING,
        reason="Asked for by the inquiry of a regional body, which no single member could answer.",
        by=by,
    )
    _seat(world, early, OTHER_CHAIR, SeatKind.CHAIR)
    yield from charters.chartered(world, early, charters.EARLY_WARNING)
    knowing = Person.objects.filter(expertise__in=Expertise.objects.filter(code__in=codes))
    for user in _taking_part(world, knowing)[:7]:
        if user != world.users[OTHER_CHAIR]:
            requests.ask(group=early, person=user.person, by=user)
            yield timedelta(hours=30)
    for key in (INDIVIDUAL, PROTECTED, RISING):
        user = User.objects.get(pk=world.users[key].pk)
        if seats.current(user.person, early, on=today()) is None:
            requests.ask(group=early, person=user.person, by=user)
    lakes = groups.enter(
        name="Great Lakes Group",
        kind=kinds["regional"],
        purpose=LAKES,
        reason="Members of the region ask for a place of their own.",
        countries=Country.objects.filter(code__in=["BI", "CD", "KE", "RW", "TZ", "UG"]),
        by=by,
    )
    _seat(world, lakes, OTHER_CHAIR, SeatKind.CHAIR)
    yield from charters.chartered(world, lakes, charters.LAKES)
    for user in islice(_eligible(world, lakes), 3):
        yield from _taken_in(world, lakes, user)
    yield timedelta(days=35)
    _to(lakes, GroupState.DORMANT, "Nothing to do before the elections; it wakes when they are called.", by=by)
    groups.enter(
        name="Committee on Nominations",
        kind=kinds["committee"],
        purpose=NOMINATIONS,
        reason="The chair's term ends next year, and somebody must look for successors.",
        by=by,
    )


def _to(group, state, reason, *, by) -> None:
    groups.step(group=group, state=state, reason=reason, by=by)


def _seat(world: World, group, key, role) -> None:
    seats.grant(group=group, person=world.persons[key], role=role, by=world.users[STAFF[0]])


def _taking_part(world: World, people) -> list[User]:
    """The logins of some people who take part now, in the order in which they came."""
    here = Person.objects.filter(belongs(on=today()), pk__in=people.values("pk"))
    users = User.objects.filter(person__in=here, is_active=True)
    return list(users.filter(pk__in=[user.pk for user in world.users.values()]).select_related("person").order_by("pk"))


def _eligible(world: World, group):
    """One after the other, people who are eligible for a group and in none of its seats."""
    for user in _taking_part(world, Person.objects.filter(protection__isnull=True)):
        if seats.current(user.person, group, on=today()) is None and eligible(user.person, group, to=user, on=today()):
            yield user


def _taken_in(world: World, group, user) -> Plot:
    """Somebody asks, and the chair takes them in after a while."""
    asked = requests.ask(group=group, person=user.person, by=user, message=MESSAGES[user.pk % len(MESSAGES)])
    yield timedelta(days=1.3)
    requests.accept(request=asked, by=group.seats.get(role=SeatKind.CHAIR, ended_at=None).person.user)


def _invited(world: World, group, key, role) -> None:
    chair = group.seats.get(role=SeatKind.CHAIR, ended_at=None).person.user
    offered = invitations.invite(group=group, person=world.persons[key], role=role, by=chair)
    invitations.accept(invitation=offered, by=world.users[key])
