"""What is done with ballots: preparing, opening, voting, standing aside, discussing, closing, putting again.

Every act locks the ballot's row first and reads the clock after it, so that a vote is in before the close or refused,
never lost. The next act that touches a ballot whose close is due writes that close, even if the act itself is refused.
"""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import closings, recusals, rights
from members.actions.drafts import draft
from members.actions.logs import Log
from members.actions.openings import write_opening
from members.actions.positions import same_act, seat_on_roll, voter_of, write_position
from members.audit import record
from members.choices.ballots import BallotState, ConflictGround, EventType, Position, RecusalSource, Visibility
from members.choices.ballots import ConflictAnswer as Answer
from members.choices.verbs import Verb
from members.kernel.refusals import Refused
from members.models import Ballot, BallotComment, BallotEvent, ConflictAnswer, DecisionRule
from members.permissions.matters import Matter, matter_for, matter_of
from members.rules import admissions, conflicts
from members.rules import ballots as rules
from members.rules.ballots import Vote
from members.rules.decision_rules import Procedure
from members.signals import ballot_undecided

logger = logging.getLogger(__name__)


def _drafted(matter: Matter, subject, *, by, parent=None) -> Ballot:
    """A ballot on a subject that is locked and may be put, under its rule as it is now."""
    if Ballot.objects.live().about(subject).exists():
        raise Refused(matter.words.live, code="live")
    rule = DecisionRule.current(matter.rule_key(subject))
    admissions.ensure_rule_can_be_run(rule.settings)
    return draft(subject=subject, rule=rule, by=by, parent=parent)


@transaction.atomic
def prepare(*, subject, by) -> Ballot:
    """Prepare a ballot on a row of a kind that the committee decides on, under its rule as it is now.

    Raises Refused as the kind says (of an application `not-now` or `tier-full`), code `live` where a ballot is
    prepared already, or `rule`.
    """
    matter = matter_for(subject)
    subject = matter.locked(subject.pk)
    matter.ensure_may_be_put(subject)
    return _drafted(matter, subject, by=by)


@transaction.atomic
def open(*, ballot, by, days=None) -> Ballot:  # noqa: A001 - the verb is "to open a ballot"
    """Open a ballot now, for as many days as the rule says or as are asked for, and freeze what it is decided on.

    Raises Refused, code `transition`, `changed`, `opening-too-short`, or `below-floor` where too few seats are free.
    """
    log = Log(ballot)
    ballot = log.ballot
    rules.ensure_transition(ballot.state, BallotState.OPEN)
    matter = matter_of(ballot)
    if matter.newest(matter.locked(ballot.subject_id)) != (ballot.subject_version, ballot.subject_digest):
        raise Refused(matter.words.changed, code="changed")
    procedure = Procedure.from_settings(ballot.rule_snapshot["settings"])
    closes_at = rules.default_closes_at(procedure, log.now) if days is None else log.now + timedelta(days=days)
    rules.ensure_opening_period(procedure, opens_at=log.now, closes_at=closes_at)
    return write_opening(log, closes_at=closes_at, by=by)


@transaction.atomic
def reballot(*, ballot, by) -> Ballot:
    """Prepare the one repetition of a ballot that closed with a hold, on the newest version of its subject.

    Raises Refused, code `not-held`, `once` or `live`, or as the kind of the subject says.
    """
    ballot = Log(ballot).ballot
    earlier = closings.verdicts_before(ballot)
    admissions.ensure_may_be_put_again(ballot.state, ballot.verdict, earlier=earlier)
    matter = matter_of(ballot)
    subject = matter.locked(ballot.subject_id)
    matter.ensure_still_held(subject)
    return _drafted(matter, subject, by=by, parent=ballot)


# --- Acts on a ballot that may be due to close --------------------------------------------------------------------


def _after_what_is_due(ballot, act, *, by):
    """Write what is due, then act; give what the act gives.

    Due may be the close, or that the rules find a conflict of the one who acts. It is written even where the act itself
    is refused, as a vote after the close is.
    """
    outcome = _written_and_acted(ballot, act, by=by)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@transaction.atomic
def _written_and_acted(ballot, act, *, by):
    log = Log(ballot)
    if not _write_what_is_due(log, by=by):
        return act(log)
    try:
        with transaction.atomic():
            return act(log)
    except Refused as refused:
        return refused


def _write_what_is_due(log, *, by) -> bool:
    if closings.write_due(log):
        return True
    term = seat_on_roll(log, by)
    found = term and log.ballot.state == BallotState.OPEN and recusals.find_again(log, term=term)
    if found:
        closings.write_due(log)
    return bool(found)


def withdraw(*, ballot, by, reason="") -> Ballot:
    """Take a ballot back before its close is due. What was said stays in the log; nothing is decided.

    Raises Refused, code `transition`.
    """
    return _after_what_is_due(ballot, partial(_withdraw, by=by, reason=reason.strip()), by=None)


def _withdraw(log, *, by, reason) -> Ballot:
    ballot = log.ballot
    rules.ensure_transition(ballot.state, BallotState.WITHDRAWN)
    was_open = ballot.state != BallotState.DRAFT
    log.append(EventType.WITHDRAWN, by=by, text=reason)
    ballot.state = BallotState.WITHDRAWN
    ballot.save(update_fields=["state"])
    rights.settle(ballot)
    record(Verb.BALLOT_WITHDRAWN, target=ballot, by=by)
    if was_open:
        ballot_undecided.send(Ballot, ballot=ballot)
    return ballot


def cast(*, ballot, by, choice, nonce, based_on, reason="") -> BallotEvent:
    """Take a position for the seat that `by` fills, or change it. The event is the receipt: number, sequence, hash.

    `nonce` belongs to one form: sent twice, it gives the first receipt again. `based_on` is the last sequence on
    the page the voter saw. Raises Refused as `rules.ballots.ensure_may_cast` says, or code `nonce-conflict`.
    """
    vote = Vote(Position(choice), reason.strip(), based_on)
    return _after_what_is_due(ballot, partial(_cast, by=by, vote=vote, nonce=nonce), by=by)


def clear_concern(*, concern, by, choice, nonce, based_on, reason="") -> BallotEvent:
    """Clear the hold of one's seat, and say what the seat says instead.

    Raises Refused as `cast`, or code `no-hold`, `not-raiser` or `still-held`.
    """
    vote = Vote(Position(choice), reason.strip(), based_on)
    act = partial(_cast, by=by, vote=vote, nonce=nonce, concern=concern)
    return _after_what_is_due(concern.ballot, act, by=by)


def _cast(log, *, by, vote: Vote, nonce, concern=None) -> BallotEvent:
    first = same_act(log, nonce=nonce, vote=vote, by=by)
    if first:
        return first
    term, standing = seat_on_roll(log, by), log.standing
    if concern is not None:
        _ensure_clears(standing, concern, term, vote)
    voter = voter_of(standing, term)
    rules.ensure_may_cast(standing.rule, standing.procedure, voter, vote, times=standing.times, now=log.now)
    held = standing.positions.get(term.seat_id)
    if held and (held.choice, held.reason) == (vote.position, vote.reason):
        return held.event
    event = write_position(log, seat=term.seat, held=held, vote=vote, by=by, nonce=nonce)
    record(_verb_of(event, standing), target=log.ballot, by=by, seat=term.seat_id, sequence=event.sequence)
    closings.write_due(log)
    return event


def _verb_of(event, standing) -> Verb:
    """What goes on the record, which others read: that a hold is cleared only where all may know what seats say."""
    told = standing.procedure.visibility == Visibility.LIVE and event.type == EventType.CONCERN_CLEARED
    return Verb.CONCERN_CLEARED if told else Verb.POSITION_CAST


def _ensure_clears(standing, concern, term, vote) -> None:
    is_open = any(open_one.pk == concern.pk for open_one in standing.concerns)
    seat = term.seat_id if term else None
    rules.ensure_own_concern(raiser=concern.seat_id, seat=seat, held=Position.HOLD if is_open else None)
    if vote.position == Position.HOLD:
        raise Refused(_("Choose what the seat says instead of its hold."), code="still-held", field="position")


def answer_conflict(*, ballot, by, answer, note="") -> ConflictAnswer:
    """Answer the conflict question for oneself, or answer it anew while the ballot is open.

    Whoever is conflicted stands aside at once. Raises Refused, code `not-holder`, `not-open`, `closed` or `recused`.
    """
    act = partial(_answer_conflict, by=by, answer=Answer(answer), note=note.strip())
    return _after_what_is_due(ballot, act, by=by)


def _answer_conflict(log, *, by, answer, note) -> ConflictAnswer:
    term, standing = seat_on_roll(log, by), log.standing
    conflicts.ensure_may_answer(voter_of(standing, term), times=standing.times, now=log.now)
    if answer == Answer.CONFLICTED:
        ground = ConflictGround.DECLARED
        recusals.stand_aside(log, term=term, source=RecusalSource.DECLARED, ground=ground, by=by, note=note)
    else:
        recusals.write_answer(log, seat=term.seat, person=term.person, answer=answer, by=by, note=note)
    record(Verb.CONFLICT_ANSWERED, target=log.ballot, by=by, seat=term.seat_id, answer=answer)
    closings.write_due(log)
    return log.ballot.conflict_answers.get(person=term.person)


def comment(*, ballot, by, text) -> BallotComment:
    """Say something to the seats that take part. Raises Refused, as for a position, or code `own-first`."""
    return _after_what_is_due(ballot, partial(_comment, by=by, text=text.strip()), by=by)


def _comment(log, *, by, text) -> BallotComment:
    term, standing = seat_on_roll(log, by), log.standing
    visibility = standing.procedure.visibility
    conflicts.ensure_may_comment(voter_of(standing, term), visibility, times=standing.times, now=log.now)
    written = BallotComment.objects.create(
        ballot=log.ballot, seat=term.seat, person=term.person, text=text, written_at=log.now
    )
    record(Verb.COMMENTED, target=log.ballot, by=by, seat=term.seat_id, comment=written.pk)
    return written


# --- Closing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def close(*, ballot, by=None) -> Ballot:
    """Write the close of a ballot whose close is due, with its count and all that follows.

    Raises Refused, code `not-due`.
    """
    log = Log(ballot)
    if not closings.write_due(log, by=by):
        raise Refused(_("This ballot is not due to close, or is closed already."), code="not-due")
    return log.ballot


def close_due() -> list[str]:
    """Write every close that is due, each in a transaction of its own, and name the ballots.

    One that fails is tried again at the next round and holds up no other.
    """
    closed = []
    for ballot in Ballot.objects.filter(state=BallotState.OPEN).order_by("closes_at"):
        try:
            closed.append(close(ballot=ballot).number)
        except Refused as refused:
            if refused.code != "not-due":
                logger.exception("The close of ballot %s was refused.", ballot.number)
        except Exception:
            logger.exception("The close of ballot %s failed.", ballot.number)
    return closed
