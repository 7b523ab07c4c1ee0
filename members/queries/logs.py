"""A ballot's log as the rules read it: to check it, to hand it out, and to hold it against what is kept beside it."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q

from members.choices.ballots import EventType, FaultCode, Verdict
from members.models import Ballot, BallotEvent, Concern
from members.rules import chain, recounts
from members.rules.ballots import OF_THE_BALLOT
from members.rules.chain import Event, Fault
from members.rules.replay import Standing

TAKEN = frozenset({EventType.CAST, EventType.CHANGED, EventType.CONCERN_RAISED, EventType.CONCERN_CLEARED})
"""The events by which a seat takes a position: each is a receipt."""

DECIDING = frozenset({Verdict.APPROVED, Verdict.NOT_APPROVED, Verdict.TIED})
"""The outcomes that always stand in the register."""


def parts_of(ballot: Ballot) -> dict:
    """What was fixed when the ballot was prepared: what its log begins from."""
    return {
        "ballot": ballot.number,
        "question": ballot.question,
        "consequence": ballot.consequence,
        "subject": subject_of(ballot),
        "parent": ballot.parent.number if ballot.parent else None,
    }


def subject_of(ballot: Ballot) -> dict:
    """What is decided upon, down to the digest of its content."""
    return {
        "kind": ballot.subject_type.model,
        "identifier": ballot.subject.number,
        "version": ballot.subject_version,
        "digest": ballot.subject_digest,
    }


def words_digest(text: str) -> str | None:
    """What stands in a log for a reason or a concern."""
    return chain.freeze(text) if text else None


def as_event(row: BallotEvent, number: str) -> Event:
    """A row of the log, as the rules read it. People are known by their public identifiers, seats by their numbers."""
    return Event(
        ballot=number,
        type=row.type,
        at=row.at,
        seat=row.seat.number if row.seat else None,
        actor=str(row.actor.public_id) if row.actor else None,
        payload=row.payload,
        nonce=row.nonce,
        sequence=row.sequence,
        previous=row.previous_hash,
        hash=row.hash,
    )


def events_of(ballot: Ballot) -> list[Event]:
    """The whole log of a ballot, in its order."""
    rows = ballot.events.select_related("seat", "actor").order_by("sequence")
    return [as_event(row, ballot.number) for row in rows]


def events_about(ballot: Ballot, seat_id: int) -> list[Event]:
    """Of the log of a ballot, in its order, what is about one seat and about the times of the ballot."""
    about = ballot.events.filter(Q(seat=seat_id) | Q(type__in=sorted(OF_THE_BALLOT)))
    rows = about.select_related("seat", "actor").order_by("sequence")
    return [as_event(row, ballot.number) for row in rows]


def export(ballot: Ballot) -> dict:
    """Everything one needs to check and recount the ballot without the portal: identifiers, no names and no reasons.

    Raises LogError where the log cannot be replayed.
    """
    return recounts.export(events_of(ballot), parts=parts_of(ballot))


def to_verify():
    """All ballots with what a check reads, so that a thousand of them need few statements."""
    return Ballot.objects.select_related("parent", "subject_type", "decision").prefetch_related(
        Prefetch("events", BallotEvent.objects.select_related("seat", "actor").order_by("sequence")),
        Prefetch("concerns", Concern.objects.select_related("event", "seat")),
        "subject",
        "roll__seat",
        "roll__person",
        "positions__seat",
        "positions__event",
        "recusals__seat",
        "conflict_answers__seat",
        "conflict_answers__person",
    )


def missing_numbers() -> list[str]:
    """The numbers between the first and the last of each year that no ballot has."""
    found: dict[str, set[int]] = {}
    for number in Ballot.objects.values_list("number", flat=True):
        year, _, place = number.rpartition("-")
        found.setdefault(year, set()).add(int(place))
    gaps = [(year, place) for year, places in found.items() for place in range(1, max(places)) if place not in places]
    return [f"{year}-{place:03d}" for year, place in sorted(gaps)]


def faults_of(ballot: Ballot) -> Iterator[Fault]:
    """What is wrong with a ballot: its chain, its count, or what is kept beside the log. Nothing, if all is right."""
    rows = list(ballot.events.all())
    events = [as_event(row, ballot.number) for row in rows]
    result = recounts.check(events, parts=parts_of(ballot), frozen=ballot.frozen, sheet=ballot.sheet)
    if result.fault:
        yield result.fault
        return
    for row in rows:
        if words_digest(row.text) != row.payload.get("words"):
            yield Fault(FaultCode.WORDS, row.sequence)
    for name, kept, replayed in _beside(ballot, result.standing):
        if kept != replayed:
            yield Fault(FaultCode.PROJECTION, detail=name)


def _beside(ballot: Ballot, standing: Standing):
    """What is kept beside the log, each with what the log says of it."""
    positions, concerns = list(ballot.positions.all()), [row for row in ballot.concerns.all() if not row.cleared_at]
    recusals, answers = list(ballot.recusals.all()), list(ballot.conflict_answers.all())
    texts = {row.sequence: row.text for row in ballot.events.all()}
    yield "state", ballot.state, standing.state
    yield "verdict", ballot.verdict, standing.verdict or ""
    yield "opens_at", ballot.opens_at, standing.opens_at
    yield "closes_at", ballot.closes_at, standing.closes_at
    yield "settled_at", ballot.settled_at, standing.settled_at
    yield "decided_at", ballot.decided_at, standing.closed_at
    yield "closing_reason", ballot.closing_reason, standing.closing_reason or ""
    yield "positions", {row.seat.number: row.choice for row in positions}, standing.positions
    newest = {row.seat.number: row for row in ballot.events.all() if row.seat and row.type in TAKEN}
    said = {row.seat.number: (row.event_id, row.reason, row.cast_by_id) for row in positions}
    held = {number: (row.pk, row.text, row.actor_id) for number, row in newest.items() if number in standing.positions}
    yield "reasons", said, held
    yield "concerns", {row.seat.number: row.event.sequence for row in concerns}, standing.concerns
    yield "concern words", [row.text for row in concerns], [texts.get(row.event.sequence) for row in concerns]
    yield "recusals", {row.seat.number: row.source for row in recusals}, standing.recusals
    yield "voided", {row.seat.number: row.voided for row in recusals if row.voided}, standing.voided
    answered = {(row.seat.number, str(row.person.public_id)): row.answer for row in answers}
    yield "conflict answers", answered, standing.answers
    registered = ballot.decision.verdict if hasattr(ballot, "decision") else None
    yield "decision", registered, standing.verdict if registered or standing.verdict in DECIDING else None
    if standing.parts:
        roll = {row.seat.number: row.eligible for row in ballot.roll.all()}
        yield "roll", roll, {entry["seat"]: entry["eligible"] for entry in standing.parts["roll"]}
        yield "rule", chain.freeze(ballot.rule_snapshot), standing.frozen["rule"]
        yield "subject", chain.freeze(subject_of(ballot)), standing.frozen["subject"]
        yield "options", chain.freeze(ballot.options), standing.frozen["options"]
