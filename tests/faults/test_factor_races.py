"""A lost second factor, acted on from many windows at once: each step has one effect, whoever is faster."""

import pytest
from allauth.mfa.models import Authenticator

from members.actions import factors
from members.choices.factors import FactorState, Identity
from members.choices.verbs import Verb
from members.models import AuditEvent, LostFactor
from tests import people
from tests.at_once import AT_ONCE, at_once
from tests.clock import Clock
from tests.signing_in import authenticator_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


@pytest.fixture
def cast(transactional_db):
    return people.assemble()


@pytest.fixture
def owner(cast):
    authenticator_of(cast["delegate"])
    return cast["delegate"]


@pytest.fixture
def lost(owner):
    return factors.ask(user=owner, by=owner)


@pytest.fixture
def due(lost, cast):
    factors.check(lost=lost, identity=Identity.VIDEO, note="Seen.", by=cast["secretariat-1"])
    lost = factors.confirm(lost=lost, by=cast["secretariat-2"])
    clock = Clock()
    clock.shift_every_process(hours=72)
    yield lost
    clock.reset_every_process()


def recorded(verb) -> int:
    return AuditEvent.objects.filter(verb=verb).count()


def test_asked_for_at_once_it_is_one_request(owner):
    asked = at_once(lambda number: factors.ask(user=owner, by=owner).pk)

    assert len(set(asked)) == LostFactor.objects.count() == recorded(Verb.FACTOR_ASKED) == 1


def test_of_two_officers_at_once_one_is_the_first(lost, cast):
    officers = [cast["secretariat-1"], cast["secretariat-2"]]

    def check(number):
        return factors.check(lost=lost, identity=Identity.VIDEO, note="x", by=officers[number % 2]).first_officer_id

    done = at_once(check)

    lost.refresh_from_db()
    assert done.count("moved-on") == AT_ONCE - 1
    assert lost.first_officer_id in done
    assert (lost.second_officer_id, recorded(Verb.FACTOR_CHECKED)) == (None, 1)


def test_confirmed_at_once_the_waiting_time_begins_once(lost, cast):
    factors.check(lost=lost, identity=Identity.VIDEO, note="Seen.", by=cast["secretariat-1"])
    done = at_once(lambda number: factors.confirm(lost=lost, by=cast["secretariat-2"]).state)

    assert done.count(FactorState.WAITING) == recorded(Verb.FACTOR_CONFIRMED) == 1


def test_stopped_and_carried_out_at_once_it_is_one_of_the_two(due, owner):
    token = factors.address_of(due).rstrip("/").rpartition("/")[2]

    def act(number):
        return (factors.stop_by_link(token=token) if number % 2 else factors.carry_out(lost=due)).state

    done = at_once(act)

    due.refresh_from_db()
    assert done.count("over") == AT_ONCE - 1
    assert due.state in done
    assert recorded(Verb.FACTOR_STOPPED) + recorded(Verb.FACTOR_RESTORED) == 1
    assert Authenticator.objects.filter(user=owner).exists() == (due.state == FactorState.STOPPED)


def test_carried_out_by_many_workers_it_is_done_once(due, owner):
    done = at_once(lambda number: factors.carry_out_due())

    assert sum(done) == recorded(Verb.FACTOR_RESTORED) == 1
    assert not Authenticator.objects.filter(user=owner).exists()
