"""Meetings in the story: the Transatlantic Task Force has met and meets again; the early warning group has met."""

from datetime import time, timedelta

from members.kernel.clock import today
from platform_portal.demo.seed.clock import Plot
from taskforces.actions import action_items, agenda, meetings, minutes
from taskforces.choices import MinutesAudience, Reply, SeatKind
from taskforces.models import WorkingGroup
from taskforces.reference.kinds import TRANSATLANTIC

EARLY_WARNING = "Working Group on Early Warning Methods"
AGENDA = (
    (
        "What the two parliaments asked for this year",
        20,
        (
            "Four requests were compared. Three of them want the same thing: a page that a committee can read on the "
            "day before a hearing."
        ),
        "The group offers both parliaments a common one-page format.",
    ),
    (
        "Early signs that were passed on and not acted on",
        40,
        (
            "Two cases were gone through from the first cable to the decision. The signs were there; what was missing "
            "was somebody whose task it was to answer."
        ),
        "",
    ),
    (
        "Programme until the end of the year",
        15,
        "Three papers are in hand, and there is time for one more hearing.",
        "The next meeting settles who speaks at the hearing.",
    ),
)
SUMMARY = "The group met online for an hour and a half, agreed on a common format, and shared out the next steps."


def _chair(group):
    return group.seats.get(role=SeatKind.CHAIR, ended_at=None).person


def _people(group, *roles):
    return [seat.person for seat in group.seats.filter(role__in=roles, ended_at=None).order_by("pk")]


def _met(group, *, title, zone, in_days, **facts):
    """A meeting that is planned, and answered by some."""
    chair = _chair(group)
    meeting = meetings.plan(
        group=group,
        title=title,
        day=today() + timedelta(days=in_days),
        begins=time(15),
        length=90,
        time_zone=zone,
        by=chair.user,
        **facts,
    )
    replies = (Reply.YES, Reply.YES, Reply.MAYBE, Reply.YES, Reply.NO)
    for person, reply in zip(_people(group, SeatKind.VICE_CHAIR, SeatKind.MEMBER), replies, strict=False):
        meetings.answer(meeting=meeting, person=person, reply=reply, by=person.user)
    return meeting


def _kept(meeting, *, outcomes, summary, by) -> None:
    people = _people(meeting.group, SeatKind.CHAIR, SeatKind.VICE_CHAIR, SeatKind.RAPPORTEUR, SeatKind.MEMBER)
    minutes.record_attendance(meeting=meeting, present=people[:6], among=people, by=by)
    minutes.write(meeting=meeting, summary=summary, items=outcomes, revision=0, by=by)


def plot(world) -> Plot:
    """Begins once both groups are active."""
    task_force = WorkingGroup.objects.get(slug=TRANSATLANTIC["slug"])
    chair = _chair(task_force).user
    facts = {"place": "", "link": "https://meet.demo.test/transatlantic", "minutes_for": MinutesAudience.MEMBERS}
    meeting = _met(task_force, title="The next hearing", zone="Europe/Paris", in_days=14, **facts)
    rapporteur = _people(task_force, SeatKind.RAPPORTEUR)
    outcomes = {}
    for title, length, discussion, decision in AGENDA:
        owner = rapporteur[0] if rapporteur else None
        item = agenda.add(meeting=meeting, title=title, minutes=length, owner=owner, by=chair)
        outcomes[item.pk] = (discussion, decision)
    yield timedelta(days=15)
    _kept(meeting, outcomes=outcomes, summary=SUMMARY, by=chair)
    owners = _people(task_force, SeatKind.VICE_CHAIR, SeatKind.RAPPORTEUR, SeatKind.CHAIR)
    tasks = ("Draft the one-page format", "Ask both clerks for dates of the hearing", "Send the two cases to the group")
    given = [
        action_items.give(
            meeting=meeting, text=text, owner=owner, due_on=today() + timedelta(days=21 + 14 * number), by=chair
        )
        for number, (text, owner) in enumerate(zip(tasks, owners, strict=False))
    ]
    minutes.circulate(meeting=meeting, by=chair)
    yield timedelta(days=6)
    minutes.approve(meeting=meeting, revision=1, by=chair)
    action_items.finish(item=given[0], outcome="Sent round; two members answered with changes.", by=given[0].owner.user)
    yield from _early_warning()


def _early_warning() -> Plot:
    group = WorkingGroup.objects.get(name=EARLY_WARNING)
    chair = _chair(group).user
    facts = {"link": "https://meet.demo.test/early-warning", "is_chatham_house": True}
    meeting = _met(group, title="Which methods we compare", zone="Africa/Nairobi", in_days=5, **facts)
    item = agenda.add(meeting=meeting, title="Criteria for the comparison", minutes=45, by=chair)
    yield timedelta(days=6)
    outcomes = {item.pk: ("Lead time, false alarms, and whether a desk officer can use it.", "Three criteria are set.")}
    _kept(meeting, outcomes=outcomes, summary="A first meeting, to agree on what is compared.", by=chair)
    minutes.circulate(meeting=meeting, by=chair)


def ahead(world) -> Plot:
    """The next meeting of the task force, within two weeks of the present."""
    task_force = WorkingGroup.objects.get(slug=TRANSATLANTIC["slug"])
    link = "https://meet.demo.test/transatlantic"
    meeting = _met(task_force, title="Before the hearing", zone="Europe/Paris", in_days=11, link=link)
    chair = _chair(task_force).user
    agenda.add(meeting=meeting, title="Who speaks at the hearing", minutes=30, by=chair)
    agenda.add(meeting=meeting, title="The one-page format, second draft", minutes=30, by=chair)
    members = _people(task_force, SeatKind.MEMBER)
    agenda.propose(meeting=meeting, title="A visit to the archive of cables", minutes=10, by=members[0].user)
    yield from ()
