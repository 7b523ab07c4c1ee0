"""Rebuilding a ballot from its log, and finding every log that cannot be true."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.choices.ballots import BallotState, ClosingReason, EventType, FaultCode, Position, RecusalSource
from members.kernel.refusals import Refused
from members.rules import ballots, chain
from members.rules.chain import LogError
from members.rules.counting import Tally, count
from members.rules.replay import replay
from tests.unit.members.ballot_logs import (
    CLOSES_AT,
    OPENS_AT,
    ORIGIN,
    WHOLE_LIFE_ENDS,
    Log,
    membership_rule,
    whole_life,
)


def fault_of(log):
    with pytest.raises(LogError) as broken:
        replay(log.events)
    assert str(broken.value)
    return broken.value.fault.code, broken.value.fault.sequence - len(log.events)


LAST = 0


def test_the_log_alone_rebuilds_everything():
    standing = replay(whole_life().events)
    assert {name: getattr(standing, name) for name in WHOLE_LIFE_ENDS} == WHOLE_LIFE_ENDS
    assert standing.positions == {
        "seat-1": "yes",
        "seat-2": "yes",
        "seat-3": "abstain",
        "seat-4": "yes",
        "seat-5": "yes",
        "seat-8": "yes",
    }
    assert standing.concerns == {}
    assert standing.recusals == {"seat-9": RecusalSource.RULE, "seat-6": RecusalSource.DECLARED}
    assert standing.voided == {"seat-6": Position.YES}
    assert standing.answers == {("seat-1", "person-seat-1"): "none"}
    assert (standing.opens_at, standing.closes_at) == (OPENS_AT, CLOSES_AT + timedelta(days=1))
    assert (standing.closing_reason, standing.closed_at) == (ClosingReason.CLOCK, CLOSES_AT + timedelta(days=1))
    assert standing.sheet == count(standing.rule, standing.tally).as_record()
    assert standing.tally_without_voiding == Tally(roll=9, recused=1, yes=6, abstain=1)
    assert set(standing.frozen) == {"rule", "roll", "options", "subject"}


def test_an_open_concern_is_a_hold_and_a_hold_an_open_concern():
    log = Log().open().take(1, "hold").take(2, "yes").take(2, "hold")
    assert replay(log.events).concerns == {"seat-1": 3, "seat-2": 5}
    log.take(1, "hold").take(2, "no")
    standing = replay(log.events)
    assert standing.concerns == {"seat-1": 3}
    assert standing.positions == {"seat-1": "hold", "seat-2": "no"}
    log.recuse(1)
    assert replay(log.events).concerns == {}
    assert replay(log.events).tally == Tally(roll=9, recused=1, no=1)


def test_all_in_closes_at_the_last_position():
    log = Log(seats=3).open().take(1, "yes").take(2, "yes").take(3, "no")
    last = log.events[-1].at
    standing = replay(log.close(at=last + timedelta(hours=5)).events)
    assert (standing.closing_reason, standing.closed_at) == (ClosingReason.ALL_IN, last)
    assert standing.verdict == "approved"


def test_a_deferral_stops_the_ballot_until_it_is_resumed():
    log = Log().open().take(1, "yes").write(EventType.DEFERRED, payload={"until": CLOSES_AT})
    assert replay(log.events).deferred_until == CLOSES_AT
    log.recuse(2)
    log.write(EventType.RESUMED, payload={"closes_at": CLOSES_AT + timedelta(days=3)})
    standing = replay(log.take(3, "no").events)
    assert (standing.state, standing.deferred_until) == (BallotState.OPEN, None)
    assert standing.tally == Tally(roll=9, recused=1, yes=1, no=1)


def test_a_ballot_that_was_withdrawn_has_no_verdict():
    assert replay(Log().write(EventType.WITHDRAWN).events).state is BallotState.WITHDRAWN
    assert replay(Log().open().take(1, "yes").write(EventType.WITHDRAWN).events).verdict is None


CAST = {"seat": "seat-1", "payload": {"position": "yes"}}


@pytest.mark.parametrize(
    ("log", "code"),
    [
        (lambda: Log().write("cast", **CAST), FaultCode.LATE),
        (lambda: Log(prepared=False).open().write("prepared"), FaultCode.ORDER),
        (lambda: Log().open().open(), FaultCode.ORDER),
        (lambda: Log().open().write("cast", seat="seat-10", payload={"position": "yes"}), FaultCode.SEAT),
        (lambda: Log(recused=[1]).open().write("cast", **CAST), FaultCode.SEAT),
        (lambda: Log().open().recuse(1).write("cast", **CAST), FaultCode.SEAT),
        (lambda: Log().open().recuse(1).recuse(1), FaultCode.SEAT),
        (lambda: Log().open().take(1, "no").write("cast", **CAST), FaultCode.POSITION),
        (lambda: Log().open().write("changed", **CAST), FaultCode.POSITION),
        (lambda: Log().open().write("cast", seat="seat-1", payload={"position": "hold"}), FaultCode.POSITION),
        (lambda: Log().open().write("concern_cleared", **CAST), FaultCode.POSITION),
        (lambda: Log().open().take(1, "hold").write("changed", **CAST), FaultCode.POSITION),
        (lambda: Log().open().take(1, "hold").write("concern_raised", seat="seat-1"), FaultCode.POSITION),
        (
            lambda: Log(rule=membership_rule(holds_allowed=False, override=None)).open().take(1, "hold"),
            FaultCode.POSITION,
        ),
        (lambda: Log(rule=membership_rule(votes_final=True)).open().take(1, "no").take(1, "yes"), FaultCode.POSITION),
        (lambda: Log().open().write("cast", seat="seat-1", payload={"position": "perhaps"}), FaultCode.FORMAT),
        (lambda: Log().open().write("cast", seat="seat-1"), FaultCode.FORMAT),
        (lambda: Log().open().write("reopened"), FaultCode.FORMAT),
        (lambda: Log(rule=membership_rule(threshold="0.67")).open(), FaultCode.FORMAT),
        (lambda: Log().open().write("conflict_answered", seat="x", payload={}), FaultCode.SEAT),
        (lambda: Log().write("conflict_answered", seat="seat-1", payload={}), FaultCode.ORDER),
        (lambda: Log().open().write("extended", payload={"closes_at": OPENS_AT}), FaultCode.CLOSING),
        (
            lambda: Log().open().write("deferred", payload={"until": CLOSES_AT}).write("cast", **CAST),
            FaultCode.LATE,
        ),
        (
            lambda: (
                Log()
                .open()
                .write("deferred", payload={"until": CLOSES_AT})
                .write("resumed", payload={"closes_at": OPENS_AT})
            ),
            FaultCode.CLOSING,
        ),
        (lambda: Log().open().write("decided", payload={"verdict": "approved", "sheet": {}}), FaultCode.ORDER),
        (lambda: Log().open().write("finalised"), FaultCode.ORDER),
        (lambda: whole_life().write("withdrawn"), FaultCode.ORDER),
        (lambda: whole_life().write("voided"), FaultCode.ORDER),
        (lambda: whole_life().write("cast", **CAST), FaultCode.LATE),
        (lambda: whole_life().recuse(1), FaultCode.LATE),
        (lambda: whole_life().write("closed", payload={"at": CLOSES_AT, "reason": "clock"}), FaultCode.ORDER),
        (lambda: Log().open().write("closed", payload={"at": CLOSES_AT, "reason": "clock"}), FaultCode.CLOSING),
    ],
)
def test_a_log_that_cannot_be_true_is_found_at_the_event(log, code):
    written = log()
    assert chain.verify(written.events, origin=ORIGIN) is None
    assert fault_of(written) == (code, LAST)


@pytest.mark.parametrize("kind", ["cast", "recused", "extended", "deferred", "withdrawn", "voided"])
def test_nothing_happens_from_the_closing_time_on(kind):
    log = Log().open()
    log.now = CLOSES_AT
    later = CLOSES_AT + timedelta(days=1)
    payload = {"position": "yes", "source": "declared", "closes_at": later, "until": later}
    assert fault_of(log.write(kind, seat="seat-1", payload=payload)) == (FaultCode.LATE, LAST)


def test_nothing_happens_between_the_last_position_and_a_close_that_is_due():
    log = Log(seats=3).open().take(1, "yes").take(2, "yes").take(3, "yes")
    assert fault_of(log.write("changed", seat="seat-1", payload={"position": "no"})) == (FaultCode.LATE, LAST)


@pytest.mark.parametrize(
    ("at", "reason"), [(CLOSES_AT + timedelta(days=1), "clock"), (CLOSES_AT, "all_in"), (OPENS_AT, "clock")]
)
def test_a_close_has_the_time_and_the_reason_that_were_due(at, reason):
    log = Log().open()
    log.now = CLOSES_AT + timedelta(days=2)
    assert fault_of(log.write("closed", payload={"at": at, "reason": reason})) == (FaultCode.CLOSING, LAST)


MOVES = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from([*Position, None, "recuse"]), st.integers(0, 60)), max_size=25
)


@settings(max_examples=150, deadline=None)
@given(MOVES, st.sampled_from(["never", "when_all_in", "when_decided"]), st.booleans())
def test_replay_agrees_with_a_committee_that_keeps_its_own_books(moves, early_close, votes_final):
    """Invariant 11: whatever a committee does, the log rebuilds the positions it would have noted down itself."""
    log = Log(seats=5, rule=membership_rule(early_close=early_close, votes_final=votes_final)).open()
    book, aside = {}, set()
    for number, move, hours in moves:
        standing = replay(log.events)
        log.now = max(log.now, log.events[-1].at) + timedelta(hours=hours)
        due = ballots.closing(
            standing.rule,
            standing.procedure,
            standing.tally,
            times=standing.times,
            settled_at=standing.settled_at,
            now=log.now,
        )
        if due:
            break
        if number in aside:
            continue
        if move == "recuse":
            log.recuse(number)
            aside.add(number)
            book.pop(number, None)
            continue
        held = book.get(number)
        if move is None and held != "hold":
            continue
        try:
            ballots.ensure_position_allowed(
                standing.rule, standing.procedure, held=held, vote=ballots.Vote(move or "yes", "Because.", 0)
            )
        except Refused:
            continue
        log.take(number, move)
        book[number] = move
        if move is None:
            del book[number]
    standing = replay(log.close().events)
    assert standing.positions == {f"seat-{number}": said for number, said in book.items()}
    assert set(standing.recusals) == {f"seat-{number}" for number in aside}
    assert set(standing.concerns) == {f"seat-{number}" for number, said in book.items() if said == "hold"}
    assert standing.verdict == count(standing.rule, standing.tally).verdict
    assert standing.closed_at <= CLOSES_AT
    assert chain.verify(log.events, origin=ORIGIN) is None
