"""Charters in the story: three groups are chartered, one of them anew, and a committee waits for its first ballot."""

from collections.abc import Iterable
from datetime import date, timedelta

from members.actions import ballots
from members.choices.ballots import ConflictAnswer, Position
from members.choices.bodies import SeatRole
from members.kernel.clock import today
from members.kernel.tokens import new_token
from members.models import Ballot, SeatTerm, User
from members.rules.terms import add_months
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.world import STAFF, World
from taskforces.actions import charters
from taskforces.choices import Disposition, SeatKind
from taskforces.models import Charter, WorkingGroup
from taskforces.queries.charters import content_of, in_force
from taskforces.reference.kinds import TRANSATLANTIC

RECHARTERED, NOMINATED = 25, 6
"""How many days ago the Transatlantic Task Force began a new charter, and the Committee on Nominations its first."""
MEMBERSHIP = "Members of the platform who meet what the group asks for. The chair and the vice-chair answer who asks."
RESERVED = "Money, statements on a single state or its government, and whatever binds the platform as a whole."
TASK_FORCE = {
    "scope": "What governments on both sides of the Atlantic know, decide and do before atrocities begin.\nNot: what "
    "is done once they have begun, for which other bodies exist.",
    "aims": "A briefing for the two foreign services twice a year.\nA list of early decisions that were in reach and "
    "not taken, with the reasons.",
    "powers": "It invites officials to its meetings, and publishes briefings in its own name.",
    "reserved": RESERVED,
    "membership": MEMBERSHIP,
}
ANEW = {
    "aims": "A briefing for the foreign services four times a year.\nA list of early decisions that were in reach and "
    "not taken, with the reasons, open to all members.",
    "powers": "It invites officials to its meetings, publishes briefings in its own name, and answers inquiries that "
    "the Secretariat refers to it.",
}
EARLY_WARNING = {
    "scope": "Methods of forecasting, and how their results reach those who decide.",
    "aims": "A comparison of methods every year, and advice that a desk officer can use on the same day.",
    "powers": "It publishes its comparisons in its own name.",
    "reserved": RESERVED,
    "membership": "Whoever works in the field joins at once.",
}
LAKES = {
    "scope": "Members who work in the Great Lakes region, and what they notice between elections.",
    "aims": "A meeting before each election of the region, and a note to the Secretariat after it.",
    "powers": "It speaks to the regional bodies that ask it.",
    "reserved": RESERVED,
    "membership": MEMBERSHIP,
}
NOMINATIONS = {
    "scope": "Candidates for the offices of the platform.",
    "aims": "At least two candidates for each office, three months before it falls free.",
    "powers": "It asks members whether they would serve, in confidence.",
    "reserved": "The choice itself.",
    "membership": "Five members, invited by the Secretariat, none of whom stands for an office.",
}
COMMENTS = (
    ("Four briefings a year are more than we can write well. Say “up to four”.", None, ""),
    (
        "Who decides which inquiries come to the group? It should be able to decline one.",
        Disposition.ACCEPTED,
        "The next version says that the chair can decline an inquiry within five days.",
    ),
    (
        "Officials should be members, not guests.",
        Disposition.NOT_ACCEPTED,
        "Members of the platform are not officials in office; that is the steering committee's rule, not ours.",
    ),
)


def chartered(world: World, group: WorkingGroup, text: dict) -> Plot:
    """From the first draft to an active group: two ballots, and the comments between them."""
    charter = _handed_in(group, text, days=14)
    yield from _decided(world, charter)
    charter.refresh_from_db()
    yield charter.comment_ends_at + timedelta(hours=3)
    charters.hand_in(charter=charter, by=_chair(group))
    yield from _decided(world, charter)


def rechartered(world: World) -> Plot:
    """The task force is to do more: its new charter is out for comment."""
    group = WorkingGroup.objects.get(slug=TRANSATLANTIC["slug"])
    before = content_of(in_force(group, on=today()).adopted_version)
    charter = _handed_in(group, {name: before[name] for name in TASK_FORCE} | ANEW, days=35)
    yield from _decided(world, charter)
    charter.refresh_from_db()
    others = group.seats.filter(ended_at=None, role=SeatKind.MEMBER, person__protection=None).order_by("pk")
    for seat, (text, disposition, answer) in zip(others, COMMENTS, strict=False):
        yield timedelta(days=2.5)
        said = charters.comment(charter=charter, person=seat.person, text=text, by=seat.person.user)
        if disposition:
            yield timedelta(hours=20)
            charters.dispose(comment=said, disposition=disposition, answer=answer, by=_chair(group))


def nominated(world: World) -> Plot:
    """The Secretariat drafts for a committee that nobody chairs yet; its ballot is open."""
    head, group = world.users[STAFF[0]], WorkingGroup.objects.get(name="Committee on Nominations")
    charter = charters.write(group=group, by=head, revision=0, **NOMINATIONS, **_days())
    charters.hand_in(charter=charter, by=head)
    yield timedelta(days=1)
    ballot = _opened(world, charter)
    yield from _votes(ballot, list(_filling())[1:4])


def _handed_in(group: WorkingGroup, text: dict, *, days: int) -> Charter:
    charter = charters.write(group=group, by=_chair(group), revision=0, **text, **_days())
    return charters.hand_in(charter=charter, by=_chair(group), comment_days=days)


def _days() -> dict[str, date]:
    """A mandate of two years, looked at after one."""
    return {"review_on": add_months(today(), 12), "mandate_ends_on": add_months(today(), 24)}


def _chair(group: WorkingGroup) -> User:
    return group.seats.get(role=SeatKind.CHAIR, ended_at=None).person.user


def _opened(world: World, charter: Charter) -> Ballot:
    head = world.users[STAFF[0]]
    return ballots.open(ballot=charters.put(charter=charter, by=head), by=head)


def _filling() -> Iterable[User]:
    """Who fills the seats now, one for each."""
    terms = SeatTerm.objects.in_force(on=today()).filter(role=SeatRole.PRINCIPAL, seat__closed_on=None)
    return [term.person.user for term in terms.select_related("person__user").order_by("seat__number")]


def _decided(world: World, charter: Charter) -> Plot:
    """A ballot that all seats agree in, so that it closes with the last."""
    yield timedelta(hours=26)
    ballot = _opened(world, charter)
    yield from _votes(ballot, _filling())
    if Ballot.objects.filter(pk=ballot.pk, verdict="").exists():
        yield ballot.closes_at + timedelta(seconds=20)
        ballots.close(ballot=ballot)


def _votes(ballot: Ballot, users: Iterable[User]) -> Plot:
    for user in users:
        yield timedelta(hours=5)
        ballots.answer_conflict(ballot=ballot, by=user, answer=ConflictAnswer.NONE)
        ballots.cast(
            ballot=ballot,
            by=user,
            choice=Position.YES,
            nonce=new_token(),
            based_on=ballot.events.order_by("-sequence").first().sequence,
        )
