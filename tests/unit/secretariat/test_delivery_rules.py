"""What becomes of a mail that did not simply leave."""

from datetime import timedelta

import pytest

from secretariat.choices import Doubt, NoticeState
from secretariat.rules import delivery
from secretariat.rules.delivery import Trouble

YOUNG, OLD = timedelta(minutes=5), delivery.PATIENCE


def settle(trouble, *, doubt=Doubt.REPEAT, attempts=1, interruptions=0, age=YOUNG):
    return delivery.settle(trouble, doubt=doubt, attempts=attempts, interruptions=interruptions, age=age)


def test_waits_double_up_to_a_longest_one():
    waits = [delivery.wait_after(attempts).total_seconds() for attempts in range(1, 9)]
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900]
    assert delivery.wait_after(10_000) == delivery.LONGEST_WAIT


def test_a_mail_that_was_put_off_is_tried_again_later_without_a_mark():
    settled = settle(Trouble.LATER, attempts=3)
    assert (settled.state, settled.wait, settled.is_repeat) == (NoticeState.NEW, timedelta(seconds=60), False)


@pytest.mark.parametrize("trouble", [Trouble.REFUSED, Trouble.POISON])
@pytest.mark.parametrize("doubt", Doubt)
def test_what_can_never_be_sent_is_given_up_at_once(trouble, doubt):
    assert settle(trouble, doubt=doubt).state == NoticeState.DEAD


def test_a_fault_of_the_portal_is_nobody_elses_end():
    """A release that cannot build its mails must not kill what waits: it leaves when the portal is mended."""
    assert settle(Trouble.FAULT).state == NoticeState.NEW
    assert settle(Trouble.FAULT, age=OLD).state == NoticeState.DEAD


@pytest.mark.parametrize("trouble", [Trouble.DOUBT, Trouble.INTERRUPTED])
def test_what_may_have_left_is_repeated_with_a_mark_or_left_alone(trouble):
    repeated = settle(trouble, doubt=Doubt.REPEAT)
    assert (repeated.state, repeated.is_repeat) == (NoticeState.NEW, True)
    assert settle(trouble, doubt=Doubt.LEAVE).state == NoticeState.UNCERTAIN


def test_a_mail_that_kills_its_worker_every_time_is_given_up():
    before = settle(Trouble.INTERRUPTED, interruptions=delivery.MOST_INTERRUPTIONS - 1)
    at_last = settle(Trouble.INTERRUPTED, interruptions=delivery.MOST_INTERRUPTIONS)
    assert (before.state, at_last.state) == (NoticeState.NEW, NoticeState.DEAD)


def test_patience_ends_and_says_whether_it_may_have_arrived():
    assert settle(Trouble.LATER, age=OLD).state == NoticeState.DEAD
    assert settle(Trouble.DOUBT, age=OLD).state == NoticeState.UNCERTAIN
