"""Where a ballot stands at an instant: what is written, counted, and whether its close is due, written or not."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch

from members.choices.ballots import BallotState, Position, Verdict
from members.models import Ballot, Concern, Recusal, RollEntry, SeatPosition
from members.models.ballots import WITH_OUTCOME
from members.rules import ballots as rules
from members.rules import sheets
from members.rules.ballots import Closing, Times
from members.rules.counting import Sheet, Tally, count, tally_of
from members.rules.decision_rules import Procedure, Rule


@dataclass(frozen=True)
class Standing:
    """One ballot at an instant. Everything here is computed; nothing of it is written by looking.

    `positions` and `recusals` are by the key of the seat; `concerns` are those that are open.
    """

    ballot: Ballot
    rule: Rule
    procedure: Procedure
    roll: tuple[RollEntry, ...]
    positions: dict[int, SeatPosition]
    recusals: dict[int, Recusal]
    concerns: tuple[Concern, ...]
    at: datetime

    @property
    def times(self) -> Times:
        return Times(BallotState(self.ballot.state), self.ballot.opens_at, self.ballot.closes_at)

    @cached_property
    def tally(self) -> Tally:
        return tally_of(
            roll=[entry.seat_id for entry in self.roll],
            recused=self.recusals.keys(),
            positions={seat: row.choice for seat, row in self.positions.items()},
        )

    @cached_property
    def closing(self) -> Closing | None:
        """The close that is due and not written yet."""
        if self.ballot.state != BallotState.OPEN:
            return None
        return rules.closing(
            self.rule,
            self.procedure,
            self.tally,
            times=self.times,
            settled_at=self.ballot.settled_at,
            now=self.at,
        )

    @property
    def accepting(self) -> bool:
        """Whether positions are taken: open by the clock, and no close due."""
        return rules.accepting(*self.times, self.at) and self.closing is None

    @property
    def closed(self) -> bool:
        """Whether there is an outcome, written or due."""
        return self.ballot.state in WITH_OUTCOME or self.closing is not None

    @property
    def closed_at(self) -> datetime | None:
        return self.closing.at if self.closing else self.ballot.decided_at

    @cached_property
    def sheet(self) -> Sheet | None:
        """The count: as recorded, or as it is now; None before there is a roll."""
        if self.ballot.sheet:
            return Sheet.from_record(self.ballot.sheet)
        return count(self.rule, self.tally) if self.roll else None

    @property
    def verdict(self) -> Verdict | None:
        if self.ballot.verdict:
            return Verdict(self.ballot.verdict)
        return self.sheet.verdict if self.closing else None

    @property
    def voided(self) -> dict[int, Position]:
        """The positions that recusals voided, by the key of the seat."""
        return {seat: Position(row.voided) for seat, row in self.recusals.items() if row.voided}

    @property
    def without_voiding(self) -> str:
        """What the result would be had no recusal voided a position; empty if none did."""
        voided = self.voided
        if not voided:
            return ""
        tally = tally_of(
            roll=[entry.seat_id for entry in self.roll],
            recused=self.recusals.keys() - voided.keys(),
            positions={seat: row.choice for seat, row in self.positions.items()} | voided,
        )
        return sheets.without_recusals(self.sheet, count(self.rule, tally), voided=len(voided))


def with_standing(ballots):
    """Ballots with what a standing reads, in a fixed number of statements."""
    return ballots.select_related("rule", "subject_type", "parent").prefetch_related(
        Prefetch("roll", RollEntry.objects.select_related("seat__organisation", "seat__person", "person")),
        Prefetch("positions", SeatPosition.objects.select_related("seat", "event", "cast_by")),
        Prefetch("recusals", Recusal.objects.select_related("seat")),
        Prefetch("concerns", Concern.objects.select_related("seat", "event")),
    )


def standing_of(ballot: Ballot, *, at: datetime, roll: tuple[RollEntry, ...] | None = None) -> Standing:
    """Where a ballot stands. Rows are read as they are prefetched by `with_standing`, or now; the `roll` where it is
    not at hand.
    """
    return Standing(
        ballot=ballot,
        rule=Rule.from_settings(ballot.rule_snapshot["settings"]),
        procedure=Procedure.from_settings(ballot.rule_snapshot["settings"]),
        roll=tuple(ballot.roll.all()) if roll is None else roll,
        positions={row.seat_id: row for row in ballot.positions.all()},
        recusals={row.seat_id: row for row in ballot.recusals.all()},
        concerns=tuple(row for row in ballot.concerns.all() if row.cleared_at is None),
        at=at,
    )
