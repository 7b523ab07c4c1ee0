"""How the steering committee of the story decides: conflicts, positions, holds, comments, and the close."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from members.actions import ballots, screening
from members.choices.ballots import ConflictAnswer, Position
from members.choices.bodies import SeatRole
from members.kernel.clock import today
from members.kernel.tokens import new_token
from members.models import Ballot
from platform_portal.demo import sources
from platform_portal.demo.applicants import DemoApplicant
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.courses import Course
from platform_portal.demo.seed.screening import ANSWER_DAYS, answer_as_is
from platform_portal.demo.seed.world import World

SAYS = {
    "Y": Position.YES,
    "N": Position.NO,
    "A": Position.ABSTAIN,
    "H": Position.HOLD,
    "V": Position.HOLD,
    "X": Position.NO,
}
ANSWERS = {"C": ConflictAnswer.CONFLICTED, "?": ConflictAnswer.UNSURE}
WITH_REASON = 0.6
"""The share of Yes that comes with a reason, though none is asked for."""
CHANGED_MIND = "I have read the referees' letters twice, and changed my mind."
TALKED_OVER = 0.7
"""The share of ballots, of those that are over, that were discussed."""
CONFLICT_NOTE = "We hold a grant together until the end of the year."
SHORTEST, LONGEST = 0.6, 12.5
"""Between how many days after the opening the seats act, in a ballot that is over."""


@dataclass
class Voice:
    """One seat in one ballot: a letter of the course, and who acts for it."""

    seat: int
    letter: str
    user: object

    @property
    def position(self) -> Position | None:
        return SAYS.get(self.letter.upper())


class Committee:
    """The committee over one ballot."""

    def __init__(self, world: World, applicant: DemoApplicant, course: Course, ballot: Ballot):
        self.world, self.applicant, self.course, self.ballot = world, applicant, course, ballot
        no = sources.texts("voices")["reasons"]["no"]
        self.conversation: list[str] = []
        self.against = cycle([no[number] for number in course.against or range(len(no))])

    def will_talk(self) -> None:
        """Have something to say to one another: a question and its answer, and at times a view."""
        texts = sources.texts("voices")["comments"]
        pair = self.world.random.choice(list(zip(texts["questions"], texts["answers"], strict=True)))
        view = self.world.voices.say("comments", "views")
        self.conversation = [*pair, view][: self.world.random.choice((2, 3))]

    def voices(self, votes: str) -> list[Voice]:
        """Who acts, in the order in which they do: any order, but whoever changes their mind does not wait."""
        acting = [self.voice(seat, letter) for seat, letter in enumerate(votes, start=1) if letter not in ".-"]
        self.world.random.shuffle(acting)
        return sorted(acting, key=lambda voice: voice.letter not in "VX")

    def voice(self, seat: int, letter: str) -> Voice:
        role = SeatRole.ALTERNATE if letter.islower() else SeatRole.PRINCIPAL
        return Voice(seat, letter, self.world.holder_of(seat, role))

    def act(self, voice: Voice) -> None:
        """Answer the conflict question and, where it leaves one free and one is ready, take a position."""
        answer = ANSWERS.get(voice.letter, ConflictAnswer.NONE)
        note = CONFLICT_NOTE if answer == ConflictAnswer.CONFLICTED else ""
        ballots.answer_conflict(ballot=self.ballot, by=voice.user, answer=answer, note=note)
        if voice.position:
            self.cast(voice, voice.position, self.reason(voice.position))

    def cast(self, voice: Voice, position: Position, reason: str) -> None:
        ballots.cast(
            ballot=self.ballot,
            by=voice.user,
            choice=position,
            reason=reason,
            nonce=new_token(),
            based_on=self.ballot.events.order_by("-sequence").first().sequence,
        )

    def reason(self, position: Position) -> str:
        """Why: a concern of the ballot's own for a hold, else words that fit many."""
        if position == Position.HOLD:
            return self.course.concern or self.applicant.concern
        if position == Position.NO:
            return next(self.against)
        if position == Position.YES and self.world.random.random() > WITH_REASON:
            return ""
        return self.world.voices.say("reasons", position)

    def hear_applicant(self) -> Plot:
        """The officer puts the concern to the applicant while the ballot is open, and the applicant answers."""
        application, officer = self.world.applications[self.applicant.key], self.world.officer(self.course.officer)
        yield timedelta(hours=20)
        due_on = today() + timedelta(days=ANSWER_DAYS)
        request = screening.ask(application=application, question=self.course.concern, due_on=due_on, by=officer)
        yield timedelta(days=2)
        answer_as_is(self.world, self.applicant, request, self.course.answer)
        yield timedelta(days=1)

    def talk(self, voice: Voice) -> None:
        """Say what comes next in the discussion, if there is anything left to say."""
        if self.conversation and voice.position and voice.position != Position.HOLD and _is_open(self.ballot):
            ballots.comment(ballot=self.ballot, by=voice.user, text=self.conversation.pop(0))


def voted(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot, votes: str) -> Plot:
    """The days of a ballot that is over by now: positions, a discussion, changes of mind, and the close."""
    committee = Committee(world, applicant, course, ballot)
    if world.random.random() < TALKED_OVER:
        committee.will_talk()
    acting = committee.voices(votes)
    days = sorted(world.random.uniform(SHORTEST, LONGEST) for _voice in acting)
    for day, voice in zip(days, acting, strict=True):
        yield ballot.opens_at + timedelta(days=day)
        committee.act(voice)
        yield from _second_thoughts(committee, voice)
        committee.talk(voice)
    if _is_open(ballot):
        yield ballot.closes_at + timedelta(seconds=20)
        ballots.close(ballot=ballot)
    ballot.refresh_from_db()


def _is_open(ballot: Ballot) -> bool:
    return Ballot.objects.filter(pk=ballot.pk, verdict="").exists()


def _second_thoughts(committee: Committee, voice: Voice) -> Plot:
    """A hold that is cleared once the applicant has answered, and a No that becomes a Yes over a letter."""
    if voice.letter == "V":
        yield from committee.hear_applicant()
        concern = committee.ballot.concerns.get(cleared_at=None)
        ballots.clear_concern(
            concern=concern,
            by=voice.user,
            choice=Position.YES,
            reason="The answer settles it.",
            nonce=new_token(),
            based_on=committee.ballot.events.order_by("-sequence").first().sequence,
        )
    if voice.letter == "X":
        yield timedelta(days=1)
        committee.cast(voice, Position.YES, CHANGED_MIND)


def awaited(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot) -> Plot:
    """The days of a ballot that is open now, up to yesterday."""
    committee = Committee(world, applicant, course, ballot)
    committee.will_talk()
    acting = committee.voices(course.votes)
    last = world.timeline.ago(0.3)
    share = (last - ballot.opens_at) / (len(acting) + 1)
    for number, voice in enumerate(acting, start=1):
        yield ballot.opens_at + share * number
        committee.act(voice)
        if number > 1:
            committee.talk(voice)


def halfway(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot) -> Plot:
    """The first days of a ballot that was withdrawn before its close."""
    committee = Committee(world, applicant, course, ballot)
    for voice in committee.voices(course.votes):
        yield timedelta(days=1, hours=2)
        committee.act(voice)
