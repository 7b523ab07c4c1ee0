"""A ballot rebuilt from its log alone.

The payload of each event, all values plain:

- prepared: anything; nothing is rebuilt from it.
- opened: ``opens_at``, ``closes_at``; ``rule`` (the snapshot: key, version, title, source, settings); ``roll``, a
  list of ``{"seat", "person", "institution", "eligible"}``, with ``"source"`` where it is not eligible; ``options``;
  ``subject`` (its kind, identifier, version and hash). The last four are the frozen parts.
- conflict_answered: ``person``, ``answer`` (none, conflicted, unsure). An answer is that of a person for a seat.
- cast, changed: ``position`` and what else belongs to it, such as the hash of the reason. (Hold only for words of an
  open Hold that changed.)
- concern_raised: the seat takes Hold. concern_cleared: ``position`` the seat takes instead, None for none.
- recused: ``source``. Voids the position of the seat, and closes its concern.
- extended: ``closes_at``. deferred: ``until``. resumed: ``closes_at``.
- closed: ``at``, when the close was due; ``reason``. decided: ``verdict``, ``sheet`` (`Sheet.as_record`).
- finalised, withdrawn, voided: anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from members.choices.ballots import (
    BallotState,
    ClosingReason,
    ConflictAnswer,
    EventType,
    FaultCode,
    Position,
    RecusalSource,
    Verdict,
)
from members.kernel.refusals import Refused
from members.rules import ballots, chain
from members.rules.chain import Fault, LogError
from members.rules.counting import Tally, tally_of
from members.rules.decision_rules import Procedure, Rule

FROZEN = ("rule", "roll", "options", "subject")


@dataclass(kw_only=True)
class Standing:
    """Where a ballot stands after its events: everything that can be known from the log and nothing else.

    `positions` are those in force; `concerns` says for each seat on Hold which event raised it; `voided` are the
    positions that a recusal voided. `settled_at` is when the tally became what it is.
    """

    state: BallotState = BallotState.DRAFT
    parts: dict = field(default_factory=dict)
    rule: Rule | None = None
    procedure: Procedure | None = None
    roll: list = field(default_factory=list)
    recusals: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    positions: dict = field(default_factory=dict)
    concerns: dict = field(default_factory=dict)
    voided: dict = field(default_factory=dict)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    settled_at: datetime | None = None
    closed_at: datetime | None = None
    closing_reason: ClosingReason | None = None
    deferred_until: datetime | None = None
    verdict: Verdict | None = None
    sheet: dict | None = None

    @property
    def frozen(self) -> dict:
        """The hash of each frozen part, by its name; empty before the opening."""
        return {name: chain.freeze(part) for name, part in self.parts.items()}

    @property
    def times(self) -> ballots.Times:
        return ballots.Times(self.state, self.opens_at, self.closes_at)

    @property
    def tally(self) -> Tally:
        return tally_of(roll=self.roll, recused=self.recusals, positions=self.positions)

    @property
    def tally_without_voiding(self) -> Tally:
        """The tally as it would be had no recusal voided a position, for the sheet to tell."""
        return tally_of(
            roll=self.roll, recused=set(self.recusals) - set(self.voided), positions=self.positions | self.voided
        )


def replay(events: Iterable) -> Standing:
    """The standing after `events`. Raises LogError at the first event that could not happen where it stands."""
    standing = Standing()
    for event in events:
        try:
            _STEPS[EventType(event.type)](standing, event)
        except (KeyError, ValueError, TypeError, AttributeError, Refused) as error:
            raise LogError(Fault(FaultCode.FORMAT, event.sequence, repr(error))) from error
    return standing


def _prepared(standing, event):
    if event.sequence != 1:
        _break(FaultCode.ORDER, event)


def _opened(standing, event):
    _move(standing, event, BallotState.OPEN, since=BallotState.DRAFT)
    payload = event.payload
    standing.parts = {name: payload[name] for name in FROZEN}
    standing.rule = Rule.from_settings(payload["rule"]["settings"])
    standing.procedure = Procedure.from_settings(payload["rule"]["settings"])
    standing.roll = [entry["seat"] for entry in payload["roll"]]
    standing.recusals = {
        entry["seat"]: RecusalSource(entry["source"]) for entry in payload["roll"] if not entry["eligible"]
    }
    standing.opens_at = chain.parse_instant(payload["opens_at"])
    standing.closes_at = chain.parse_instant(payload["closes_at"])
    standing.settled_at = max(event.at, standing.opens_at)
    if len(set(standing.roll)) != len(standing.roll):
        _break(FaultCode.SEAT, event)


def _conflict_answered(standing, event):
    if standing.state != BallotState.OPEN:
        _break(FaultCode.ORDER, event)
    if event.seat not in standing.roll:
        _break(FaultCode.SEAT, event)
    standing.answers[event.seat, event.payload["person"]] = ConflictAnswer(event.payload["answer"])


def _position(standing, event):
    _ensure_running(standing, event)
    if event.at < standing.opens_at:
        _break(FaultCode.LATE, event)
    if event.seat not in standing.roll or event.seat in standing.recusals:
        _break(FaultCode.SEAT, event)
    held = standing.positions.get(event.seat)
    taken = _taken(event)
    final = standing.procedure.votes_final and held not in (None, Position.HOLD)
    no_hold = taken == Position.HOLD and not standing.rule.holds_allowed
    if final or no_hold or event.type != ballots.event_type(held, taken):
        _break(FaultCode.POSITION, event)
    if taken is None:
        del standing.positions[event.seat]
    else:
        standing.positions[event.seat] = taken
    if taken == Position.HOLD:
        standing.concerns.setdefault(event.seat, event.sequence)
    else:
        standing.concerns.pop(event.seat, None)
    standing.settled_at = event.at


def _taken(event):
    if event.type == EventType.CONCERN_RAISED:
        return Position.HOLD
    said = event.payload["position"]
    return None if said is None else Position(said)


def _recused(standing, event):
    if standing.state != BallotState.DEFERRED:
        _ensure_running(standing, event)
    if event.seat not in standing.roll or event.seat in standing.recusals:
        _break(FaultCode.SEAT, event)
    standing.recusals[event.seat] = RecusalSource(event.payload["source"])
    standing.concerns.pop(event.seat, None)
    if event.seat in standing.positions:
        standing.voided[event.seat] = standing.positions.pop(event.seat)
    standing.settled_at = event.at


def _extended(standing, event):
    _ensure_running(standing, event)
    closes_at = chain.parse_instant(event.payload["closes_at"])
    if closes_at <= standing.closes_at:
        _break(FaultCode.CLOSING, event)
    standing.closes_at = closes_at


def _deferred(standing, event):
    _ensure_running(standing, event)
    _move(standing, event, BallotState.DEFERRED)
    standing.deferred_until = chain.parse_instant(event.payload["until"])


def _resumed(standing, event):
    _move(standing, event, BallotState.OPEN, since=BallotState.DEFERRED)
    closes_at = chain.parse_instant(event.payload["closes_at"])
    if closes_at < standing.closes_at:
        _break(FaultCode.CLOSING, event)
    standing.closes_at, standing.deferred_until, standing.settled_at = closes_at, None, event.at


def _closed(standing, event):
    if standing.closed_at or standing.state != BallotState.OPEN:
        _break(FaultCode.ORDER, event)
    recorded = ballots.Closing(ClosingReason(event.payload["reason"]), chain.parse_instant(event.payload["at"]))
    due = _due(standing, event.at)
    if recorded != due:
        _break(FaultCode.CLOSING, event, f"{recorded} / {due}")
    standing.closing_reason, standing.closed_at = recorded


def _due(standing, now):
    return ballots.closing(
        standing.rule,
        standing.procedure,
        standing.tally,
        times=standing.times,
        settled_at=standing.settled_at,
        now=now,
    )


def _ensure_running(standing, event):
    """Nothing that bears on the count happens once a close is due, whether or not it is written yet."""
    if standing.state != BallotState.OPEN or standing.closed_at or _due(standing, event.at):
        _break(FaultCode.LATE, event)


def _decided(standing, event):
    if standing.closed_at is None:
        _break(FaultCode.ORDER, event)
    _move(standing, event, BallotState.DECIDED)
    standing.verdict = Verdict(event.payload["verdict"])
    standing.sheet = event.payload["sheet"]


def _finalised(standing, event):
    _move(standing, event, BallotState.FINAL)


def _withdrawn(standing, event):
    _end(standing, event, BallotState.WITHDRAWN)


def _voided(standing, event):
    _end(standing, event, BallotState.VOID)


def _end(standing, event, state):
    """End an open ballot without a result, but not once a result is due."""
    if standing.state == BallotState.OPEN:
        _ensure_running(standing, event)
    _move(standing, event, state)


def _move(standing, event, state, *, since=None):
    """Step to `state`, where the life of a ballot has that step (from `since` only, if given)."""
    if state not in ballots.TRANSITIONS[standing.state] or (since is not None and standing.state != since):
        _break(FaultCode.ORDER, event)
    standing.state = state


def _break(code, event, detail=""):
    raise LogError(Fault(code, event.sequence, detail))


_STEPS = {
    EventType.PREPARED: _prepared,
    EventType.OPENED: _opened,
    EventType.CONFLICT_ANSWERED: _conflict_answered,
    EventType.CAST: _position,
    EventType.CHANGED: _position,
    EventType.CONCERN_RAISED: _position,
    EventType.CONCERN_CLEARED: _position,
    EventType.RECUSED: _recused,
    EventType.EXTENDED: _extended,
    EventType.DEFERRED: _deferred,
    EventType.RESUMED: _resumed,
    EventType.CLOSED: _closed,
    EventType.DECIDED: _decided,
    EventType.FINALISED: _finalised,
    EventType.WITHDRAWN: _withdrawn,
    EventType.VOIDED: _voided,
}
