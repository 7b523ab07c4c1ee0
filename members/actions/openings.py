"""How the opening of a ballot is written: roll, options, rule and subject are frozen, conflicts found by rule."""

from datetime import datetime

from members.actions import rights
from members.actions.logs import Log
from members.actions.recusals import write_answer, write_recusal
from members.audit import record
from members.choices.ballots import BallotState, ConflictAnswer, EventType, Position, RecusalSource
from members.choices.verbs import Verb
from members.models import Ballot, RollEntry
from members.permissions.matters import matter_of
from members.queries.conflicts import place_of, seats_filled
from members.queries.logs import subject_of
from members.rules import chain, conflicts
from members.rules.decision_rules import Rule
from members.signals import ballot_opened


def write_opening(log: Log, *, closes_at: datetime, by) -> Ballot:
    """Open a ballot that is locked and may be opened. Raises Refused, code `below-floor`."""
    ballot, rule = log.ballot, Rule.from_settings(log.ballot.rule_snapshot["settings"])
    filled = seats_filled(on=log.now.date())
    party = matter_of(ballot).party(ballot.subject_id, on=log.now.date())
    places = [place_of(seat, terms) for seat, terms in filled.items()]
    found = conflicts.at_opening(party, places, floor=rule.eligible_floor)
    conflicts.ensure_enough(found, floor=rule.eligible_floor)
    roll = [_roll_entry(ballot, seat, terms, found) for seat, terms in filled.items()]
    options = [position.value for position in Position if position != Position.HOLD or rule.holds_allowed]
    parts = {
        "rule": ballot.rule_snapshot,
        "roll": [_frozen(entry) for entry in roll],
        "options": options,
        "subject": subject_of(ballot),
    }
    times = {"opens_at": chain.instant(log.now), "closes_at": chain.instant(closes_at)}
    event = log.append(EventType.OPENED, by=by, payload=times | parts)
    ballot.state, ballot.opens_at, ballot.closes_at, ballot.settled_at = BallotState.OPEN, log.now, closes_at, log.now
    ballot.options, ballot.frozen = options, {name: chain.freeze(part) for name, part in parts.items()}
    ballot.save(update_fields=["state", "opens_at", "closes_at", "settled_at", "options", "frozen"])
    RollEntry.objects.bulk_create(roll)
    _write_conflicts(log, event, filled, found)
    record(Verb.BALLOT_OPENED, target=ballot, by=by)
    rights.settle(ballot)
    ballot_opened.send(Ballot, ballot=ballot)
    return ballot


def _roll_entry(ballot, seat, terms, found) -> RollEntry:
    """A seat as it stands on the roll, in the name of whoever holds it in this ballot."""
    leading = conflicts.leader(place_of(seat, terms).holders).person
    person = found.voters.get(seat.number, leading)
    return RollEntry(
        ballot=ballot,
        seat=seat,
        person=next(term.person for term in terms if term.person_id == person),
        organisation=seat.organisation,
        eligible=seat.number not in found.recused,
    )


def _frozen(entry: RollEntry) -> dict:
    """A line of the roll as the log keeps it: identifiers, no names."""
    line = {
        "seat": entry.seat.number,
        "person": str(entry.person.public_id),
        "institution": entry.organisation.slug if entry.organisation else None,
        "eligible": entry.eligible,
    }
    return line if entry.eligible else line | {"source": RecusalSource.RULE.value}


def _write_conflicts(log, event, filled, found) -> None:
    """Keep beside the log which seats stand aside from the beginning, and in it which people alone do."""
    seats = {seat.number: seat for seat in filled}
    people = {term.person_id: term.person for terms in filled.values() for term in terms}
    for number, ground in found.recused.items():
        write_recusal(log, event, seat=seats[number], source=RecusalSource.RULE, ground=ground, by=None)
    for person, (number, ground) in found.aside.items():
        write_answer(
            log,
            seat=seats[number],
            person=people[person],
            answer=ConflictAnswer.CONFLICTED,
            by=None,
            ground=ground,
        )
