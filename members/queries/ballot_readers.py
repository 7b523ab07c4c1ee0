"""Who looks at a ballot: what they may know of it, and do."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from members.choices.ballots import BallotState, ConflictGround, Visibility
from members.choices.ballots import ConflictAnswer as Answer
from members.models import Ballot, ConflictAnswer, SeatPosition, SeatTerm
from members.permissions.ballots import readable_by, visible_to
from members.permissions.table import Right
from members.queries.ballots import held, questions_for
from members.queries.logs import TAKEN
from members.queries.standings import Standing
from members.rules import ballots as rules
from members.rules import conflicts


@dataclass(frozen=True)
class Reading:
    """One reader of one ballot at one instant: who they are to it, what they may know, and what they may do."""

    viewer: object
    on: date
    standing: Standing
    term: SeatTerm | None
    answer: ConflictAnswer | None
    events: list = field(default_factory=list)

    # --- Who is looking

    @property
    def ballot(self) -> Ballot:
        return self.standing.ballot

    @cached_property
    def question(self) -> str:
        """The question, with what the viewer may know of the subject in it. A vote that is taken never asks for it."""
        return questions_for(self.viewer, [self.ballot], on=self.on)[self.ballot.pk]

    @cached_property
    def runs(self) -> bool:
        """Whether the viewer runs the ballot."""
        running = visible_to(self.viewer, right=Right.RUN_BALLOT, on=self.on)
        return running.filter(pk=self.ballot.pk).exists()

    @cached_property
    def reads(self) -> bool:
        """Whether the viewer may read what was handed in and said."""
        return readable_by(self.viewer, on=self.on).filter(pk=self.ballot.pk).exists()

    @property
    def own_seat(self) -> int | None:
        """The key of the seat that the viewer fills, if it is on the roll."""
        return self.term.seat_id if self.on_roll else None

    @property
    def may_open(self) -> bool:
        return self.runs and self.ballot.state == BallotState.DRAFT

    @property
    def may_withdraw(self) -> bool:
        return self.runs and not self.standing.closed and self.ballot.state in rules.LIVE

    @property
    def may_close(self) -> bool:
        """Whether a close is due that nobody has written yet."""
        return self.runs and self.standing.closing is not None

    @cached_property
    def may_put_again(self) -> bool:
        """Whether this ballot closed with a hold and can be put once more."""
        return self.runs and held(Ballot.objects.filter(pk=self.ballot.pk, decision__isnull=True)).exists()

    @cached_property
    def on_roll(self) -> bool:
        return self.term is not None and any(entry.seat_id == self.term.seat_id for entry in self.standing.roll)

    @property
    def recusal(self):
        """Why the viewer's seat stands aside, if it does."""
        return self.standing.recusals.get(self.term.seat_id) if self.term else None

    @property
    def stands_aside(self) -> bool:
        """Whether the viewer's seat does, or the viewer alone."""
        return bool(self.recusal) or (self.answer is not None and self.answer.answer == Answer.CONFLICTED)

    @property
    def ground(self) -> str:
        """Why the viewer stands aside, in words."""
        if self.recusal:
            return self.recusal.get_ground_display()
        found = self.answer.event.payload.get("ground") if self.answer else None
        return ConflictGround(found).label if found else ""

    @property
    def votes(self) -> bool:
        """Whether the viewer has a vote in this ballot at all."""
        return self.on_roll and not self.stands_aside

    @property
    def asks_about_conflict(self) -> bool:
        return self.votes and self.standing.accepting and self.answer is None

    @property
    def is_unsure(self) -> bool:
        return self.votes and self.answer is not None and self.answer.answer == Answer.UNSURE

    @property
    def may_cast(self) -> bool:
        return self.votes and self.standing.accepting and self.answer is not None and self.answer.answer == Answer.NONE

    @property
    def own(self) -> SeatPosition | None:
        """The position of the viewer's seat."""
        return self.standing.positions.get(self.term.seat_id) if self.reads and self.on_roll else None

    @cached_property
    def receipts(self) -> list:
        """The events by which the viewer's seat took its positions."""
        return [row for row in self.events if self.own and row.seat_id == self.term.seat_id and row.type in TAKEN]

    # --- What may be known

    @property
    def visibility(self) -> Visibility:
        return self.standing.procedure.visibility

    @cached_property
    def sees_positions(self) -> bool:
        """Whether the viewer may know what the seats say. The Secretariat knows it before the close only if all do."""
        return self.reads and rules.may_see_positions(
            self.visibility, recused=self.stands_aside, has_own=self.own is not None, closed=self.standing.closed
        )

    @property
    def sees_discussion(self) -> bool:
        if not self.reads or self.standing.closed:
            return self.reads
        return self.votes and conflicts.may_discuss(self.visibility, has_own=self.own is not None)

    @property
    def may_comment(self) -> bool:
        return self.may_cast and self.sees_discussion
