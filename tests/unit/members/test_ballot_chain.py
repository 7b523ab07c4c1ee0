"""The chain of a ballot's log: no gap, nothing twice, and any changed byte is found."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.choices.ballots import FaultCode, Position
from members.rules import chain
from members.rules.chain import Event, Fault, as_record, canonical, instant, parse_instant, plain, verify
from tests.unit.members.ballot_logs import NUMBER, ORIGIN, PARTS, Log, whole_life

LOG = whole_life().events
RECORDS = [as_record(event) for event in LOG]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def fault_of(records, *, parts=PARTS):
    """The fault of records as they were read from somewhere, told as its code and place."""
    fault = verify([Event.from_record(record) for record in records], origin=chain.genesis(parts))
    return (fault.code, fault.sequence) if fault else None


def test_a_sound_log_has_no_fault():
    assert verify(LOG, origin=ORIGIN) is None
    assert verify([], origin=ORIGIN) is None
    assert fault_of(json.loads(json.dumps(RECORDS))) is None


@pytest.mark.parametrize("name", RECORDS[0])
@pytest.mark.parametrize("index", range(len(RECORDS)))
def test_any_field_that_changes_is_found_where_it_is(index, name):
    changed = deepcopy(RECORDS)
    value = changed[index][name]
    if name == "at":
        changed[index][name] = value.replace("000000Z", "000001Z")
    elif name == "sequence":
        changed[index][name] = value + 1
    elif name == "payload":
        changed[index][name] = {**value, "note": ""}
    else:
        changed[index][name] = f"{value}-"
    code, sequence = fault_of(changed)
    assert sequence in (index + 1, index + 2)
    assert code in (FaultCode.HASH, FaultCode.PREVIOUS, FaultCode.SEQUENCE, FaultCode.BALLOT)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_byte_that_changes_is_found(data):
    """Of the log as it is stored: unreadable, or at least one fault."""
    stored = bytearray(canonical(RECORDS))
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= data.draw(st.integers(1, 255))
    try:
        records = json.loads(stored.decode())
        found = fault_of(records)
    except (ValueError, TypeError, KeyError, AttributeError):
        return
    assert found is not None


@pytest.mark.parametrize("index", range(len(RECORDS) - 1))
def test_an_event_left_out_repeated_or_moved_is_found(index):
    without = RECORDS[:index] + RECORDS[index + 1 :]
    twice = RECORDS[: index + 1] + RECORDS[index:]
    swapped = [*RECORDS[:index], RECORDS[index + 1], RECORDS[index], *RECORDS[index + 2 :]]
    assert fault_of(without) == (FaultCode.SEQUENCE, index + 1)
    assert fault_of(twice) == (FaultCode.SEQUENCE, index + 2)
    assert fault_of(swapped) == (FaultCode.SEQUENCE, index + 1)


def test_numbering_anew_does_not_hide_an_event_left_out():
    kept = [*RECORDS[:4], *RECORDS[5:]]
    renumbered = [{**record, "sequence": sequence} for sequence, record in enumerate(kept, start=1)]
    assert fault_of(renumbered) == (FaultCode.PREVIOUS, 5)


def test_hashing_one_event_anew_does_not_hide_that_it_changed():
    forged = replace(LOG[3], payload={"position": "no"})
    forged = replace(forged, hash=chain.event_hash(forged))
    assert verify([*LOG[:3], forged, *LOG[4:]], origin=ORIGIN) == Fault(FaultCode.PREVIOUS, 5)


def test_a_log_cannot_pass_for_that_of_another_ballot():
    assert fault_of(RECORDS, parts={**PARTS, "ballot": "SC-2026-015"}) == (FaultCode.PREVIOUS, 1)


def written(*entries):
    """A chain of entries as they come, however little sense they make."""
    log = []
    for entry in entries:
        log.append(chain.following(log[-1] if log else None, entry, origin=ORIGIN))
    return log


def entry(**changes):
    return chain.Entry(**{"ballot": NUMBER, "type": "cast", "at": datetime(2026, 3, 1, tzinfo=UTC)} | changes)


def test_the_same_nonce_is_one_event():
    """Invariant 14, as far as a log can show it: a second event with the nonce is a fault."""
    assert verify(written(entry(nonce="a"), entry(nonce="b")), origin=ORIGIN) is None
    assert verify(written(entry(), entry()), origin=ORIGIN) is None
    assert verify(written(entry(nonce="a"), entry(nonce="a")), origin=ORIGIN) == Fault(FaultCode.NONCE, 2)


def test_an_event_of_another_ballot_is_a_fault_even_in_a_sound_chain():
    assert verify(written(entry(), entry(ballot="SC-2026-099")), origin=ORIGIN) == Fault(FaultCode.BALLOT, 2)


def test_time_never_runs_backwards_even_if_the_clock_does():
    earlier = entry(at=datetime(2026, 2, 28, tzinfo=UTC))
    log = written(entry(), earlier)
    assert log[1].at == log[0].at
    assert verify(log, origin=ORIGIN) is None
    backwards = replace(log[1], at=earlier.at)
    backwards = replace(backwards, hash=chain.event_hash(backwards))
    assert verify([log[0], backwards], origin=ORIGIN) == Fault(FaultCode.TIME, 2)


def test_a_record_is_the_event_again():
    assert [Event.from_record(json.loads(json.dumps(record))) for record in RECORDS] == LOG


@given(json_values)
def test_what_is_stored_and_read_again_has_the_same_hash(value):
    stored = json.loads(json.dumps(plain({"payload": value})))
    assert chain.freeze(stored) == chain.freeze({"payload": value})


def test_the_canonical_form_is_as_described():
    value = {"b": [True, None, 3], "a": Fraction(4, 6), "é": UUID(int=1), "day": date(2026, 3, 1), "x": Position.HOLD}
    assert canonical(value).decode() == (
        '{"a":"2/3","b":[true,null,3],"day":"2026-03-01","x":"hold","é":"00000000-0000-0000-0000-000000000001"}'
    )
    assert chain.freeze({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_instants_are_written_in_utc_to_the_microsecond():
    nairobi = timezone(timedelta(hours=3))
    assert instant(datetime(2026, 11, 24, 17, tzinfo=nairobi)) == "2026-11-24T14:00:00.000000Z"
    assert parse_instant("2026-11-24T14:00:00.000000Z") == datetime(2026, 11, 24, 14, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-11-24T14:00:00Z", "2026-11-24T17:00:00.000000+03:00", "2026-11-24", "soon"])
def test_no_other_way_of_writing_an_instant_is_read(text):
    with pytest.raises(ValueError, match="instant|isoformat"):
        parse_instant(text)


@pytest.mark.parametrize("value", [0.5, float("nan"), datetime(2026, 3, 1), {1: "a"}, b"x", {"a": {2.0}}, object()])  # noqa: DTZ001
def test_what_has_no_exact_form_is_refused(value):
    with pytest.raises(ValueError, match="log|record"):
        canonical({"payload": value})


def test_faults_are_told_in_a_sentence():
    assert str(Fault(FaultCode.SEQUENCE, 4)) == "4: the sequence has a gap or a repetition"
    assert str(Fault(FaultCode.COUNT, detail="held / approved")).endswith("(held / approved)")


def test_the_log_of_a_fresh_ballot_starts_at_one():
    first = Log().events[0]
    assert (first.sequence, first.previous) == (1, ORIGIN)
