#!/usr/bin/env python3
"""Check and recount a ballot from its export, with nothing but Python's standard library.

    python3 recount.py EXPORT.json [SEQUENCE:HASH ...]

Each SEQUENCE:HASH is that of a receipt; the log must contain it, which shows that nothing was cut off or rewritten
since the receipt was given. Prints the count sheet and exits with 0, or names the first fault and exits with 1.

The export is one JSON object:

    format    "ballot-export/1"
    genesis   what was fixed when the ballot was prepared, at least {"ballot": NUMBER}
    rule      the decision rule: key, version, title, source and settings, which has the parts counting and procedure
    roll      the seats at the opening: [{"seat", "person", "institution", "eligible", and "source" if not eligible}]
    options   what could be chosen
    subject   what was decided upon: kind, identifier, version, hash
    frozen    the hash of each of rule, roll, options and subject
    log       the events, each with previous, ballot, sequence, type, seat, actor, payload, at, nonce, hash
    sheet     the count that was recorded, null if there was none

Every hash is the SHA-256 of JSON in UTF-8 with sorted keys, no spaces, and nothing escaped that need not be. An
event's hash is that of all of it but the hash; the first event's previous is the hash of {"genesis": genesis}. A Hold
is taken by the event concern_raised and left by concern_cleared; a recusal voids the seat's position.
"""

import hashlib
import json
import sys
from datetime import datetime, timedelta
from itertools import combinations_with_replacement
from pathlib import Path

# For each type of event, the states in which it may happen and the state it leads to, if another one.
STEPS = {
    **dict.fromkeys(("conflict_answered", "cast", "changed", "extended", "closed"), ("open", None)),
    **dict.fromkeys(("concern_raised", "concern_cleared"), ("open", None)),
    "prepared": ("draft", None),
    "opened": ("draft", "open"),
    "recused": ("open deferred", None),
    "deferred": ("open", "deferred"),
    "resumed": ("deferred", "open"),
    "decided": ("open", "decided"),
    "finalised": ("decided", "final"),
    "withdrawn": ("draft open deferred", "withdrawn"),
    "voided": ("open deferred decided", "void"),
}
AFTER_HOURS = ("conflict_answered", "closed", "decided")


class FaultError(Exception):
    """Something in the export that cannot be true."""


def ensure(true, sequence, what):
    if not true:
        raise FaultError(f"event {sequence}: {what}" if sequence else what)


def digest(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_chain(export):
    """No gap, nothing twice, and every event follows the one before."""
    previous, at, nonces = digest({"genesis": export["genesis"]}), "", set()
    for sequence, event in enumerate(export["log"], start=1):
        content = {name: value for name, value in event.items() if name != "hash"}
        ensure(event["sequence"] == sequence, sequence, "the sequence has a gap or a repetition")
        ensure(event["ballot"] == export["genesis"]["ballot"], sequence, "it belongs to another ballot")
        ensure(event["previous"] == previous, sequence, "it does not follow the one before")
        ensure(event["hash"] == digest(content), sequence, "it is not what was hashed")
        ensure(not event["nonce"] or event["nonce"] not in nonces, sequence, "it was recorded twice")
        ensure(event["at"] >= at, sequence, "it is earlier than the one before")
        previous, at = event["hash"], event["at"]
        nonces.add(event["nonce"])


class Ballot:
    """The ballot as its log says it was."""

    def __init__(self):
        self.state, self.opened, self.closed, self.decided = "draft", None, None, None
        self.roll, self.recused, self.said = [], set(), {}
        self.opens_at = self.closes_at = self.settled_at = ""

    def apply(self, event):
        kind, sequence = event["type"], event["sequence"]
        since, to = STEPS.get(kind, ("", None))
        ensure(self.state in since.split() and (kind != "prepared" or sequence == 1), sequence, "it cannot happen here")
        if self.state == "open" and kind not in AFTER_HOURS:
            ensure(not self.closed and not self.due(event["at"]), sequence, "the ballot was not open at that time")
        self.state = to or self.state
        step = getattr(self, f"on_{kind}", None)
        if step:
            step(event, sequence, event["payload"])

    def on_opened(self, event, sequence, payload):
        self.opened = payload
        self.roll = [entry["seat"] for entry in payload["roll"]]
        self.recused = {entry["seat"] for entry in payload["roll"] if not entry["eligible"]}
        self.opens_at, self.closes_at = payload["opens_at"], payload["closes_at"]
        self.settled_at = max(event["at"], self.opens_at)
        ensure(len(set(self.roll)) == len(self.roll), sequence, "a seat is on the roll twice")

    def take(self, event, sequence, position):
        seat, held = event["seat"], self.said.get(event["seat"])
        rule = self.opened["rule"]["settings"]
        ensure(event["at"] >= self.opens_at, sequence, "the ballot was not open at that time")
        ensure(seat in self.roll and seat not in self.recused, sequence, "the seat may not vote")
        final = rule["procedure"].get("votes_final", False) and held not in (None, "hold")
        ensure(not final, sequence, "the position was final")
        right = {
            "cast": held is None and position in ("yes", "no", "abstain"),
            "changed": (held in ("yes", "no", "abstain") and position in ("yes", "no", "abstain"))
            or held == position == "hold",
            "concern_raised": held != "hold" and rule["counting"].get("holds_allowed", False),
            "concern_cleared": held == "hold" and position in (None, "yes", "no", "abstain"),
        }
        ensure(right[event["type"]], sequence, "the position does not follow from the one before")
        self.said[seat] = position
        if position is None:
            del self.said[seat]
        self.settled_at = event["at"]

    def on_cast(self, event, sequence, payload):
        self.take(event, sequence, payload["position"])

    on_changed = on_concern_cleared = on_cast

    def on_concern_raised(self, event, sequence, payload):
        self.take(event, sequence, "hold")

    def on_recused(self, event, sequence, payload):
        seat = event["seat"]
        ensure(seat in self.roll and seat not in self.recused, sequence, "the seat is not on the roll or stands aside")
        self.recused.add(seat)
        self.said.pop(seat, None)
        self.settled_at = event["at"]

    def on_extended(self, event, sequence, payload):
        ensure(payload["closes_at"] > self.closes_at, sequence, "the closing time moved earlier")
        self.closes_at = payload["closes_at"]

    def on_resumed(self, event, sequence, payload):
        ensure(payload["closes_at"] >= self.closes_at, sequence, "the closing time moved earlier")
        self.closes_at, self.settled_at = payload["closes_at"], event["at"]

    def on_closed(self, event, sequence, payload):
        ensure(not self.closed, sequence, "it was closed before")
        due = self.due(event["at"])
        ensure((payload["at"], payload["reason"]) == due, sequence, f"the close that was due is {due}")
        self.closed = due

    def on_decided(self, event, sequence, payload):
        ensure(self.closed, sequence, "it was not closed before")
        self.decided = payload

    def due(self, now):
        """The close that was due by `now`, as (at, reason), or None."""
        rule = self.opened["rule"]["settings"]
        counting, seats, early = rule["counting"], self.seats(), rule["counting"].get("early_close", "never")
        enough = len(self.roll) - len(self.recused) >= max(counting.get("eligible_floor", 0), 1)
        due = [(self.closes_at, 0, "clock")]
        settled_at = max(self.settled_at, self.opens_at)
        if early == "when_all_in" and enough and None not in seats and count(counting, seats)["verdict"] != "held":
            due.append((settled_at, 1, "all_in"))
        final = rule["procedure"].get("votes_final", False)
        if early == "when_decided" and final and enough and is_decided(counting, seats):
            days = timedelta(days=rule["procedure"]["minimum_opening_days"])
            shortest = datetime.fromisoformat(self.opens_at.replace("Z", "+00:00")) + days
            written = shortest.isoformat(timespec="microseconds").replace("+00:00", "Z")
            due.append((max(settled_at, written), 2, "decided"))
        at, _, reason = min(due)
        return (at, reason) if at <= now else None

    def seats(self):
        """What each seat says: a position, None if silent, "recused"."""
        return ["recused" if seat in self.recused else self.said.get(seat) for seat in self.roll]


def is_decided(rule, seats):
    """Whether every ending has the verdict of now."""
    now = count(rule, seats)["verdict"]
    return all(count(rule, ending)["verdict"] == now for ending in endings(rule, seats))


def endings(rule, seats):
    """Every way in which the seats may yet end: silent seats and open holds may become anything, the rest stays."""
    fixed = [seat for seat in seats if seat not in (None, "hold")]
    says = [None, "yes", "no", "abstain", *(["hold"] if rule.get("holds_allowed", False) else [])]
    for ending in combinations_with_replacement(says, len(seats) - len(fixed)):
        yield fixed + list(ending)


def least(fraction, base, *, strict):
    """The least number of seats that is at least (more than, if strict) the fraction of base; by trying."""
    over, _, under = fraction.partition("/")
    number = 0
    while number * int(under or 1) < int(over) * base or (strict and number * int(under or 1) == int(over) * base):
        number += 1
    return number


def count(rule, seats):
    """The count sheet of what the seats say, by the part "counting" of the rule's settings."""
    sheet = {name: seats.count(name) for name in ("recused", "yes", "no", "abstain", "hold")}
    yes, hold, silent = sheet["yes"], sheet["hold"], seats.count(None)
    roll, decisive = len(seats), yes + sheet["no"] + hold
    eligible, cast = roll - sheet["recused"], decisive + sheet["abstain"]
    bases = {"decisive": decisive, "cast": cast, "eligible": eligible, "roster": roll}
    quorum = least(rule["quorum"], bases[rule["quorum_base"]], strict=rule["quorum_strict"])
    quorum = max(quorum, rule.get("quorum_minimum", 0))
    by_participation = rule["quorum_mode"] == "participation"
    base = bases[rule["threshold_base"]] if by_participation else max(bases[rule["threshold_base"]], quorum)
    threshold = max(least(rule["threshold"], base, strict=rule["threshold_strict"]), rule.get("minimum_yes", 0), 1)
    override = None if rule.get("override") is None else least(rule["override"], roll, strict=False)
    floor = rule.get("eligible_floor", 0)
    if eligible < floor or (by_participation and cast < quorum):
        verdict = "no_quorum"
    elif hold and (override is None or yes < override):
        verdict = "held"
    elif yes >= threshold:
        verdict = "approved"
    elif rule.get("ties", "fails") != "fails" and yes == sheet["no"] + hold > 0:
        verdict = "tied"
    else:
        verdict = "not_approved"
    return sheet | {
        "roll": roll,
        "eligible": eligible,
        "silent": silent,
        "cast": cast,
        "decisive": decisive,
        "eligible_floor": floor,
        "quorum_mode": rule["quorum_mode"],
        "quorum_need": quorum,
        "threshold_base": rule["threshold_base"],
        "base": base,
        "base_raised": base > bases[rule["threshold_base"]],
        "threshold_need": threshold,
        "override_need": override,
        "verdict": verdict,
    }


def missing(rule, seats):
    """The least number of silent seats whose Yes would approve, None if that cannot be."""
    silent = seats.count(None)
    others = [seat for seat in seats if seat is not None]
    for further in range(silent + 1):
        if count(rule, others + ["yes"] * further + [None] * (silent - further))["verdict"] == "approved":
            return further
    return None


def recount(export, receipts=()):
    """The count sheet of a sound export. Raises FaultError at the first fault."""
    ensure(export["format"] == "ballot-export/1", None, "the export is not in the known format")
    check_chain(export)
    for receipt in receipts:
        sequence, _, digits = receipt.partition(":")
        hashes = [event["hash"] for event in export["log"] if str(event["sequence"]) == sequence]
        ensure(hashes == [digits], None, f"the log does not contain the receipt {receipt}")
    ballot = Ballot()
    for event in export["log"]:
        ballot.apply(event)
    if ballot.opened is None:
        ensure(
            not export["frozen"] and export["sheet"] is None, None, "the log does not tell of what is kept beside it"
        )
        return None
    for name in ("rule", "roll", "options", "subject"):
        same = digest(ballot.opened[name]) == digest(export[name]) == export["frozen"][name]
        ensure(same, None, f"the frozen part {name} has changed")
    rule, seats = ballot.opened["rule"]["settings"]["counting"], ballot.seats()
    sheet = count(rule, seats) | {"missing": missing(rule, seats)}
    cleared = [None if seat == "hold" else seat for seat in seats]
    sheet["missing_once_cleared"] = missing(rule, cleared) if sheet["hold"] else None
    recorded = ballot.decided or {"verdict": None, "sheet": None}
    ensure(export["sheet"] == recorded["sheet"], None, "the sheet is not the one in the log")
    if ballot.decided:
        same = recorded["verdict"] == sheet["verdict"] and recorded["sheet"] == sheet
        ensure(same, None, f"the count differs: recorded {recorded['verdict']}, counted {sheet['verdict']}")
    return sheet


def main(arguments):
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        export = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        sheet = recount(export, arguments[1:])
    except FaultError as fault:
        sys.stderr.write(f"Fault: {fault}\n")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stderr.write(f"Fault: the export cannot be read: {error!r}\n")
        return 1
    sys.stdout.write(f"{export['genesis']['ballot']}: {len(export['log'])} events, each follows the one before.\n")
    for name, value in sorted((sheet or {}).items()):
        sys.stdout.write(f"{name.replace('_', ' ')}: {'-' if value is None else value}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
