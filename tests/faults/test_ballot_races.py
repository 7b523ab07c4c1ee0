"""Votes and closes at the same instant, on two connections: nothing is lost, nothing is counted twice.

Both racers go by one clock, the database's, shifted alike on both connections to the instant that matters. To run many
rounds in little time, a ballot is put back after each round as it was before, past the triggers that forbid it.
"""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections, transaction

from members.actions import applications, ballots
from members.choices.applications import ApplicationState
from members.choices.ballots import BallotState, EventType, Verdict
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.tokens import new_token
from members.models import Application, AuditEvent, Ballot, BallotEvent, Decision, Membership, SeatPosition
from members.queries.logs import faults_of, to_verify
from tests import people
from tests.factories.ballots import clear, opened, recommended, vote

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 200
SHORT = ROUNDS // 10
JITTER_SECONDS = 0.01


@pytest.fixture
def cast(transactional_db):
    return people.assemble()


class Racers:
    """Two threads with a database connection each, that start together."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(max_workers=2)
        self.together = threading.Barrier(2, timeout=20)
        self.random = random.Random(20261124)

    def race(self, first, second, *, shift=timedelta()):
        """Run both at once; give back what each gave, or how it was refused."""
        waits = [self.random.uniform(0, JITTER_SECONDS) for _ in range(2)]
        runs = [self.pool.submit(self._run, act, wait, shift) for act, wait in zip((first, second), waits, strict=True)]
        return [run.result(timeout=30) for run in runs]

    def _run(self, act, wait, shift):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.clock_shift', %s, false)", [f"{shift.total_seconds()} seconds"])
        self.together.wait()
        time.sleep(wait)
        try:
            return act()
        except Refused as refused:
            return refused.code

    def stop(self):
        for run in [self.pool.submit(self._leave) for _ in range(2)]:
            run.result(timeout=20)
        self.pool.shutdown()

    def _leave(self):
        self.together.wait()
        connections.close_all()


@pytest.fixture
def racers(transactional_db):
    racers = Racers()
    yield racers
    racers.stop()


class Rewound:
    """A ballot that nobody decided to admit on, and that is put back to where it stood when this began."""

    def __init__(self, ballot):
        self.ballot = Ballot.objects.get(pk=ballot.pk)
        self.last = ballot.events.order_by("-sequence").first().sequence
        self.settled_at = self.ballot.settled_at

    def __enter__(self):
        return self.ballot

    def __exit__(self, *failure):
        if failure[0]:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM members_decision WHERE ballot_id = %s", [self.ballot.pk])
            cursor.execute("DELETE FROM members_seatposition WHERE ballot_id = %s", [self.ballot.pk])
            cursor.execute(
                "DELETE FROM members_ballotevent WHERE ballot_id = %s AND sequence > %s", [self.ballot.pk, self.last]
            )
            cursor.execute(
                "UPDATE members_ballot SET state = 'open', verdict = '', sheet = NULL, decided_at = NULL, "
                "closing_reason = '', settled_at = %s WHERE id = %s",
                [self.settled_at, self.ballot.pk],
            )
            Application.objects.filter(pk=self.ballot.subject_id).update(state="ballot", ended_at=None, reapply_on=None)


def until_closed(ballot):
    """What the worker does, only more often: it tries until the close is written, by itself or by a vote too late."""

    def closer():
        while Ballot.objects.get(pk=ballot.pk).state != BallotState.FINAL:
            with suppress(Refused):
                ballots.close(ballot=ballot)

    return closer


def until_over(ballot):
    """The worker again, where somebody else may end the ballot too."""

    def closer():
        while Ballot.objects.get(pk=ballot.pk).state == BallotState.OPEN:
            with suppress(Refused):
                ballots.close(ballot=ballot)

    return closer


def casting(ballot, user, choice, *, based_on):
    """One vote, on the page that ends with a sequence."""
    nonce = new_token()
    return lambda: (
        ballots.cast(ballot=ballot, by=user, choice=choice, reason="Because.", nonce=nonce, based_on=based_on).sequence
    )


def faults(ballot):
    return [str(fault) for fault in faults_of(to_verify().get(pk=ballot.pk))]


def closes(ballot):
    return BallotEvent.objects.filter(ballot=ballot, type=EventType.CLOSED).count()


def test_a_vote_against_the_close_is_counted_or_refused_and_never_lost(cast, racers):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    counted, lead = 0, 0.03
    for number in range(ROUNDS):
        with Rewound(ballot) as before:
            shift = before.closes_at - database_now() - timedelta(seconds=lead)
            casting_it = casting(ballot, cast["steering-2"], "yes", based_on=before.events.count())
            said, _ = racers.race(casting_it, until_closed(ballot), shift=shift)
            row, is_in = Ballot.objects.get(), said != "closed"
            assert row.verdict == Verdict.NOT_APPROVED
            assert row.sheet["yes"] == SeatPosition.objects.count() == is_in
            assert closes(ballot) == Decision.objects.count() == 1
            assert number % SHORT or faults(ballot) == []
            counted += is_in
            lead *= 0.85 if is_in else 1.2
    assert ROUNDS // 4 < counted < ROUNDS * 3 // 4, "the votes did not come near enough to the close to race"


def test_of_two_votes_of_one_seat_one_wins_and_the_other_is_told(cast, racers):
    ballot = opened(cast)
    clear(ballot, cast["steering-1"], cast["alternate"])
    winners = []
    for number in range(ROUNDS):
        with Rewound(ballot) as before:
            last, choices = before.events.count(), ["yes", "no"]
            acts = [
                casting(ballot, cast[name], choice, based_on=last)
                for name, choice in zip(("steering-1", "alternate"), choices, strict=True)
            ]
            results = racers.race(*acts)
            assert sorted(map(str, results)) == sorted([str(last + 1), "stale"])
            winners.append(results.index(last + 1))
            assert SeatPosition.objects.get().choice == choices[winners[-1]]
            assert number % SHORT or faults(ballot) == []
    assert set(winners) == {0, 1}


def test_two_closes_are_one_count(cast, racers):
    ballot = opened(cast)
    shift = timedelta(days=15)
    for number in range(ROUNDS):
        with Rewound(ballot):
            refused = AuditEvent.objects.filter(verb=Verb.REFUSED).count()
            results = racers.race(*[lambda: ballots.close(ballot=ballot).verdict] * 2, shift=shift)
            assert set(results) == {Verdict.NOT_APPROVED, "not-due"}
            assert closes(ballot) == Decision.objects.count() == 1
            assert AuditEvent.objects.filter(verb=Verb.REFUSED).count() == refused + 1
            assert number % SHORT or faults(ballot) == []


def test_two_closes_admit_once(cast, racers):
    for number, applicant in enumerate(("applicant", "stranger", "individual", "rising", "delegate"), start=1):
        ballot = opened(cast, application=recommended(cast, tier="institutional", applicant=applicant))
        for name in ("steering-2", "steering-3"):
            clear(ballot, cast[name])
            vote(ballot, cast[name], "yes")
        results = racers.race(
            *[lambda ballot=ballot: ballots.close(ballot=ballot).verdict] * 2, shift=timedelta(days=15)
        )
        assert set(results) == {Verdict.APPROVED, "not-due"}
        assert Membership.objects.filter(decision__ballot=ballot).count() == 1
        assert AuditEvent.objects.filter(verb=Verb.ADMITTED).count() == number
        assert faults(ballot) == []


def test_the_last_two_seats_at_once_are_both_in_and_close_the_ballot_once(cast, racers):
    ballot = opened(cast)
    clear(ballot, *cast.seats)
    for name in ("steering-1", "steering-2", "steering-3"):
        ballots.answer_conflict(ballot=ballot, by=cast[name], answer="none")
    for name in ("steering-4", "steering-5"):
        ballots.answer_conflict(ballot=ballot, by=cast[name], answer="conflicted")
    for number in range(SHORT):
        with Rewound(ballot) as before:
            last = before.events.count()
            vote(ballot, cast["steering-1"], "no")
            acts = [casting(ballot, cast[name], "no", based_on=last) for name in ("steering-2", "steering-3")]
            results = racers.race(*acts)
            assert sorted(results) == [last + 2, last + 3]
            row = Ballot.objects.get()
            assert (row.verdict, row.sheet["no"], closes(ballot)) == (Verdict.NOT_APPROVED, 3, 1)
            assert number % 5 or faults(ballot) == []


def test_the_same_form_twice_at_once_is_one_event(cast, racers):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    for _ in range(SHORT):
        with Rewound(ballot) as before:
            last = before.events.count()
            act = casting(ballot, cast["steering-2"], "yes", based_on=last)
            assert racers.race(act, act) == [last + 1, last + 1]
            assert before.events.count() == last + 1


def test_a_withdrawal_against_the_close_waits_and_only_one_of_them_ends_the_ballot(cast, racers):
    ballot = opened(cast)
    withdrawing = partial(applications.withdraw, by=ballot.subject.applicant)
    ended, lead = {}, 0.02
    for number in range(ROUNDS):
        with Rewound(ballot) as before:
            application = Application.objects.get(pk=ballot.subject_id)
            shift = before.closes_at - database_now() - timedelta(seconds=lead)
            racers.race(partial(withdrawing, application=application), until_over(ballot), shift=shift)
            row, application = Ballot.objects.get(), Application.objects.get(pk=ballot.subject_id)
            ended[row.state] = ended.get(row.state, 0) + 1
            if row.state == BallotState.WITHDRAWN:
                assert application.state == ApplicationState.WITHDRAWN
                assert closes(ballot) == Decision.objects.count() == 0
            else:
                assert (row.state, row.verdict) == (BallotState.FINAL, Verdict.NOT_APPROVED)
                assert application.state == ApplicationState.REFUSED
                assert closes(ballot) == Decision.objects.count() == 1
            assert number % SHORT or faults(ballot) == []
            lead *= 0.85 if row.state == BallotState.WITHDRAWN else 1.2
    assert ROUNDS // 4 < ended[BallotState.WITHDRAWN] < ROUNDS * 3 // 4, "they did not come near enough to race"


def test_a_withdrawal_against_a_ballot_that_is_just_being_prepared_and_opened_leaves_none_behind(cast, racers):
    application, office = recommended(cast), cast["secretariat-1"]

    def put():
        return ballots.open(ballot=ballots.prepare(subject=application, by=office), by=office).state

    def withdraw():
        return applications.withdraw(application=application, by=application.applicant).state

    for _ in range(SHORT):
        put_it, withdrew = racers.race(put, withdraw)
        assert withdrew == ApplicationState.WITHDRAWN
        assert put_it in {BallotState.OPEN, "not-now", "transition"}
        assert not Ballot.objects.live().exists()
        Application.objects.filter(pk=application.pk).update(state=ApplicationState.RECOMMENDED, ended_at=None)
