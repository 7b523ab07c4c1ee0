"""Reads of ballots with more than one caller: whose position is awaited, and lists with the questions in words."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from members.choices.ballots import VERDICT_TONES, BallotState, Verdict
from members.choices.ballots import ConflictAnswer as Answer
from members.models import Ballot, ConflictAnswer, Person, Recusal, RollEntry, SeatPosition, SeatTerm
from members.permissions.ballots import seats_of, visible_to
from members.permissions.matters import MATTERS, is_about, of_kind
from members.queries.standings import Standing, standing_of, with_standing
from members.rules.ballots import LIVE

# --- Whose position is awaited ------------------------------------------------------------------------------------


def awaited(*, at: datetime) -> QuerySet[RollEntry]:
    """The seats whose position is awaited at an instant: eligible, silent, in ballots that take positions."""
    spoken = SeatPosition.objects.filter(ballot=OuterRef("ballot"), seat=OuterRef("seat"))
    stands_aside = Recusal.objects.filter(ballot=OuterRef("ballot"), seat=OuterRef("seat"))
    accepting = Ballot.objects.accepting(at=at).values("pk")
    return RollEntry.objects.filter(~Exists(spoken), ~Exists(stands_aside), eligible=True, ballot__in=accepting)


def needs_position(user, on: date, at: datetime) -> QuerySet[Ballot]:
    """The ballots that need a position of this user's seat, the most urgent first.

    To-do lists, reminders and mails all ask this function, or `people_awaited`, which says the same of one ballot.
    """
    if not user.is_authenticated or not user.is_active:
        return Ballot.objects.none()
    stands_aside = ConflictAnswer.objects.filter(ballot=OuterRef("pk"), person__user=user, answer=Answer.CONFLICTED)
    entries = awaited(at=at).filter(seat__in=seats_of(user, on=on))
    return Ballot.objects.filter(~Exists(stands_aside), pk__in=entries.values("ballot")).order_by("closes_at", "pk")


def people_awaited(ballot: Ballot, on: date, at: datetime) -> QuerySet[Person]:
    """The people who fill the seats whose position is awaited in a ballot, and do not stand aside."""
    stands_aside = ballot.conflict_answers.filter(answer=Answer.CONFLICTED).values("person")
    seats = awaited(at=at).filter(ballot=ballot).values("seat")
    terms = SeatTerm.objects.in_force(on=on).filter(seat__in=seats).exclude(person__in=stands_aside)
    return Person.objects.filter(pk__in=terms.values("person"), user__is_active=True)


# --- Words --------------------------------------------------------------------------------------------------------


def questions_for(viewer, ballots: Collection[Ballot], *, on: date) -> dict[int, str]:
    """The question of each ballot by primary key, with what this viewer may know of the subject in it.

    In a fixed number of statements for each kind of subject.
    """
    questions = {}
    for model, matter in MATTERS.items():
        about = [ballot for ballot in ballots if is_about(ballot, model)]
        titles = matter.titles(viewer, {ballot.subject_id for ballot in about}, on=on) if about else {}
        questions |= {row.pk: _(row.question).format(subject=titles[row.subject_id]) for row in about}
    return questions


def status_of(standing: Standing) -> tuple[str, str]:
    """Tone and words of the pill that says where a ballot stands."""
    if standing.closed:
        return VERDICT_TONES[standing.verdict], standing.verdict.label
    if standing.accepting:
        return "now", _("Closes in {time}").format(time=timeuntil(standing.ballot.closes_at, standing.at, depth=2))
    return "plain", BallotState(standing.ballot.state).label


@dataclass(frozen=True)
class Line:
    """A ballot in a list."""

    standing: Standing
    question: str

    @property
    def ballot(self) -> Ballot:
        return self.standing.ballot

    @property
    def status(self) -> tuple[str, str]:
        return status_of(self.standing)


def lines_of(viewer, ballots, *, on: date, at: datetime) -> list[Line]:
    """Ballots as lines of a list, in a fixed number of statements."""
    rows = list(ballots)
    questions = questions_for(viewer, rows, on=on)
    return [Line(standing_of(ballot, at=at), questions[ballot.pk]) for ballot in rows]


# --- Lists --------------------------------------------------------------------------------------------------------


@dataclass
class Shelves:
    """The ballots that are not over, by what they wait for."""

    needs_me: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    prepared: list[Line] = field(default_factory=list)
    due: list[Line] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)


def shelves_for(viewer, *, on: date, at: datetime) -> Shelves:
    """The ballots a viewer may see that are not over. `due` are closed by the clock, and not written yet."""
    seen = visible_to(viewer, on=on)
    going_on = seen.filter(Q(state__in=LIVE) | Q(pk__in=held(seen).values("pk"))).order_by("closes_at", "pk")
    mine = set(needs_position(viewer, on, at).values_list("pk", flat=True))
    shelves = Shelves()
    for line in lines_of(viewer, with_standing(going_on), on=on, at=at):
        _shelf_of(shelves, line, mine=line.ballot.pk in mine).append(line)
    return shelves


def _shelf_of(shelves: Shelves, line: Line, *, mine: bool) -> list[Line]:
    if line.ballot.state == BallotState.FINAL:
        return shelves.held
    if line.ballot.state == BallotState.DRAFT:
        return shelves.prepared
    if line.standing.closed:
        return shelves.due
    return shelves.needs_me if mine else shelves.waiting


def held(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """Those that closed with a hold and were not put again."""
    again = Ballot.objects.filter(parent=OuterRef("pk")).exclude(state=BallotState.WITHDRAWN)
    may_come_again = Q(pk__in=[])
    for model, matter in MATTERS.items():
        may_come_again |= of_kind(model) & Q(subject_id__in=matter.held().values("pk"))
    return ballots.filter(may_come_again, ~Exists(again), state=BallotState.FINAL, verdict=Verdict.HELD)


def over(viewer, *, on: date) -> QuerySet[Ballot]:
    """The ballots a viewer may see that are over, the newest first: decided, withdrawn, or put again."""
    seen = visible_to(viewer, on=on)
    return with_standing(seen.exclude(state__in=LIVE).exclude(pk__in=held(seen).values("pk"))).order_by("-pk")
