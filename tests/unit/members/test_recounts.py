"""Recounting a ballot from its export, by the portal and by the script that needs nothing of it."""

import json
import subprocess
import sys
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.choices.ballots import EventType, FaultCode, Position
from members.rules import chain, recounts
from members.rules.chain import Event
from members.rules.counting import Sheet
from tests.unit.members.ballot_logs import CLOSES_AT, ORIGIN, PARTS, Log, membership_rule, whole_life

SCRIPT = Path(__file__).parents[3] / "scripts" / "recount.py"
EXPORT = json.loads(json.dumps(recounts.export(whole_life().events, parts=PARTS)))


@pytest.fixture
def run(tmp_path):
    """Run the script on an export, in an interpreter that sees no package but Python's own."""

    def run(exported, *receipts):
        path = tmp_path / "export.json"
        path.write_text(exported if isinstance(exported, str) else json.dumps(exported), encoding="utf-8")
        command = [sys.executable, "-I", "-S", str(SCRIPT), str(path), *receipts]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)

    return run


def rehash(exported):
    """Write the chain of a forged export anew, as a forger would."""
    last, parts = None, exported["genesis"]
    for record in exported["log"]:
        event = Event.from_record(record)
        entry = chain.Entry(**{name: getattr(event, name) for name in chain.Entry.__slots__})
        last = chain.following(last, entry, origin=chain.genesis(parts))
        record.update(chain.as_record(last))
    return exported


def printed(sheet):
    return {f"{name.replace('_', ' ')}: {'-' if value is None else value}" for name, value in sheet.as_record().items()}


def test_a_sound_export_is_recounted_by_both(run):
    result = recounts.recount(EXPORT)
    assert result.fault is None
    assert result.sheet == Sheet.from_record(EXPORT["sheet"])
    assert result.sheet.verdict == "approved"
    found = run(EXPORT)
    assert (found.returncode, found.stderr) == (0, "")
    assert set(found.stdout.splitlines()[1:]) == printed(result.sheet)


@pytest.mark.parametrize(
    "log",
    [
        Log,
        lambda: Log().open(),
        lambda: Log().open().take(1, "hold"),
        lambda: Log().open().take(1, "yes").write(EventType.WITHDRAWN),
        lambda: Log(seats=3).open().take(1, "yes").take(2, "yes").take(3, "no").close(at=CLOSES_AT).finish(),
        lambda: Log().open().take(1, "yes").write(EventType.DEFERRED, payload={"until": CLOSES_AT}).recuse(2),
        lambda: Log().open().close().finish(),
        lambda: Log().open().close().write(EventType.VOIDED),
        lambda: Log(prepared=False),
    ],
)
def test_a_ballot_at_any_stage_can_be_checked(run, log):
    exported = recounts.export(log().events, parts=PARTS)
    assert recounts.recount(exported).fault is None
    found = run(exported)
    assert (found.returncode, found.stderr) == (0, "")


def index_of(kind):
    return next(index for index, record in enumerate(EXPORT["log"]) if record["type"] == kind)


def forged(change):
    exported = deepcopy(EXPORT)
    change(exported)
    return exported


def turn_a_vote(exported):
    exported["log"][index_of("cast")]["payload"]["position"] = "no"


def turn_a_vote_and_hash_anew(exported):
    turn_a_vote(exported)
    rehash(exported)


def decide_otherwise(exported):
    exported["log"][index_of("decided")]["payload"]["verdict"] = "not_approved"
    rehash(exported)


def miscount(exported):
    exported["log"][index_of("decided")]["payload"]["sheet"]["yes"] += 1
    exported["sheet"]["yes"] += 1
    rehash(exported)


def show_another_sheet(exported):
    exported["sheet"]["yes"] += 1


def change_the_rule(exported):
    exported["rule"]["settings"]["counting"]["threshold"] = "1/2"


def change_the_rule_and_its_hash(exported):
    change_the_rule(exported)
    exported["frozen"]["rule"] = chain.freeze(exported["rule"])


def change_the_roll_in_the_log(exported):
    exported["log"][index_of("opened")]["payload"]["roll"][0]["person"] = "somebody else"
    rehash(exported)


def vote_after_the_close(exported):
    record = exported["log"][index_of("cast")]
    exported["log"][index_of("finalised")].update(type="cast", seat="seat-7", payload=record["payload"])
    rehash(exported)


def vote_while_recused(exported):
    exported["log"][index_of("cast")]["seat"] = "seat-9"
    rehash(exported)


def close_early(exported):
    exported["log"][index_of("closed")]["payload"]["at"] = exported["log"][index_of("opened")]["at"]
    rehash(exported)


def leave_an_event_out(exported):
    del exported["log"][4]


def pass_for_another_ballot(exported):
    exported["genesis"]["ballot"] = "SC-2026-015"


def pass_for_another_ballot_and_hash_anew(exported):
    exported["genesis"]["ballot"] = "SC-2026-015"
    rehash(exported)


def empty_the_log(exported):
    exported["log"] = []


def forget_the_log(exported):
    del exported["log"]


def come_from_the_future(exported):
    exported["format"] = "ballot-export/9"


@pytest.mark.parametrize(
    ("forgery", "code"),
    [
        (turn_a_vote, FaultCode.HASH),
        (turn_a_vote_and_hash_anew, FaultCode.COUNT),
        (decide_otherwise, FaultCode.COUNT),
        (miscount, FaultCode.COUNT),
        (show_another_sheet, FaultCode.COUNT),
        (change_the_rule, FaultCode.FROZEN),
        (change_the_rule_and_its_hash, FaultCode.FROZEN),
        (change_the_roll_in_the_log, FaultCode.FROZEN),
        (vote_after_the_close, FaultCode.LATE),
        (vote_while_recused, FaultCode.SEAT),
        (close_early, FaultCode.CLOSING),
        (leave_an_event_out, FaultCode.SEQUENCE),
        (pass_for_another_ballot, FaultCode.PREVIOUS),
        (pass_for_another_ballot_and_hash_anew, FaultCode.BALLOT),
        (empty_the_log, FaultCode.FROZEN),
        (forget_the_log, FaultCode.FORMAT),
        (come_from_the_future, FaultCode.FORMAT),
    ],
)
def test_a_forgery_is_found_by_both(run, forgery, code):
    exported = forged(forgery)
    assert recounts.recount(exported).fault.code == code
    found = run(exported)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("Fault: ")


@pytest.mark.parametrize("text", ["", "[]", "null", '{"format": "ballot-export/1"}', "{"])
def test_what_is_no_export_is_told_so(run, text):
    found = run(text)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("Fault: ")


def test_a_whole_log_written_anew_is_found_by_a_receipt(run):
    """What no chain shows by itself: here a vote, the count and every hash are forged to fit."""
    receipt = EXPORT["log"][index_of("cast")]
    log = Log(recused=[9]).open().take(1, "no").close().finish()
    other = recounts.export(log.events, parts=PARTS)
    token = f"{receipt['sequence']}:{receipt['hash']}"
    assert run(EXPORT, token).returncode == 0
    assert run(other).returncode == 0
    assert run(other, token).returncode == 1
    assert run({**EXPORT, "log": EXPORT["log"][:3], "sheet": None}, token).returncode == 1


def test_the_script_explains_itself(run):
    found = subprocess.run([sys.executable, "-I", str(SCRIPT)], capture_output=True, text=True, check=False, timeout=60)
    assert found.returncode == 2
    assert "recount.py EXPORT.json" in found.stderr


def script():
    """The script as a module, to ask it many times."""
    names = {"__name__": "recount"}
    exec(compile(SCRIPT.read_text(encoding="utf-8"), SCRIPT, "exec"), names)
    return names


RECOUNT = script()["recount"]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from([*Position, "recuse"])), max_size=9),
    st.sampled_from(["never", "when_all_in"]),
    st.sampled_from(["approval", "participation"]),
    st.sampled_from(["decisive", "cast", "eligible", "roster"]),
    st.sampled_from(["fails", "chair"]),
    st.sampled_from([None, "1/2"]),
    st.integers(0, 3),
)
def test_script_and_portal_count_alike(moves, early_close, mode, base, ties, override, floor):
    rule = membership_rule(
        early_close=early_close,
        quorum_mode=mode,
        threshold_base=base,
        ties=ties,
        override=override,
        eligible_floor=floor,
    )
    log = Log(seats=4, rule=rule).open()
    for number, move in moves:
        standing = recounts.replay(log.events)
        everyone_in = len(standing.positions) + len(standing.recusals) == 4
        if f"seat-{number}" in standing.recusals or (everyone_in and early_close == "when_all_in"):
            continue
        log.recuse(number) if move == "recuse" else log.take(number, move)
    exported = recounts.export(log.close().finish().events, parts=PARTS)
    assert recounts.recount(exported).fault is None
    assert RECOUNT(exported) == exported["sheet"]


def test_both_know_when_a_result_was_decided():
    rule = membership_rule(early_close="when_decided", votes_final=True)
    log = Log(rule=rule).open()
    for number in range(1, 8):
        log.take(number, "yes")
    exported = recounts.export(log.close(at=CLOSES_AT + timedelta(days=1)).finish().events, parts=PARTS)
    closed = exported["log"][-3]["payload"]
    assert closed == {"at": "2026-03-08T12:00:00.000000Z", "reason": "decided"}
    assert recounts.recount(exported).fault is None
    assert RECOUNT(exported) == exported["sheet"]


def test_what_is_kept_beside_the_log_must_agree_with_it():
    log = whole_life().events
    frozen, sheet = EXPORT["frozen"], EXPORT["sheet"]
    assert recounts.check(log, parts=PARTS, frozen=frozen, sheet=sheet).fault is None
    assert recounts.check(log, parts=PARTS).fault is None
    changed = recounts.check(log, parts=PARTS, frozen={**frozen, "subject": "0" * 64})
    assert changed.fault.code == FaultCode.FROZEN
    assert recounts.check(log, parts=PARTS, sheet={**sheet, "no": 1}).fault.code == FaultCode.COUNT
    assert chain.verify(log, origin=ORIGIN) is None
