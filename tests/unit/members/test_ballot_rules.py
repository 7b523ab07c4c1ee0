"""What may happen to a ballot, and when: by the clock handed in, and refused with a code that says why."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from members.rules import ballots
from members.rules.ballots import Closing, Times, Vote, Voter
from members.rules.chain import Entry, following
from members.rules.counting import Tally
from members.rules.decision_rules import Procedure, Rule

OPENS_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOSES_AT = OPENS_AT + timedelta(days=14)
NOON = OPENS_AT + timedelta(days=3)
INSTANT = timedelta(microseconds=1)
TIMES = Times(BallotState.OPEN, OPENS_AT, CLOSES_AT)


def rule(**changes):
    usual = {
        "quorum": Fraction(1, 2),
        "quorum_strict": True,
        "quorum_base": "roster",
        "quorum_mode": "approval",
        "threshold": Fraction(2, 3),
        "threshold_strict": False,
        "threshold_base": "decisive",
        "holds_allowed": True,
        "override": Fraction(3, 4),
    }
    return Rule(**usual | changes)


def procedure(**changes):
    usual = {
        "minimum_opening_days": 7,
        "default_opening_days": 14,
        "visibility": Visibility.AFTER_OWN,
        "reasons_required": ["no", "hold"],
    }
    return Procedure(**usual | changes)


def refused(act, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        act(*arguments, **named)
    assert "{" not in refusal.value.message
    return refusal.value.code


@pytest.mark.parametrize("state", BallotState)
def test_only_an_open_ballot_accepts_and_only_between_its_times(state):
    instants = [OPENS_AT - INSTANT, OPENS_AT, CLOSES_AT - INSTANT, CLOSES_AT]
    right = [False, True, True, False] if state is BallotState.OPEN else [False] * 4
    assert [ballots.accepting(state, OPENS_AT, CLOSES_AT, now) for now in instants] == right
    assert not ballots.accepting(state, None, None, NOON)


@given(st.sampled_from(BallotState), *[st.integers(-20, 20)] * 3)
def test_ensure_open_refuses_exactly_what_is_not_accepted(state, opens, closes, now):
    instants = [OPENS_AT + timedelta(days=days) for days in (opens, closes, now)]
    if ballots.accepting(state, *instants):
        ballots.ensure_open(state, *instants)
    else:
        assert refused(ballots.ensure_open, state, *instants) in ("not-open", "closed")


@pytest.mark.parametrize(
    ("state", "now", "code"),
    [
        (BallotState.DRAFT, NOON, "not-open"),
        (BallotState.DEFERRED, NOON, "not-open"),
        (BallotState.OPEN, OPENS_AT - INSTANT, "not-open"),
        (BallotState.OPEN, CLOSES_AT, "closed"),
        (BallotState.DECIDED, NOON, "closed"),
        (BallotState.FINAL, NOON, "closed"),
        (BallotState.WITHDRAWN, NOON, "closed"),
        (BallotState.VOID, NOON, "closed"),
    ],
)
def test_a_voter_is_told_whether_it_is_too_early_or_too_late(state, now, code):
    assert refused(ballots.ensure_open, state, OPENS_AT, CLOSES_AT, now) == code


def test_a_draft_without_times_is_not_open_yet():
    assert refused(ballots.ensure_open, BallotState.DRAFT, None, None, NOON) == "not-open"


def test_the_life_of_a_ballot():
    steps = {(state, to) for state, to in product(BallotState, repeat=2) if to in ballots.TRANSITIONS[state]}
    assert steps == {
        ("draft", "open"),
        ("draft", "withdrawn"),
        ("open", "deferred"),
        ("open", "decided"),
        ("open", "withdrawn"),
        ("open", "void"),
        ("deferred", "open"),
        ("deferred", "withdrawn"),
        ("deferred", "void"),
        ("decided", "final"),
        ("decided", "void"),
    }
    for state, to in product(BallotState, repeat=2):
        if (state, to) in steps:
            ballots.ensure_transition(state, to)
        else:
            assert refused(ballots.ensure_transition, state, to) == "transition"


def test_a_ballot_is_open_as_long_as_its_rule_asks():
    seven = OPENS_AT + timedelta(days=7)
    ballots.ensure_opening_period(procedure(), opens_at=OPENS_AT, closes_at=seven)
    assert (
        refused(ballots.ensure_opening_period, procedure(), opens_at=OPENS_AT, closes_at=seven - INSTANT)
        == "opening-too-short"
    )
    assert ballots.default_closes_at(procedure(), OPENS_AT) == CLOSES_AT


def due(tally, now, *, settled_at=NOON, times=TIMES, votes_final=False, **changes):
    return ballots.closing(
        rule(**changes), procedure(votes_final=votes_final), tally, times=times, settled_at=settled_at, now=now
    )


def test_the_clock_closes_at_its_time_however_late_that_is_written():
    tally = Tally(roll=9, yes=9)
    assert due(tally, CLOSES_AT - INSTANT) is None
    for late in (timedelta(0), timedelta(days=40)):
        assert due(tally, CLOSES_AT + late) == Closing(ClosingReason.CLOCK, CLOSES_AT)


def test_all_in_closes_at_the_last_position_where_the_rule_says_so():
    tally = Tally(roll=9, recused=1, yes=5, no=3)
    assert due(tally, NOON) is None
    closes = {"early_close": EarlyClose.WHEN_ALL_IN}
    assert due(tally, NOON, **closes) == Closing(ClosingReason.ALL_IN, NOON)
    assert due(tally, CLOSES_AT, **closes) == Closing(ClosingReason.ALL_IN, NOON)
    assert due(Tally(roll=9, recused=1, yes=5, no=2), NOON, **closes) is None


def test_all_in_before_the_opening_closes_at_the_opening():
    """A scheduled ballot may have all its seats settled by recusals before it opens."""
    early = due(Tally(roll=3, yes=3), NOON, settled_at=OPENS_AT - timedelta(days=1), early_close="when_all_in")
    assert early == Closing(ClosingReason.ALL_IN, OPENS_AT)


def test_an_open_concern_keeps_a_ballot_open_until_the_clock():
    closes = {"early_close": EarlyClose.WHEN_ALL_IN}
    assert due(Tally(roll=9, yes=6, no=2, hold=1), NOON, **closes) is None
    assert due(Tally(roll=9, yes=7, no=1, hold=1), NOON, **closes) == Closing(ClosingReason.ALL_IN, NOON)


def test_decided_closes_only_with_final_votes_and_after_the_shortest_opening():
    tally = Tally(roll=9, yes=7)
    closes = {"early_close": EarlyClose.WHEN_DECIDED}
    shortest = OPENS_AT + timedelta(days=7)
    assert due(tally, shortest, **closes) is None
    assert due(tally, shortest - INSTANT, votes_final=True, **closes) is None
    assert due(tally, shortest, votes_final=True, **closes) == Closing(ClosingReason.DECIDED, shortest)
    later = shortest + timedelta(days=2)
    settled_later = due(tally, later, settled_at=later, votes_final=True, **closes)
    assert settled_later == Closing(ClosingReason.DECIDED, later)
    assert due(Tally(roll=9, yes=6), shortest, votes_final=True, **closes) is None


def test_too_few_eligible_seats_wait_for_alternates_not_for_an_early_close():
    tally = Tally(roll=9, recused=7, yes=2)
    for early in EarlyClose:
        assert due(tally, CLOSES_AT - INSTANT, votes_final=True, early_close=early, eligible_floor=3) is None


@pytest.mark.parametrize("state", [state for state in BallotState if state is not BallotState.OPEN])
def test_only_an_open_ballot_closes(state):
    assert due(Tally(roll=3), CLOSES_AT, times=Times(state, OPENS_AT, CLOSES_AT)) is None


READY = Voter(is_holder=True, recused=False, conflict=ConflictAnswer.NONE, held=None, relevant=4)
YES = Vote(position=Position.YES, reason="", based_on=4)


def cast(*, voter=None, vote=None, now=NOON, rule_changes=None, **procedure_changes):
    ballots.ensure_may_cast(
        rule(**rule_changes or {}),
        procedure(**procedure_changes),
        READY._replace(**voter or {}),
        YES._replace(**vote or {}),
        times=TIMES,
        now=now,
    )


@pytest.mark.parametrize("position", Position)
def test_a_holder_without_conflict_may_take_any_position_with_a_reason(position):
    cast(vote={"position": position, "reason": "Because."})


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"voter": {"is_holder": False}}, "not-holder"),
        ({"now": OPENS_AT - INSTANT}, "not-open"),
        ({"now": CLOSES_AT}, "closed"),
        ({"voter": {"recused": True}}, "recused"),
        ({"voter": {"conflict": ConflictAnswer.CONFLICTED}}, "recused"),
        ({"voter": {"conflict": ConflictAnswer.UNSURE}}, "conflict-unsure"),
        ({"voter": {"conflict": None}}, "conflict-unanswered"),
        ({"vote": {"based_on": 3}}, "stale"),
        ({"voter": {"held": Position.NO}, "votes_final": True}, "final"),
        (
            {"vote": {"position": Position.HOLD}, "rule_changes": {"holds_allowed": False, "override": None}},
            "hold-not-allowed",
        ),
        ({"vote": {"position": Position.NO, "reason": " \n"}}, "reason-required"),
        ({"vote": {"position": Position.HOLD}}, "reason-required"),
        ({"vote": {"position": Position.ABSTAIN}, "reasons_required": ["abstain"]}, "reason-required"),
    ],
)
def test_what_stands_in_the_way_of_a_position(arguments, code):
    assert refused(cast, **arguments) == code


def test_the_first_thing_in_the_way_is_the_one_that_is_told():
    worst = {
        "voter": {"is_holder": False, "recused": True, "conflict": None},
        "vote": {"based_on": 0, "position": Position.NO},
        "now": CLOSES_AT,
    }
    assert refused(cast, **worst) == "not-holder"
    worst["voter"]["is_holder"] = True
    assert refused(cast, **worst) == "closed"
    worst["now"] = NOON
    assert refused(cast, **worst) == "recused"
    worst["voter"]["recused"] = False
    assert refused(cast, **worst) == "conflict-unanswered"
    worst["voter"]["conflict"] = ConflictAnswer.NONE
    assert refused(cast, **worst) == "stale"


def test_a_hold_is_not_final_even_where_positions_are():
    cast(voter={"held": Position.HOLD}, votes_final=True)


@pytest.mark.parametrize(
    ("held", "taken", "event"),
    [
        (None, "yes", EventType.CAST),
        ("yes", "no", EventType.CHANGED),
        ("yes", "yes", EventType.CHANGED),
        ("hold", "hold", EventType.CHANGED),
        (None, "hold", EventType.CONCERN_RAISED),
        ("no", "hold", EventType.CONCERN_RAISED),
        ("hold", "abstain", EventType.CONCERN_CLEARED),
        ("hold", None, EventType.CONCERN_CLEARED),
    ],
)
def test_each_step_of_a_seat_is_one_event(held, taken, event):
    assert ballots.event_type(held, taken) is event


@pytest.mark.parametrize("held", [None, "yes", "no", "abstain"])
def test_a_position_cannot_be_taken_back_into_silence(held):
    with pytest.raises(ValueError, match="taken back"):
        ballots.event_type(held, None)


def test_what_a_voter_must_have_seen_is_their_own_seat_and_the_times():
    def logged(*entries):
        log = []
        for kind, seat in entries:
            entry = Entry(ballot="B", type=kind, at=NOON, seat=seat)
            log.append(following(log[-1] if log else None, entry, origin=""))
        return log

    steps = [("prepared", None), ("opened", None), ("cast", "a"), ("cast", "b")]
    log = logged(*steps)
    assert ballots.last_relevant(log, "a") == 3
    assert ballots.last_relevant(log, "c") == 2
    assert ballots.last_relevant(logged(*steps, ("extended", None)), "c") == 5
    assert ballots.last_relevant(logged(*steps, ("conflict_answered", "c")), "c") == 2
    assert ballots.last_relevant([], "a") == 0


@pytest.mark.parametrize("visibility", Visibility)
def test_who_sees_the_positions_of_others(visibility):
    def sees(**circumstances):
        return ballots.may_see_positions(
            visibility, **{"recused": False, "has_own": False, "closed": False} | circumstances
        )

    assert sees() is (visibility == "live")
    assert sees(has_own=True) is (visibility != "sealed")
    assert sees(closed=True)
    assert not sees(recused=True, has_own=True, closed=True)


def test_only_its_raiser_clears_a_concern():
    ballots.ensure_own_concern(raiser="a", seat="a", held=Position.HOLD)
    assert refused(ballots.ensure_own_concern, raiser="a", seat="b", held=Position.HOLD) == "not-raiser"
    assert refused(ballots.ensure_own_concern, raiser="a", seat="a", held=Position.YES) == "no-hold"


def test_the_same_form_twice_is_one_act_and_another_under_its_nonce_is_a_conflict():
    ballots.ensure_same_act({"position": "yes", "reason": ""}, {"reason": "", "position": Position.YES})
    assert refused(ballots.ensure_same_act, {"position": "yes"}, {"position": "no"}) == "nonce-conflict"
