"""The one function that counts a motion, in exact arithmetic.

Everything here is a pure function of a rule and a tally: no clock, no database, no order of seats, no floats
and no percentages. Two thirds of nine seats is six; a percentage would make it seven.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from members.choices.ballots import Position, QuorumBase, QuorumMode, ThresholdBase, TiePolicy, Verdict
from members.rules.decision_rules import Rule


def need(fraction: Fraction, base: int, *, strict: bool) -> int:
    """The least whole number that is at least `fraction` of `base`, or more than it if `strict`."""
    share = fraction.numerator * base
    if strict:
        return share // fraction.denominator + 1
    return -(-share // fraction.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many seats say what.

    `roll` is the number of seats frozen at opening, `recused` those of them that stand aside; the four positions
    are those of eligible seats. Seats that remain are silent. An open concern is a Hold and a Hold is an open concern,
    so `hold` counts both. Raises ValueError if the numbers cannot be those of a roll.
    """

    roll: int
    recused: int = 0
    yes: int = 0
    no: int = 0
    abstain: int = 0
    hold: int = 0

    def __post_init__(self):
        numbers = (self.roll, self.recused, self.yes, self.no, self.abstain, self.hold)
        if any(type(number) is not int for number in numbers) or min(numbers) < 0:
            raise ValueError(f"A tally is of whole numbers from 0: {numbers}")
        if sum(numbers[1:]) > self.roll:
            raise ValueError(f"{sum(numbers[1:])} seats are counted on a roll of {self.roll}")

    @property
    def eligible(self) -> int:
        return self.roll - self.recused

    @property
    def cast(self) -> int:
        """Positions held by eligible seats."""
        return self.yes + self.no + self.abstain + self.hold

    @property
    def decisive(self) -> int:
        """Positions that decide: all but Abstain."""
        return self.yes + self.no + self.hold

    @property
    def silent(self) -> int:
        return self.roll - self.recused - self.cast


def tally_of(*, roll, recused, positions) -> Tally:
    """Count seats: `roll` and `recused` are collections of seats, `positions` a mapping from seat to Position.

    Raises ValueError if a seat is twice on the roll, if a seat that is not on it is recused or has a position, or if
    a recused seat has a position (a recusal voids it before anything is counted).
    """
    seats, aside = set(roll), set(recused)
    if len(seats) != len(list(roll)):
        raise ValueError("A seat is on the roll twice")
    if not aside <= seats or not set(positions) <= seats - aside:
        raise ValueError("A seat is counted that is not on the roll or is recused")
    said = [Position(position) for position in positions.values()]
    return Tally(
        roll=len(seats),
        recused=len(aside),
        yes=said.count(Position.YES),
        no=said.count(Position.NO),
        abstain=said.count(Position.ABSTAIN),
        hold=said.count(Position.HOLD),
    )


class Needs(NamedTuple):
    """The numbers a tally is measured against. `override` is None where no number of Yes carries over a Hold."""

    quorum: int
    base: int
    threshold: int
    override: int | None


def needs(rule: Rule, tally: Tally) -> Needs:
    """What `rule` asks of this `tally`, in seats.

    In approval mode the base of the threshold is raised to at least the quorum, so that staying away can never do
    what a No could not.
    """
    quorum_of = tally.roll if rule.quorum_base is QuorumBase.ROSTER else tally.eligible
    quorum = max(need(rule.quorum, quorum_of, strict=rule.quorum_strict), rule.quorum_minimum)
    base = _THRESHOLD_BASES[rule.threshold_base](tally)
    if rule.quorum_mode is QuorumMode.APPROVAL:
        base = max(base, quorum)
    threshold = max(need(rule.threshold, base, strict=rule.threshold_strict), rule.minimum_yes, 1)
    override = None if rule.override is None else need(rule.override, tally.roll, strict=False)
    return Needs(quorum, base, threshold, override)


_THRESHOLD_BASES = {
    ThresholdBase.DECISIVE: lambda tally: tally.decisive,
    ThresholdBase.CAST: lambda tally: tally.cast,
    ThresholdBase.ELIGIBLE: lambda tally: tally.eligible,
    ThresholdBase.ROSTER: lambda tally: tally.roll,
}


def verdict(rule: Rule, tally: Tally) -> Verdict:
    """What the count says, nothing else. Raises ValueError if seats hold where the rule allows no Hold."""
    if tally.hold and not rule.holds_allowed:
        raise ValueError("A Hold is counted under a rule that allows none")
    return outcome(tally, needs(rule, tally), floor=rule.eligible_floor, mode=rule.quorum_mode, ties=rule.ties)


def outcome(tally: Tally, needed: Needs, *, floor: int, mode: QuorumMode, ties: TiePolicy) -> Verdict:
    """The order of the tests, which is part of the rule. `floor` is the least number of eligible seats.

    1. Too few eligible seats, or, where the quorum is one of participation, too few positions: NO_QUORUM.
    2. An open concern, and fewer Yes than override it: HELD.
    3. Enough Yes: APPROVED. (So a Yes at or above the override carries in spite of open concerns, if it also
       reaches the threshold.)
    4. The deciding votes split evenly, at least one on each side, and the rule has a tie policy: TIED. A Hold that is
       outvoted stands with the No. A tie is not an approval, whatever the policy makes of it afterwards.
    5. NOT_APPROVED.
    """
    if tally.eligible < floor or (mode is QuorumMode.PARTICIPATION and tally.cast < needed.quorum):
        return Verdict.NO_QUORUM
    if tally.hold and (needed.override is None or tally.yes < needed.override):
        return Verdict.HELD
    if tally.yes >= needed.threshold:
        return Verdict.APPROVED
    if ties is not TiePolicy.FAILS and tally.yes == tally.no + tally.hold > 0:
        return Verdict.TIED
    return Verdict.NOT_APPROVED


def missing_yes(rule: Rule, tally: Tally) -> int | None:
    """The least number of further Yes from silent seats that would approve; 0 if approved, None if none does.

    Each number is counted anew, since a further Yes may raise the base as well.
    """
    for further in range(tally.silent + 1):
        if verdict(rule, replace(tally, yes=tally.yes + further)) is Verdict.APPROVED:
            return further
    return None


def completions(rule: Rule, tally: Tally, *, changes_possible: bool):
    """Every tally in which this one may end, up to what the count cannot tell apart.

    - A silent seat may take any position the rule allows, or stay silent.
    - A Hold is never final: its raiser may clear it, which frees the seat to take another position or none.
    - Any other position stays as it is, unless `changes_possible`: then it may become any other position, but
      the seat stays in.
    - The roll and the recusals stay as they are.

    The count sees of Holds only whether there is one and, together with No, how many; so it is enough to try none and
    one. The extremes come first, since they are the likeliest to differ.
    """
    settled = 0 if changes_possible else 1
    yes, no, abstain = tally.yes * settled, tally.no * settled, tally.abstain * settled
    free = tally.eligible - yes - no - abstain
    least = 0 if settled else tally.yes + tally.no + tally.abstain
    holds = (0, 1) if rule.holds_allowed else (0,)

    def ending(more_yes, more_no, more_abstain, hold):
        return Tally(
            roll=tally.roll,
            recused=tally.recused,
            yes=yes + more_yes,
            no=no + more_no,
            abstain=abstain + more_abstain,
            hold=hold,
        )

    yield ending(free, 0, 0, 0)
    yield ending(0, free, 0, 0)
    for hold in holds:
        for more_yes in range(free - hold + 1):
            for more_no in range(free - hold - more_yes + 1):
                left = free - hold - more_yes - more_no
                for more_abstain in range(max(0, least - (free - left)), left + 1):
                    yield ending(more_yes, more_no, more_abstain, hold)


def is_decided(rule: Rule, tally: Tally, *, changes_possible: bool) -> bool:
    """Whether every completion has the verdict this tally has now. See `completions` for what may still come in."""
    now = verdict(rule, tally)
    return all(verdict(rule, end) is now for end in completions(rule, tally, changes_possible=changes_possible))


def all_in(rule: Rule, tally: Tally) -> bool:
    """Whether there is nobody left to wait for.

    Every eligible seat has a position and no concern stands in the way: a Hold asks for an answer, and a ballot that
    closed with the last position would leave no time for one. Below the floor of eligible seats, alternates are
    awaited, so nothing is complete.
    """
    if tally.silent or tally.eligible < max(rule.eligible_floor, 1):
        return False
    return verdict(rule, tally) is not Verdict.HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The count with all its numbers, in seats; self-contained, so that it can be stored and read years later.

    `base` is what the threshold's fraction was taken of, `base_raised` whether the quorum raised it.
    `missing` is `missing_yes` of the tally; `missing_once_cleared` the same with every Hold cleared and its seat
    silent again, None where there is no Hold or where even that would not do.
    """

    roll: int
    recused: int
    eligible: int
    yes: int
    no: int
    abstain: int
    hold: int
    silent: int
    cast: int
    decisive: int
    eligible_floor: int
    quorum_mode: QuorumMode
    quorum_need: int
    threshold_base: ThresholdBase
    base: int
    base_raised: bool
    threshold_need: int
    override_need: int | None
    verdict: Verdict
    missing: int | None
    missing_once_cleared: int | None

    def as_record(self) -> dict:
        """Plain numbers and strings, as they go into the log, the export and the database."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def from_record(cls, record) -> "Sheet":
        """The sheet that `as_record` wrote."""
        words = {"quorum_mode": QuorumMode, "threshold_base": ThresholdBase, "verdict": Verdict}
        return cls(**{name: words[name](value) if name in words else value for name, value in record.items()})


def _plain(value):
    return str(value) if isinstance(value, str) else value


def count(rule: Rule, tally: Tally) -> Sheet:
    """Count a motion: the verdict, every number behind it, and what is missing."""
    needed = needs(rule, tally)
    return Sheet(
        roll=tally.roll,
        recused=tally.recused,
        eligible=tally.eligible,
        yes=tally.yes,
        no=tally.no,
        abstain=tally.abstain,
        hold=tally.hold,
        silent=tally.silent,
        cast=tally.cast,
        decisive=tally.decisive,
        eligible_floor=rule.eligible_floor,
        quorum_mode=rule.quorum_mode,
        quorum_need=needed.quorum,
        threshold_base=rule.threshold_base,
        base=needed.base,
        base_raised=needed.base > _THRESHOLD_BASES[rule.threshold_base](tally),
        threshold_need=needed.threshold,
        override_need=needed.override,
        verdict=verdict(rule, tally),
        missing=missing_yes(rule, tally),
        missing_once_cleared=missing_yes(rule, replace(tally, hold=0)) if tally.hold else None,
    )
