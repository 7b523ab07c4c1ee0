"""How the position of a seat is written: in the log, and beside it as what the seat says now."""

from dataclasses import replace

from members.actions.logs import Log
from members.choices.ballots import EventType, Position
from members.models import BallotEvent, Concern, SeatPosition, SeatTerm
from members.queries.logs import events_about
from members.queries.standings import Standing
from members.rules import ballots as rules
from members.rules.ballots import Vote, Voter


def seat_on_roll(log: Log, user) -> SeatTerm | None:
    """The term by which a user fills a seat that is on the roll of the ballot, now."""
    term = log.term_of(user) if user else None
    return term if term and any(entry.seat_id == term.seat_id for entry in log.standing.roll) else None


def voter_of(standing: Standing, term: SeatTerm | None) -> Voter:
    """What the rules ask of the one who votes, and of the seat."""
    if term is None:
        return Voter(is_holder=False, recused=False, conflict=None, held=None, relevant=0)
    answer = standing.ballot.conflict_answers.filter(person=term.person_id).first()
    held = standing.positions.get(term.seat_id)
    return Voter(
        is_holder=True,
        recused=term.seat_id in standing.recusals,
        conflict=answer.answer if answer else None,
        held=Position(held.choice) if held else None,
        relevant=rules.last_relevant(events_about(standing.ballot, term.seat_id), term.seat.number),
    )


def write_position(log: Log, *, seat, held: SeatPosition | None, vote: Vote, by, nonce: str) -> BallotEvent:
    """Record the position a seat takes now instead of the one it `held`, which stays in the log."""
    ballot, before = log.ballot, log.standing
    kind = rules.event_type(Position(held.choice) if held else None, vote.position)
    event = log.append(kind, by=by, seat=seat, payload={"position": vote.position}, text=vote.reason, nonce=nonce)
    if held and held.choice == Position.HOLD:
        ballot.concerns.filter(seat=seat, cleared_at__isnull=True).update(cleared_at=event.at)
    now = held or SeatPosition(ballot=ballot, seat=seat)
    now.choice, now.reason, now.cast_by, now.event = vote.position, vote.reason, by, event
    now.save()
    if vote.position == Position.HOLD:
        Concern.objects.create(
            ballot=ballot, seat=seat, event=event, text=vote.reason, raised_by=by, raised_at=event.at
        )
    ballot.settled_at = event.at
    ballot.save(update_fields=["settled_at"])
    if kind in (EventType.CAST, EventType.CHANGED) and vote.position != Position.HOLD:
        log.stands(replace(before, positions=before.positions | {seat.pk: now}))
    return event


def same_act(log: Log, *, nonce: str, vote: Vote, by) -> BallotEvent | None:
    """The event that this very form made before, or None.

    Raises Refused, code `nonce-conflict`, where the form came back with something else in it.
    """
    first = log.ballot.events.filter(nonce=nonce).first() if nonce else None
    if first is None:
        return None
    said = {"position": first.payload.get("position"), "reason": first.text, "actor": first.actor_id}
    rules.ensure_same_act(said, {"position": vote.position, "reason": vote.reason, "actor": by.pk})
    return first
