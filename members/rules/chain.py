"""The chain that makes a ballot's log fit to be checked by anyone: each event carries the hash of the one before.

Hashes are SHA-256, in lower-case hexadecimal, of canonical JSON: keys sorted, no spaces, UTF-8 unescaped, instants in
UTC as ``2026-03-01T12:00:00.000000Z``, fractions as ``2/3``, no floats. Anyone can write the same bytes again with
any language's standard library.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import singledispatch
from types import NoneType
from typing import Any
from uuid import UUID

from members.choices.ballots import FaultCode


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing found wrong, and at which event; `sequence` is None if it is not about one event."""

    code: FaultCode
    sequence: int | None = None
    detail: str = ""

    def __str__(self):
        where = f"{self.sequence}: " if self.sequence is not None else ""
        return f"{where}{self.code.label}" + (f" ({self.detail})" if self.detail else "")


class LogError(Exception):
    """A log that cannot be true. `fault` says where and why."""

    def __init__(self, fault: Fault):
        super().__init__(str(fault.code))
        self.fault = fault

    def __str__(self):
        return str(self.fault)


def instant(value: datetime) -> str:
    """An aware instant in UTC, to the microsecond. Raises ValueError if it is naive."""
    if value.tzinfo is None:
        raise ValueError("An instant without a time zone has no place in a log")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@singledispatch
def plain(value: Any) -> Any:
    """The value as JSON knows it: what is stored in the database and what is hashed are the same.

    Raises ValueError for floats, naive instants and everything else that has no exact form.
    """
    raise ValueError(f"This has no exact form in a log: {value!r}")


plain.register(NoneType, lambda nothing: nothing)
plain.register(bool, bool)
plain.register(int, int)
plain.register(str, str.__str__)
plain.register(UUID, str)
plain.register(Fraction, lambda value: f"{value.numerator}/{value.denominator}")
plain.register(date, date.isoformat)
plain.register(datetime, instant)
plain.register(list, lambda value: [plain(item) for item in value])
plain.register(tuple, lambda value: [plain(item) for item in value])


@plain.register(Mapping)
def _plain_mapping(value):
    if not all(isinstance(key, str) for key in value):
        raise ValueError(f"The keys of a record are strings: {value!r}")
    return {plain(key): plain(item) for key, item in value.items()}


def parse_instant(text: str) -> datetime:
    """The instant that `instant` wrote, aware, in UTC. Raises ValueError for any other way of writing it."""
    value = datetime.fromisoformat(text)
    if instant(value) != text:
        raise ValueError(f"Not an instant as the log writes it: {text}")
    return value


def canonical(value: Any) -> bytes:
    """The one way in which a value is written down to be hashed."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def freeze(part: Any) -> str:
    """The hash of a part of the ballot that may not change once it is open: rule, roll, options, subject."""
    return hashlib.sha256(canonical(part)).hexdigest()


def genesis(parts: Mapping) -> str:
    """What the first event of a ballot follows: the hash of what is fixed when the ballot is prepared.

    `parts` has the ballot's identity, at least its number as ``ballot``, so that no log can be passed off as that of
    another ballot.
    """
    return freeze({"genesis": parts})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be written in a log. `seat` and `actor` are identifiers, never names; None where there is none.

    `nonce` is the form's own, so that an act sent twice is one event; empty where nobody can send an act twice.
    """

    ballot: str
    type: str
    at: datetime
    seat: str | int | None = None
    actor: str | int | None = None
    payload: Mapping = field(default_factory=dict)
    nonce: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entry):
    """One event of a log: an entry in its place. Rows with the same attributes serve wherever events are read."""

    sequence: int
    previous: str
    hash: str

    @classmethod
    def from_record(cls, record: Mapping) -> "Event":
        """The event that `as_record` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(**{**record, "at": parse_instant(record["at"])})


HASHED = ("previous", "ballot", "sequence", "type", "seat", "actor", "payload", "at", "nonce")


def event_hash(event) -> str:
    """The hash of one event and, through `previous`, of all before it: of everything in it but `hash` itself."""
    return freeze({name: getattr(event, name) for name in HASHED})


def as_record(event) -> dict:
    """The event as plain values, as it stands in an export."""
    return {name: plain(getattr(event, name)) for name in (*HASHED, "hash")}


def following(last, entry: Entry, *, origin: str) -> Event:
    """The event by which `entry` follows `last`; the first one (`last` is None) follows `origin`, the ballot's genesis.

    Should the clock have been set back, the event takes the time of the one before: time in a log never runs
    backwards.
    """
    event = Event(
        ballot=plain(entry.ballot),
        type=plain(entry.type),
        at=max(entry.at, last.at) if last else entry.at,
        seat=plain(entry.seat),
        actor=plain(entry.actor),
        payload=plain(entry.payload),
        nonce=entry.nonce,
        sequence=last.sequence + 1 if last else 1,
        previous=last.hash if last else origin,
        hash="",
    )
    return replace(event, hash=event_hash(event))


def verify(events: Iterable, *, origin: str) -> Fault | None:
    """The first fault of a log in its order, or None: no gap, nothing twice, every hash its own and its predecessor's.

    `origin` is the genesis of the ballot. What a chain cannot show by itself is that its end was cut off or that
    all of it was written anew: for that, compare it with a receipt, which carries an event's sequence and hash.
    """
    last, nonces = None, set()
    for sequence, event in enumerate(events, start=1):
        wrong = (
            (FaultCode.SEQUENCE, event.sequence != sequence),
            (FaultCode.BALLOT, last is not None and event.ballot != last.ballot),
            (FaultCode.PREVIOUS, event.previous != (last.hash if last else origin)),
            (FaultCode.HASH, event.hash != event_hash(event)),
            (FaultCode.NONCE, event.nonce != "" and event.nonce in nonces),
            (FaultCode.TIME, last is not None and event.at < last.at),
        )
        for code, found in wrong:
            if found:
                return Fault(code, sequence)
        nonces.add(event.nonce)
        last = event
    return None
