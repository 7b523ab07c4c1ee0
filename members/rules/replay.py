"""A ballot rebuilt from its log alone, and recounted from an export.

The payload of each event, all values plain:

- prepared: anything; nothing is rebuilt from it.
- opened: ``opens_at``, ``closes_at``; ``rule`` (the snapshot: key, version, title, source, settings); ``roll``, a list of
  ``{"seat", "person", "institution", "eligible"}`` with ``"source"`` where it is not eligible; ``options``; ``subject``
  (its kind, identifier, version and hash). Those last four are the frozen parts.
- conflict_answered: ``person``, ``answer`` (none, conflicted, unsure). An answer is that of a person for a seat.
- cast, changed: ``position`` (never hold) and what else belongs to it, such as the hash of the reason.
- concern_raised: the seat takes Hold. concern_cleared: ``position`` the seat takes instead, None for none.
- recused: ``source``. Voids the position of the seat, and closes its concern.
- extended: ``closes_at``. deferred: ``until``. resumed: ``closes_at``.
- closed: ``at``, when the close was due; ``reason``. decided: ``verdict``, ``sheet`` (`Sheet.as_record`).
- finalised, withdrawn, voided: anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from members.rules.chain import Broken, Fault
from members.rules.counting import Sheet, Tally, count, tally_of
from members.rules.decision_rules import Procedure, Rule

FORMAT = "ballot-export/1"
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
    def tally(self) -> Tally:
        return tally_of(roll=self.roll, recused=self.recusals, positions=self.positions)

    @property
    def tally_without_voiding(self) -> Tally:
        """The tally as it would be had no recusal voided a position, for the sheet to tell."""
        return tally_of(
            roll=self.roll, recused=set(self.recusals) - set(self.voided), positions=self.positions | self.voided
        )


def replay(events: Iterable) -> Standing:
    """The standing after `events`. Raises Broken at the first event that could not happen where it stands."""
    standing = Standing()
    for event in events:
        try:
            _STEPS[EventType(event.type)](standing, event)
        except (KeyError, ValueError, TypeError, AttributeError, Refused) as error:
            raise Broken(Fault(FaultCode.FORMAT, event.sequence, repr(error))) from error
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
    if event.at < standing.opens_at:
        _break(FaultCode.LATE, event)
    _ensure_running(standing, event)
    if event.seat not in standing.roll or event.seat in standing.recusals:
        _break(FaultCode.SEAT, event)
    held = standing.positions.get(event.seat)
    taken = _taken(event)
    final = standing.procedure.votes_final and held not in (None, Position.HOLD)
    if (
        event.type != ballots.event_type(held, taken)
        or final
        or (taken == Position.HOLD and not standing.rule.holds_allowed)
    ):
        _break(FaultCode.POSITION, event)
    standing.concerns.pop(event.seat, None)
    if taken is None:
        del standing.positions[event.seat]
    else:
        standing.positions[event.seat] = taken
    if taken == Position.HOLD:
        standing.concerns[event.seat] = event.sequence
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
        state=standing.state,
        opens_at=standing.opens_at,
        closes_at=standing.closes_at,
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


def _moves(state):
    return lambda standing, event: _move(standing, event, state)


def _move(standing, event, state, *, since=None):
    """Step to `state`, where the life of a ballot has that step (from `since` only, if given)."""
    if state not in ballots.TRANSITIONS[standing.state] or (since is not None and standing.state != since):
        _break(FaultCode.ORDER, event)
    standing.state = state


def _break(code, event, detail=""):
    raise Broken(Fault(code, event.sequence, detail))


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
    EventType.FINALISED: _moves(BallotState.FINAL),
    EventType.WITHDRAWN: _moves(BallotState.WITHDRAWN),
    EventType.VOIDED: _moves(BallotState.VOID),
}


def export(events: Iterable, *, parts: Mapping) -> dict:
    """Everything one needs to check and recount a ballot without us, as plain values.

    `parts` are those of its `chain.genesis`. Raises Broken if the log cannot be replayed. The format is described in
    `scripts/recount.py`, which reads it.
    """
    events = list(events)
    standing = replay(events)
    return {
        "format": FORMAT,
        "genesis": chain.plain(parts),
        "frozen": standing.frozen,
        **{name: standing.parts.get(name) for name in FROZEN},
        "log": [chain.as_record(event) for event in events],
        "sheet": standing.sheet,
    }


@dataclass(frozen=True, kw_only=True)
class Recount:
    """What came of checking a ballot: the first fault, if any, and what was rebuilt up to it."""

    fault: Fault | None
    standing: Standing | None = None
    sheet: Sheet | None = None


def check(events: Iterable, *, parts: Mapping, frozen: Mapping | None = None, sheet: Mapping | None = None) -> Recount:
    """Verify the chain, replay it, and count again.

    `frozen` and `sheet` are what is kept of the ballot beside its log (hashes by name, `Sheet.as_record`); where they are
    given they must agree with the log. A decided ballot must have the verdict and the sheet that the count gives.
    """
    events = list(events)
    fault = chain.verify(events, origin=chain.genesis(parts))
    if fault is None and events and str(events[0].ballot) != str(parts["ballot"]):
        fault = Fault(FaultCode.BALLOT, 1)
    if fault:
        return Recount(fault=fault)
    try:
        standing = replay(events)
        counted = count(standing.rule, standing.tally) if standing.parts else None
    except Broken as broken:
        return Recount(fault=broken.fault)
    fault = _first_difference(standing, counted, frozen, sheet)
    return Recount(fault=fault, standing=standing, sheet=counted)


def _first_difference(standing, counted, frozen, sheet):
    if frozen is not None and dict(frozen) != standing.frozen:
        return Fault(FaultCode.FROZEN)
    if standing.verdict is None:
        return Fault(FaultCode.COUNT) if sheet else None
    again = counted.as_record()
    if standing.verdict != counted.verdict or standing.sheet != again or (sheet is not None and dict(sheet) != again):
        return Fault(FaultCode.COUNT, detail=f"{standing.verdict} / {counted.verdict}")
    return None


def recount(exported: Mapping) -> Recount:
    """Check what `export` wrote, as anyone can who was given it."""
    try:
        if exported["format"] != FORMAT:
            return Recount(fault=Fault(FaultCode.FORMAT, detail=str(exported["format"])))
        events = [chain.Event.from_record(record) for record in exported["log"]]
        beside = {name: exported[name] for name in FROZEN if exported[name] is not None}
        frozen, parts, sheet = exported["frozen"], exported["genesis"], exported["sheet"]
    except (KeyError, TypeError, ValueError) as error:
        return Recount(fault=Fault(FaultCode.FORMAT, detail=repr(error)))
    result = check(events, parts=parts, frozen=frozen, sheet=sheet)
    if result.fault is None and {name: chain.freeze(part) for name, part in beside.items()} != frozen:
        return replace(result, fault=Fault(FaultCode.FROZEN))
    return result
