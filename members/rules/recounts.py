"""Checking a ballot from beginning to end: its chain, its log, its count; and the export with which anyone can."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from members.choices.ballots import FaultCode
from members.rules import chain
from members.rules.chain import Fault, LogError
from members.rules.counting import Sheet, count
from members.rules.replay import FROZEN, Standing, replay

FORMAT = "ballot-export/1"


def export(events: Iterable, *, parts: Mapping) -> dict:
    """Everything one needs to check and recount a ballot without us, as plain values.

    `parts` are those of its `chain.genesis`. Raises LogError if the log cannot be replayed. The format is described in
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

    `frozen` and `sheet` are what is kept of the ballot beside its log (hashes by name, `Sheet.as_record`); where they
    are given they must agree with the log. A decided ballot must have the verdict and the sheet that the count gives.
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
    except LogError as error:
        return Recount(fault=error.fault)
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
