"""The chain that makes a ballot's log fit to be checked by anyone: each event carries the hash of the one before.

Hashes are SHA-256, in lower-case hexadecimal, of canonical JSON: keys sorted, no spaces, UTF-8 unescaped, instants in
UTC as ``2026-03-01T12:00:00.000000Z``, fractions as ``2/3``, no floats. Anyone can write the same bytes again with
any language's standard library.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
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


class Broken(Exception):
    """A log that cannot be true."""

    def __init__(self, fault: Fault):
        super().__init__(str(fault.code))
        self.fault = fault

    def __str__(self):
        return str(self.fault)


def plain(value: Any) -> Any:
    """The value as JSON knows it: what is stored in the database and what is hashed are the same.

    Raises ValueError for floats, naive instants and everything else that has no exact form.
    """
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case list() | tuple():
            return [plain(item) for item in value]
        case Mapping() if all(isinstance(key, str) for key in value):
            return {str(key): plain(item) for key, item in value.items()}
    raise ValueError(f"This has no exact form in a log: {value!r}")


def instant(value: datetime) -> str:
    """An aware instant in UTC, to the microsecond. Raises ValueError if it is naive."""
    if value.tzinfo is None:
        raise ValueError("An instant without a time zone has no place in a log")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


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


def event_hash(previous: str, *, ballot, sequence: int, type, seat, actor, payload, at: datetime, nonce: str) -> str:
    """The hash of one event and, through `previous`, of all before it."""
    return freeze(
        {
            "previous": previous,
            "ballot": ballot,
            "sequence": sequence,
            "type": type,
            "seat": seat,
            "actor": actor,
            "payload": payload,
            "at": at,
            "nonce": nonce,
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a log. `seat` and `actor` are identifiers (never names), None where there is none.

    Database rows with the same attributes serve as well wherever events are read.
    """

    ballot: str
    sequence: int
    type: str
    seat: str | int | None
    actor: str | int | None
    payload: Mapping
    at: datetime
    nonce: str
    previous: str
    hash: str = ""

    @classmethod
    def from_record(cls, record: Mapping) -> "Event":
        """The event that `as_record` wrote."""
        return cls(**{**record, "at": parse_instant(record["at"])})


RECORD = ("ballot", "sequence", "type", "seat", "actor", "payload", "at", "nonce", "previous", "hash")


def as_record(event) -> dict:
    """The event as plain values, as it stands in an export."""
    return {name: plain(getattr(event, name)) for name in RECORD}


def following(
    last, *, origin: str, ballot, type, seat=None, actor=None, payload=None, at: datetime, nonce: str
) -> Event:
    """The event that follows `last`; `origin` is the ballot's genesis, which the first event (`last` None) follows.

    Should the clock have been set back, the event takes the time of the one before: time in a log never runs backwards.
    """
    event = Event(
        ballot=plain(ballot),
        sequence=last.sequence + 1 if last else 1,
        type=plain(type),
        seat=plain(seat),
        actor=plain(actor),
        payload=plain(payload or {}),
        at=max(at, last.at) if last else at,
        nonce=nonce,
        previous=last.hash if last else origin,
    )
    return replace(event, hash=hash_of(event))


def hash_of(event) -> str:
    """The hash an event ought to have, from everything else in it."""
    content = {name: getattr(event, name) for name in RECORD if name not in ("previous", "hash")}
    return event_hash(event.previous, **content)


def verify(events, *, origin: str) -> Fault | None:
    """The first fault of a log in its order, or None: no gap, nothing twice, every hash its own and its predecessor's.

    `origin` is the genesis of the ballot. Nonces that are empty (of acts nobody sends twice) may repeat.
    """
    previous, ballot, at, nonces = origin, None, None, set()
    for sequence, event in enumerate(events, start=1):
        if event.sequence != sequence:
            return Fault(FaultCode.SEQUENCE, sequence)
        if ballot is not None and event.ballot != ballot:
            return Fault(FaultCode.BALLOT, sequence)
        if event.previous != previous:
            return Fault(FaultCode.PREVIOUS, sequence)
        if event.hash != hash_of(event):
            return Fault(FaultCode.HASH, sequence)
        if event.nonce and event.nonce in nonces:
            return Fault(FaultCode.NONCE, sequence)
        if at is not None and event.at < at:
            return Fault(FaultCode.TIME, sequence)
        previous, ballot, at = event.hash, event.ballot, event.at
        nonces.add(event.nonce)
    return None
