"""The log: replay, chain, triggers; verifying, exporting, and recounting without the portal."""

import json
import random
import subprocess
import sys
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from members.actions import ballots
from members.choices.ballots import BallotState, EventType
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import Ballot, BallotEvent, Recusal, RollEntry, SeatPosition
from members.queries.logs import events_of, faults_of, to_verify
from members.queries.standings import standing_of
from members.rules.chain import freeze
from members.rules.replay import replay
from tests.factories.ballots import clear, opened, recommended, vote, voted

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "recount.py"


@contextmanager
def triggers_asleep():
    """What somebody with the keys of the database could do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def ballot(cast, clock):
    """A decided ballot in whose log everything happened that can."""
    ballot = voted(cast, ["yes", "hold", "yes", "no"])
    vote(ballot, cast["steering-2"], "yes", "Answered.")
    vote(ballot, cast["steering-3"], "no", "Changed my mind.")
    ballots.answer_conflict(ballot=ballot, by=cast["steering-4"], answer="conflicted", note="A cousin.")
    clock.shift(days=14)
    ballots.close_due()
    return Ballot.objects.get()


def faults():
    return [str(fault) for row in to_verify() for fault in faults_of(row)]


# --- Replay and triggers ------------------------------------------------------------------------------------------


def test_replay_rebuilds_everything(ballot):
    standing = replay(events_of(ballot))
    assert (standing.state, standing.verdict, standing.sheet) == (ballot.state, ballot.verdict, ballot.sheet)
    assert standing.positions == {1: "yes", 2: "yes", 3: "no"}
    assert standing.recusals == {4: "declared"}
    assert standing.voided == {4: "no"}
    assert faults() == []


def test_the_sequence_has_no_gap_and_time_never_runs_back(ballot):
    rows = list(ballot.events.all())
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(row.at for row in rows) == [row.at for row in rows]


@pytest.mark.parametrize("model", [BallotEvent, RollEntry, Recusal])
def test_what_is_written_once_is_neither_changed_nor_deleted(ballot, model):
    for act in (
        lambda: model.objects.update(ballot=ballot),
        lambda: model.objects.all().delete(),
        lambda: connection.cursor().execute(f"TRUNCATE {model._meta.db_table} CASCADE"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert model.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"question": "Another question?"},
        {"subject_digest": "0" * 64},
        {"rule_snapshot": {}},
        {"options": ["yes"]},
        {"frozen": {}},
        {"verdict": "held"},
        {"sheet": {}},
        {"closes_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_the_fixed_parts_of_a_ballot_cannot_be_changed(ballot, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.all().delete()


def test_the_closing_time_never_moves_earlier(cast):
    ballot = opened(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.update(closes_at=ballot.opens_at)


def test_frozen_parts_stay_as_they_were_to_the_byte(cast, ballot):
    opening = ballot.events.get(type=EventType.OPENED).payload
    assert {name: freeze(opening[name]) for name in ballot.frozen} == ballot.frozen


# --- Any change is found ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["payload", "at", "type", "nonce", "seat", "actor", "previous_hash", "hash", "text"])
def test_any_change_in_any_entry_of_the_log_is_found(cast, ballot, column):
    other = {
        "payload": lambda row: row.payload | {"position": "abstain"},
        "at": lambda row: ballot.opens_at,
        "type": lambda row: EventType.DEFERRED,
        "nonce": lambda row: f"{row.nonce}x",
        "seat": lambda row: RollEntry.objects.exclude(seat=row.seat_id).first().seat,
        "actor": lambda row: cast["rising"],
        "previous_hash": lambda row: "0" * 64,
        "hash": lambda row: "0" * 64,
        "text": lambda row: f"{row.text}.",
    }[column]
    for row in ballot.events.all():
        value = other(row)
        if value == getattr(row, column):
            continue
        sleeping = transaction.savepoint_create()
        with triggers_asleep():
            BallotEvent.objects.filter(pk=row.pk).update(**{column: value})
        assert faults(), f"{column} of {row.sequence} was changed and nobody noticed"
        transaction.savepoint_rollback(sleeping)
    assert faults() == []


def test_an_entry_taken_out_is_found(ballot):
    for row in ballot.events.filter(sequence__gt=1):
        sleeping = transaction.savepoint_create()
        with triggers_asleep(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM members_ballotevent WHERE id = %s", [row.pk])
        assert faults(), f"{row.sequence} was taken out and nobody noticed"
        transaction.savepoint_rollback(sleeping)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE members_seatposition SET choice = 'abstain' WHERE choice = 'yes'",
        "UPDATE members_seatposition SET reason = 'Other words'",
        "DELETE FROM members_seatposition WHERE choice = 'no'",
        "UPDATE members_concern SET cleared_at = NULL",
        "UPDATE members_recusal SET source = 'rule'",
        "UPDATE members_recusal SET voided = 'yes'",
        "DELETE FROM members_recusal",
        "UPDATE members_conflictanswer SET answer = 'none'",
        "UPDATE members_rollentry SET eligible = false",
        "UPDATE members_ballot SET verdict = 'not_approved' WHERE verdict = 'approved'",
        "UPDATE members_ballot SET sheet = jsonb_set(sheet, '{yes}', '5')",
        "UPDATE members_ballot SET question = 'Another?'",
        "UPDATE members_ballot SET rule_snapshot = rule_snapshot || '{\"version\": 9}'",
        "UPDATE members_ballot SET decided_at = decided_at + interval '1 second'",
        "UPDATE members_ballot SET subject_digest = repeat('0', 64)",
        "UPDATE members_decision SET verdict = 'held'",
        "DELETE FROM members_decision",
    ],
)
def test_what_is_kept_beside_the_log_is_held_against_it(ballot, sql):
    assert faults() == []
    before = transaction.savepoint_create()
    with triggers_asleep(), connection.cursor() as cursor:
        cursor.execute(sql)
        changed = cursor.rowcount
    assert bool(faults()) == bool(changed)
    transaction.savepoint_rollback(before)


# --- The commands -------------------------------------------------------------------------------------------------


def test_verify_ballots_counts_when_all_is_right(ballot):
    out = StringIO()
    call_command("verify_ballots", stdout=out)
    assert out.getvalue() == "1 ballots checked: all right.\n"


def test_verify_ballots_names_what_is_not_right(ballot):
    with triggers_asleep():
        BallotEvent.objects.filter(sequence=4).update(text="Other words")
    with pytest.raises(CommandError, match=rf"{ballot.number}: 4: ") as error:
        call_command("verify_ballots", stdout=StringIO())
    assert error.value.returncode == 1


def test_verify_ballots_misses_a_number_that_is_gone(cast, clock):
    ballots.prepare(subject=recommended(cast), by=cast["secretariat-1"])
    other = recommended(cast, tier="rising-leaders", applicant="individual")
    second = ballots.prepare(subject=other, by=cast["secretariat-1"])
    with triggers_asleep(), connection.cursor() as cursor:
        cursor.execute("UPDATE members_ballot SET number = 'SC-2026-009' WHERE id = %s", [second.pk])
    with pytest.raises(CommandError, match="SC-2026-002: there is no ballot of this number"):
        call_command("verify_ballots", stdout=StringIO())


def test_a_ballot_of_every_state_verifies(cast, clock):
    office = cast["secretariat-1"]
    ballots.prepare(subject=recommended(cast, applicant="rising"), by=office)
    ballots.withdraw(ballot=voted(cast, ["yes", "hold"], applicant="institution"), by=office, reason="Mistake.")
    voted(cast, ["no", None, "hold"], applicant="individual", tier="rising-leaders")
    voted(cast, ["abstain", "yes"], applicant="applicant")
    assert faults() == []
    clock.shift(days=14)
    ballots.close_due()
    assert faults() == []


def exported(number):
    out = StringIO()
    call_command("export_ballot", number, stdout=out)
    return json.loads(out.getvalue())


def test_an_export_is_recounted_by_the_script_alone_and_carries_no_names(cast, ballot, tmp_path):
    path, content = tmp_path / "export.json", exported(ballot.number)
    path.write_text(json.dumps(content))
    receipt = ballot.events.filter(type=EventType.CAST).first()
    command = [sys.executable, "-I", str(SCRIPT), str(path), f"{receipt.sequence}:{receipt.hash}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert f"verdict: {ballot.verdict}" in run.stdout
    text = path.read_text()
    for user in cast.users.values():
        assert user.email not in text
    assert "Changed my mind" not in text
    assert "cousin" not in text


def test_the_script_finds_what_was_changed_in_an_export(ballot, tmp_path):
    content = exported(ballot.number)
    content["log"][3]["payload"]["position"] = "no"
    path = tmp_path / "export.json"
    path.write_text(json.dumps(content))
    run = subprocess.run([sys.executable, "-I", str(SCRIPT), str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "event 4" in run.stderr


def test_exporting_what_does_not_exist_says_so():
    with pytest.raises(CommandError, match="no ballot SC-1999-001"):
        call_command("export_ballot", "SC-1999-001")


# --- A walk through anything that may happen ----------------------------------------------------------------------


class Walk:
    """Acts at random on one ballot, refused or not, and holds the invariants after each."""

    def __init__(self, cast, clock, seed):
        self.cast, self.clock, self.random = cast, clock, random.Random(seed)
        self.ballot = opened(cast)
        self.voters = [*cast.seats, cast["alternate"]]
        self.earliest_close, self.outcome = self.ballot.closes_at, None

    def step(self):
        act = self.random.choices(
            [self.answer, self.vote, self.vote_stale, self.wait, self.close, self.comment, self.withdraw],
            [5, 10, 1, 2, 1, 1, 0.1],
        )[0]
        positions = dict(SeatPosition.objects.values_list("seat", "choice"))
        before = standing_of(Ballot.objects.get(), at=database_now())
        with suppress(Refused):
            act()
        if before.closed:
            assert positions == dict(SeatPosition.objects.values_list("seat", "choice")), "a position after the close"
        self.check()

    def answer(self):
        answer = self.random.choices(["none", "unsure", "conflicted"], [8, 1, 1])[0]
        ballots.answer_conflict(ballot=self.ballot, by=self.random.choice(self.voters), answer=answer)

    def vote(self, **facts):
        choice = self.random.choice(["yes", "yes", "no", "abstain", "hold"])
        vote(self.ballot, self.random.choice(self.voters), choice, **facts)

    def vote_stale(self):
        self.vote(based_on=0)

    def wait(self):
        self.clock.shift(hours=self.random.choice([1, 12, 36, 72]))

    def close(self):
        ballots.close(ballot=self.ballot)

    def comment(self):
        ballots.comment(ballot=self.ballot, by=self.random.choice(self.voters), text="Hm.")

    def withdraw(self):
        ballots.withdraw(ballot=self.ballot, by=self.cast["secretariat-1"])

    def check(self):
        row = Ballot.objects.get(pk=self.ballot.pk)
        assert faults() == []
        assert bool(row.verdict) == (row.state == BallotState.FINAL)
        assert row.closes_at >= self.earliest_close
        assert self.outcome in (None, (row.verdict, row.sheet, row.decided_at)), "an outcome changed"
        self.earliest_close = row.closes_at
        if row.verdict:
            self.outcome = (row.verdict, row.sheet, row.decided_at)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_in_whatever_order_the_invariants_hold(cast, clock, seed):
    walk = Walk(cast, clock, seed)
    for _ in range(35):
        walk.step()


def test_clearing_is_for_those_on_the_roll_only(cast):
    with pytest.raises(Refused):
        clear(opened(cast), cast["secretariat-1"])


@pytest.mark.parametrize(
    "change", [{"verdict": "approved"}, {"state": BallotState.FINAL}, {"decided_at": "2026-01-01T00:00:00Z"}]
)
def test_an_outcome_exists_exactly_when_a_ballot_is_decided(cast, change):
    opened(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.update(**change)
