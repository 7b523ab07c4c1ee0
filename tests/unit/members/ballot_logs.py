"""Logs of ballots, written step by step as the portal writes them, for the tests of chain, replay and recount."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

from members.choices.ballots import BallotState, EventType
from members.reference.rules import MEMBERSHIP_RULE
from members.rules import ballots, chain
from members.rules.counting import Tally, count
from members.rules.replay import replay

NUMBER = "SC-2026-014"
PARTS = {"ballot": NUMBER, "question": "Admit the Example Institute?"}
ORIGIN = chain.genesis(PARTS)
PREPARED_AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
OPENS_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOSES_AT = OPENS_AT + timedelta(days=14)


def membership_rule(**changes):
    """The snapshot of the membership rule with some settings changed, of its procedure or of its count."""
    rule = deepcopy(MEMBERSHIP_RULE)
    for name, value in changes.items():
        part = "procedure" if name in rule["settings"]["procedure"] else "counting"
        rule["settings"][part][name] = value
    return rule


class Log:
    """A log one writes by calling its verbs; each takes an hour."""

    def __init__(self, *, seats=9, recused=(), rule=None, prepared=True):
        self.events = []
        self.now = PREPARED_AT
        self.seats = [f"seat-{number}" for number in range(1, seats + 1)]
        self.recused, self.rule = recused, rule or membership_rule()
        if prepared:
            self.write(EventType.PREPARED, payload={"rule": self.rule["key"]})

    def write(self, kind, *, seat=None, payload=None, nonce=None):
        entry = chain.Entry(
            ballot=NUMBER,
            type=kind,
            at=self.now,
            seat=seat,
            actor="person-1",
            payload=payload or {},
            nonce=f"nonce-{len(self.events)}" if nonce is None else nonce,
        )
        self.events.append(chain.following(self.events[-1] if self.events else None, entry, origin=ORIGIN))
        self.now += timedelta(hours=1)
        return self

    def open(self):
        roll = [
            {"seat": seat, "person": f"person-{seat}", "institution": f"institution-{seat}", "eligible": True}
            for seat in self.seats
        ]
        for number in self.recused:
            roll[number - 1] |= {"eligible": False, "source": "rule"}
        self.now = OPENS_AT
        payload = {
            "opens_at": OPENS_AT,
            "closes_at": CLOSES_AT,
            "rule": self.rule,
            "roll": roll,
            "options": ["yes", "no", "abstain", "hold"],
            "subject": {"kind": "application", "id": "A-2026-0007", "version": 2, "hash": "ab" * 32},
        }
        self.now += timedelta(hours=1)
        return self.write(EventType.OPENED, payload=payload)

    def take(self, number, position, **extra):
        """A seat, by its number, takes a position; None clears its Hold and leaves it silent."""
        seat = self.seats[number - 1]
        kind = ballots.event_type(replay(self.events).positions.get(seat), position)
        return self.write(kind, seat=seat, payload={"position": position}, **extra)

    def recuse(self, number, source="declared"):
        return self.write(EventType.RECUSED, seat=self.seats[number - 1], payload={"source": source})

    def close(self, at=None):
        """The close that is due now (or at a later instant), with the count."""
        self.now = max(self.now, at or CLOSES_AT)
        standing = replay(self.events)
        due = ballots.closing(
            standing.rule,
            standing.procedure,
            standing.tally,
            times=standing.times,
            settled_at=standing.settled_at,
            now=self.now,
        )
        sheet = count(standing.rule, standing.tally).as_record()
        self.write(EventType.CLOSED, payload={"at": due.at, "reason": due.reason})
        return self.write(EventType.DECIDED, payload={"verdict": sheet["verdict"], "sheet": sheet})

    def finish(self):
        return self.write(EventType.FINALISED)


def whole_life():
    """A ballot with a bit of everything: changes, a hold cleared, a vote voided by a recusal, a close by the clock."""
    log = Log(recused=[9]).open()
    log.write(EventType.CONFLICT_ANSWERED, seat="seat-1", payload={"person": "person-seat-1", "answer": "none"})
    log.take(1, "yes").take(2, "yes").take(3, "no").take(3, "abstain").take(4, "hold").take(5, "yes")
    log.take(6, "yes").recuse(6).take(7, "hold").take(4, "yes").take(7, None).take(8, "yes")
    log.write(EventType.EXTENDED, payload={"closes_at": CLOSES_AT + timedelta(days=1)})
    return log.close(at=CLOSES_AT + timedelta(days=3)).finish()


WHOLE_LIFE_ENDS = {
    "state": BallotState.FINAL,
    "tally": Tally(roll=9, recused=2, yes=5, abstain=1),
    "verdict": "approved",
}
