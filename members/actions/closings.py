"""How the close of a ballot is written: counted, made final and acted upon, in one transaction."""

from members.actions import rights
from members.actions.drafts import draft
from members.actions.logs import Log
from members.audit import record
from members.choices.ballots import BallotState, EventType, Verdict
from members.choices.verbs import Verb
from members.models import Ballot, Decision
from members.permissions.matters import matter_of
from members.queries.standings import Standing
from members.rules import chain
from members.rules.admissions import goes_on
from members.signals import ballot_decided, ballot_held, ballot_undecided


def write_due(log: Log, *, by=None) -> bool:
    """Write the close that is due, with the time it was due, whoever comes by; say whether there was one."""
    if log.standing.closing is None:
        return False
    _write_outcome(log, log.standing, by=by)
    _act_upon(log.ballot, earlier=verdicts_before(log.ballot))
    return True


def verdicts_before(ballot: Ballot) -> list[str]:
    """The outcomes of the ballots of which this one is a repetition."""
    found = []
    while ballot.parent_id:
        ballot = ballot.parent
        found.append(ballot.verdict)
    return found


def _write_outcome(log: Log, standing: Standing, *, by) -> None:
    closing, sheet, ballot = standing.closing, standing.sheet, log.ballot
    log.append(EventType.CLOSED, by=by, payload={"at": chain.instant(closing.at), "reason": closing.reason})
    log.append(EventType.DECIDED, by=None, payload={"verdict": sheet.verdict, "sheet": sheet.as_record()})
    log.append(EventType.FINALISED, by=None)
    ballot.state, ballot.verdict, ballot.sheet = BallotState.FINAL, sheet.verdict, sheet.as_record()
    ballot.decided_at, ballot.closing_reason = closing.at, closing.reason
    ballot.save(update_fields=["state", "verdict", "sheet", "decided_at", "closing_reason"])
    rights.settle(ballot)


def _act_upon(ballot: Ballot, *, earlier: list[str]) -> None:
    """Let the subject change as the outcome says; where the matter stays open, nothing is decided yet."""
    if not goes_on(ballot.verdict, earlier=earlier) and ballot.verdict != Verdict.NO_QUORUM:
        decision = Decision.objects.create(
            number=ballot.number, ballot=ballot, verdict=ballot.verdict, decided_at=ballot.decided_at
        )
        record(Verb.BALLOT_CLOSED, target=ballot, verdict=ballot.verdict, decision=decision.pk)
        ballot_decided.send(Ballot, ballot=ballot, decision=decision)
    elif ballot.verdict == Verdict.HELD:
        record(Verb.BALLOT_HELD, target=ballot)
        ballot_held.send(Ballot, ballot=ballot)
    else:
        record(Verb.BALLOT_CLOSED, target=ballot, verdict=ballot.verdict)
        ballot_undecided.send(Ballot, ballot=ballot)
        if goes_on(ballot.verdict, earlier=earlier):
            subject = matter_of(ballot).locked(ballot.subject_id)
            draft(subject=subject, rule=ballot.rule, by=ballot.prepared_by, parent=ballot)
