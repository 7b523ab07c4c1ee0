"""What may happen to a ballot, and when. Instants are aware and come from the database's clock."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from members.choices.ballots import (
    BallotState,
    ClosingReason,
    ConflictAnswer,
    EarlyClose,
    EventType,
    Position,
    Visibility,
)
from members.kernel.refusals import Refused
from members.rules import chain
from members.rules.counting import Tally, all_in, is_decided
from members.rules.decision_rules import Procedure, Rule

TRANSITIONS = {
    BallotState.DRAFT: frozenset({BallotState.OPEN, BallotState.WITHDRAWN}),
    BallotState.OPEN: frozenset({BallotState.DEFERRED, BallotState.DECIDED, BallotState.WITHDRAWN, BallotState.VOID}),
    BallotState.DEFERRED: frozenset({BallotState.OPEN, BallotState.WITHDRAWN, BallotState.VOID}),
    BallotState.DECIDED: frozenset({BallotState.FINAL, BallotState.VOID}),
    BallotState.FINAL: frozenset(),
    BallotState.WITHDRAWN: frozenset(),
    BallotState.VOID: frozenset(),
}
"""What may follow what. A deferred ballot is resumed before it closes; a final one is superseded, never undone."""

LIVE = frozenset({BallotState.DRAFT, BallotState.OPEN, BallotState.DEFERRED})
"""The states of which a subject has at most one ballot at a time."""

OF_THE_SEAT = frozenset(
    {EventType.CAST, EventType.CHANGED, EventType.CONCERN_RAISED, EventType.CONCERN_CLEARED, EventType.RECUSED}
)
OF_THE_BALLOT = frozenset({EventType.OPENED, EventType.EXTENDED, EventType.DEFERRED, EventType.RESUMED})


def ensure_transition(state: BallotState, to: BallotState) -> None:
    """Refuse a step that the life of a ballot does not have."""
    if to not in TRANSITIONS[BallotState(state)]:
        raise Refused(
            _("A ballot that is “{state}” cannot become “{to}”."),
            code="transition",
            state=BallotState(state).label,
            to=BallotState(to).label,
        )


def accepting(state: BallotState, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> bool:
    """Whether the ballot takes positions now: it is open, and the clock is between its times (the last excluded).

    Pages, lists, reminders and mails all ask this and nothing else.
    """
    if state != BallotState.OPEN or opens_at is None or closes_at is None:
        return False
    return opens_at <= now < closes_at


def ensure_open(state: BallotState, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
    """Refuse unless the ballot is accepting; say whether it is not open yet (`not-open`) or no longer (`closed`)."""
    if accepting(state, opens_at, closes_at, now):
        return
    if state in (BallotState.DRAFT, BallotState.DEFERRED) or (state == BallotState.OPEN and now < opens_at):
        raise Refused(_("This ballot is not open yet."), code="not-open", state=state)
    raise Refused(_("This ballot is closed. Nothing was recorded."), code="closed", state=state)


def default_closes_at(procedure: Procedure, opens_at: datetime) -> datetime:
    """When a ballot closes if nobody says otherwise."""
    return opens_at + timedelta(days=procedure.default_opening_days)


def ensure_opening_period(procedure: Procedure, *, opens_at: datetime, closes_at: datetime) -> None:
    """Refuse a ballot that would be open for less than its rule asks."""
    if closes_at - opens_at < timedelta(days=procedure.minimum_opening_days):
        raise Refused(
            _("This rule keeps a ballot open for at least {days} days."),
            code="opening-too-short",
            field="closes_at",
            days=procedure.minimum_opening_days,
        )


class Times(NamedTuple):
    """What the clock is compared with: `accepting(*times, now)`."""

    state: BallotState
    opens_at: datetime | None
    closes_at: datetime | None


class Closing(NamedTuple):
    """That a ballot closes, why, and at which instant it was due, however late it is written."""

    reason: ClosingReason
    at: datetime


def closing(
    rule: Rule,
    procedure: Procedure,
    tally: Tally,
    *,
    times: Times,
    settled_at: datetime,
    now: datetime,
) -> Closing | None:
    """The close that is due by `now`, or None while the ballot stays open.

    It is the first of the clock; all eligible seats being in, if the rule closes then; and nothing being able to change
    the result, if the rule closes then, its positions are final and the shortest opening is over. `settled_at` is
    when the tally became what it is: the instant of the last position or recusal, or of the opening.

    With too few eligible seats a ballot waits for its clock, since alternates may still step in.
    """
    state, opens_at, closes_at = times
    if state != BallotState.OPEN:
        return None
    due = [Closing(ClosingReason.CLOCK, closes_at)]
    settled_at = max(settled_at, opens_at)
    if rule.early_close is EarlyClose.WHEN_ALL_IN and all_in(rule, tally):
        due.append(Closing(ClosingReason.ALL_IN, settled_at))
    if (
        rule.early_close is EarlyClose.WHEN_DECIDED
        and procedure.votes_final
        and tally.eligible >= max(rule.eligible_floor, 1)
        and is_decided(rule, tally, changes_possible=False)
    ):
        shortest = opens_at + timedelta(days=procedure.minimum_opening_days)
        due.append(Closing(ClosingReason.DECIDED, max(settled_at, shortest)))
    first = min(due, key=lambda close: close.at)
    return first if first.at <= now else None


def may_see_positions(visibility: Visibility, *, recused: bool, has_own: bool, closed: bool) -> bool:
    """Whether a seat may see what the other seats say and why. A recused seat never may."""
    if recused:
        return False
    if closed or visibility == Visibility.LIVE:
        return True
    return visibility == Visibility.AFTER_OWN and has_own


def event_type(held: Position | None, taken: Position | None) -> EventType:
    """The one event that records a seat's step from the position it held to the one it takes.

    None is silence. A Hold is taken by raising a concern and left by clearing it, so that a Hold exists exactly
    while its concern is open. Only a cleared Hold may end in silence.
    """
    if taken is None and held != Position.HOLD:
        raise ValueError("A position cannot be taken back, only changed")
    if taken == Position.HOLD and held != Position.HOLD:
        return EventType.CONCERN_RAISED
    if held == Position.HOLD and taken != Position.HOLD:
        return EventType.CONCERN_CLEARED
    return EventType.CAST if held is None else EventType.CHANGED


def last_relevant(events, seat) -> int:
    """The sequence of the last event that a voter of `seat` must have seen: the seat's own, or one about the times.

    What other seats did is not among them: it would tell of sealed positions, and stop everybody at every vote.
    """
    relevant = (
        event.sequence
        for event in events
        if event.type in OF_THE_BALLOT or (event.seat == seat and event.type in OF_THE_SEAT)
    )
    return max(relevant, default=0)


class Voter(NamedTuple):
    """What is known of the one who votes and of the seat. `relevant` is `last_relevant` of the seat."""

    is_holder: bool
    recused: bool
    conflict: ConflictAnswer | None
    held: Position | None
    relevant: int


class Vote(NamedTuple):
    """What the voter hands in. `based_on` is the last sequence on the page they voted on."""

    position: Position
    reason: str
    based_on: int


def ensure_may_cast(rule: Rule, procedure: Procedure, voter: Voter, vote: Vote, *, times: Times, now: datetime) -> None:
    """Refuse a position, in this order, with the code of the first thing that stands in its way.

    `not-holder`: the voter does not hold the seat now. `not-open`, `closed`: see `ensure_open`. `recused`,
    `conflict-unsure`, `conflict-unanswered`: see `ensure_conflict_settled`. `stale`: something has happened that the
    voter had not seen. `final`: the rule keeps positions as they were taken. `hold-not-allowed`. `reason-required`.
    """
    if not voter.is_holder:
        raise Refused(_("You do not hold this seat."), code="not-holder")
    ensure_open(*times, now)
    ensure_conflict_settled(recused=voter.recused, conflict=voter.conflict)
    if vote.based_on < voter.relevant:
        raise Refused(
            _("Something has changed since you opened this page. Please read it again before you decide."),
            code="stale",
            based_on=vote.based_on,
            relevant=voter.relevant,
        )
    ensure_position_allowed(rule, procedure, held=voter.held, vote=vote)


def ensure_position_allowed(rule: Rule, procedure: Procedure, *, held: Position | None, vote: Vote) -> None:
    """Refuse a position that the rule does not have, that cannot follow the one held, or that lacks its reason."""
    if procedure.votes_final and held not in (None, Position.HOLD):
        raise Refused(_("Under this rule a position stays as it was taken."), code="final", field="position")
    if vote.position == Position.HOLD and not rule.holds_allowed:
        raise Refused(_("This rule knows no hold."), code="hold-not-allowed", field="position")
    if vote.position in procedure.reasons_required and not vote.reason.strip():
        raise Refused(
            _("“{position}” needs a reason."),
            code="reason-required",
            field="reason",
            position=Position(vote.position).label,
        )


def ensure_conflict_settled(*, recused: bool, conflict: ConflictAnswer | None) -> None:
    """Refuse the confidential part of a dossier, and a vote, to whoever stands aside or has not answered yet."""
    if recused or conflict == ConflictAnswer.CONFLICTED:
        raise Refused(_("This seat stands aside in this ballot."), code="recused")
    if conflict == ConflictAnswer.UNSURE:
        raise Refused(
            _("You were unsure whether you have a conflict of interest. Settle this first; the chair can help."),
            code="conflict-unsure",
            field="conflict",
        )
    if conflict != ConflictAnswer.NONE:
        raise Refused(
            _("Say first whether you have a conflict of interest."), code="conflict-unanswered", field="conflict"
        )


def ensure_own_concern(*, raiser, seat, held: Position | None) -> None:
    """Refuse to clear a Hold that is not open, or that another seat placed: only its raiser clears it."""
    if held != Position.HOLD:
        raise Refused(_("There is no open hold."), code="no-hold")
    if raiser != seat:
        raise Refused(_("Only the seat that placed a hold can clear it."), code="not-raiser")


def ensure_same_act(first, again) -> None:
    """Refuse a nonce that comes back with another payload. With the same one, the first receipt is given again."""
    if chain.canonical(first) != chain.canonical(again):
        raise Refused(
            _("This form was already sent, with something else in it. The first was recorded."), code="nonce-conflict"
        )
