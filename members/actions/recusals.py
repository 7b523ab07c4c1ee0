"""How a seat, or only a person who fills it, comes to stand aside in a ballot."""

from members.actions.logs import Log
from members.audit import record
from members.choices.ballots import ConflictAnswer as Answer
from members.choices.ballots import ConflictGround, EventType, RecusalSource
from members.choices.verbs import Verb
from members.models import BallotEvent, ConflictAnswer, Recusal, SeatTerm
from members.permissions.matters import matter_of
from members.queries.conflicts import holder_of, place_of
from members.rules import conflicts as rules


def write_answer(log: Log, *, seat, person, answer, by, note="", ground="") -> ConflictAnswer:
    """Write down what a person answered, or the rules found of them; the newest answer counts."""
    payload = {"person": str(person.public_id), "answer": answer} | ({"ground": ground} if ground else {})
    event = log.append(EventType.CONFLICT_ANSWERED, by=by, seat=seat, payload=payload)
    kept, _ = ConflictAnswer.objects.update_or_create(
        ballot=log.ballot,
        person=person,
        defaults={"seat": seat, "answer": answer, "note": note, "answered_at": event.at, "event": event},
    )
    return kept


def write_recusal(log: Log, event: BallotEvent, *, seat, source, ground, by, voided="", **notes) -> Recusal:
    """Keep beside the log that a seat stands aside, and tell of it."""
    recusal = Recusal.objects.create(
        ballot=log.ballot,
        seat=seat,
        source=source,
        ground=ground,
        event=event,
        voided=voided,
        recused_at=event.at,
        recused_by=by,
        **notes,
    )
    record(Verb.RECUSED, target=log.ballot, by=by, seat=seat.pk, source=source, ground=ground)
    return recusal


def recuse(log: Log, *, seat, source, ground, by, **notes) -> Recusal:
    """Let a seat stand aside in an open ballot. A position it has taken is void, and its concern is closed with it."""
    event = log.append(EventType.RECUSED, by=by, seat=seat, payload={"source": source, "ground": ground})
    held = log.ballot.positions.filter(seat=seat).first()
    log.ballot.concerns.filter(seat=seat, cleared_at__isnull=True).update(cleared_at=event.at)
    log.ballot.positions.filter(seat=seat).delete()
    log.ballot.settled_at = event.at
    log.ballot.save(update_fields=["settled_at"])
    voided = held.choice if held else ""
    return write_recusal(log, event, seat=seat, source=source, ground=ground, by=by, voided=voided, **notes)


def stand_aside(log: Log, *, term: SeatTerm, source, ground, by, note="") -> None:
    """Let the person of a term stand aside; the seat follows where the rules say so."""
    ballot, seat = log.ballot, term.seat
    write_answer(log, seat=seat, person=term.person, answer=Answer.CONFLICTED, by=by, note=note, ground=ground)
    standing = log.standing
    position = standing.positions.get(seat.pk)
    follows = rules.seat_follows(
        is_leader=_is_leader(term, on=log.now.date()),
        others_free=_others_free(ballot, term, on=log.now.date()),
        own_position=position is not None and position.cast_by_id == term.person.user_id,
        eligible=standing.tally.eligible,
        floor=standing.rule.eligible_floor,
    )
    if follows:
        recuse(log, seat=seat, source=source, ground=ground, by=by, private_note=note)


def find_again(log: Log, *, term: SeatTerm) -> ConflictGround | None:
    """What the rules find now of a seat and the person who fills it, written where it is new."""
    ballot, seat = log.ballot, term.seat
    if seat.pk in log.standing.recusals:
        return None
    party = matter_of(ballot).party(ballot.subject_id, on=log.now.date())
    ground = rules.of_seat(party, place_of(seat, [term]))
    if ground:
        recuse(log, seat=seat, source=RecusalSource.RULE, ground=ground, by=None)
        return ground
    ground = rules.of_person(party, holder_of(term))
    if ground and not ballot.conflict_answers.filter(person=term.person, answer=Answer.CONFLICTED).exists():
        stand_aside(log, term=term, source=RecusalSource.RULE, ground=ground, by=None)
        return ground
    return None


def _others_of(term: SeatTerm, *, on):
    return SeatTerm.objects.in_force(on=on).filter(seat=term.seat).exclude(person=term.person)


def _is_leader(term, *, on) -> bool:
    holders = [holder_of(other) for other in [term, *_others_of(term, on=on)]]
    return rules.leader(holders).person == term.person_id


def _others_free(ballot, term, *, on) -> bool:
    aside = ballot.conflict_answers.filter(answer=Answer.CONFLICTED).values("person")
    return _others_of(term, on=on).exclude(person__in=aside).exists()
