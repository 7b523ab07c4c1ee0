"""Mail servers that put off, refuse, hang up or say nothing: every mail once, or marked, or told as what it is."""

import socket
import threading

import pytest

from secretariat.choices import NoticeState
from secretariat.emails.mails import REPEATED
from secretariat.models import Notice
from secretariat.queries import cannot_be_reached, delivery_status
from secretariat.rules.delivery import MOST_INTERRUPTIONS
from secretariat.tasks import delivery
from tests.faults.delivery import (
    LEFT_KIND,
    REPEATED_KIND,
    Postbox,
    age_claims,
    check,
    end_waits,
    mailers,
    mailers_at,
    many,
)

pytestmark = [pytest.mark.faults, pytest.mark.django_db, pytest.mark.xdist_group("mail servers")]


@pytest.fixture
def postbox():
    box = Postbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def notices(db):
    """Six notices, of which every second is never repeated."""
    return many(6)


def states():
    return [state for (state,) in Notice.objects.order_by("pk").values_list("state")]


def deliver(postbox, *, timeout=20):
    """One run of a worker."""
    with mailers(postbox, timeout=timeout):
        return delivery.deliver_due()


def test_all_is_well_on_one_connection(postbox, notices):
    assert deliver(postbox) == 6
    assert deliver(postbox) == 0
    assert check(postbox)[NoticeState.SENT] == 6


@pytest.mark.parametrize("reply", ["421 too busy", "450 try later", "451 local error"])
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_what_a_server_puts_off_is_tried_again_and_arrives_once_unmarked(postbox, notices, stage, reply):
    postbox.answers[stage] = [reply]
    deliver(postbox)
    waiting = Notice.objects.get(state=NoticeState.NEW, attempts=1)
    assert waiting.error.endswith(reply[:3])
    assert waiting.not_before > waiting.written_at

    end_waits()
    deliver(postbox)

    assert check(postbox)[NoticeState.SENT] == 6
    assert not [message for message in postbox.messages if message[REPEATED]]


def test_a_server_too_busy_to_greet_puts_everything_off_at_the_price_of_one_attempt(postbox, notices):
    greeted = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        door = threading.Thread(target=turn_away, args=(listener, greeted))
        door.start()
        with mailers_at(*listener.getsockname()):
            delivery.deliver_due()
        door.join()
    assert len(greeted) == 1
    assert set(Notice.objects.values_list("state", "attempts", "claim")) == {(NoticeState.NEW, 1, None)}

    end_waits()
    deliver(postbox)

    assert check(postbox)[NoticeState.SENT] == 6


def turn_away(listener, greeted):
    """A server that answers the first caller with 421 and hangs up."""
    caller, _address = listener.accept()
    with caller:
        greeted.append(caller)
        caller.sendall(b"421 too busy to greet\r\n")


def test_a_server_that_is_not_there_costs_one_attempt_each_time_and_waits_grow(postbox, notices):
    postbox.stop()
    waits = []
    for _ in range(3):
        deliver(postbox)
        row = Notice.objects.first()
        end_waits()
        waits.append(row.attempts)
    assert waits == [1, 2, 3]
    assert states() == [NoticeState.NEW] * 6
    assert delivery_status().pending == 6
    postbox.come_back()

    deliver(postbox)

    assert check(postbox)[NoticeState.SENT] == 6


def test_an_address_that_is_refused_is_given_up_alone(postbox, notices):
    reader = notices[2].user
    postbox.answers[reader.email] = [f"550 no {reader.email} here"]

    deliver(postbox)

    assert states().count(NoticeState.SENT) == 5
    refused = Notice.objects.get(state=NoticeState.DEAD)
    assert refused.user == reader
    assert refused.error == "SMTPRecipientsRefused 550"
    assert cannot_be_reached(notice.user for notice in notices) == {reader.pk}
    check(postbox)


def test_a_sender_that_is_refused_is_the_portals_trouble_and_no_readers_end(postbox, notices):
    postbox.answers["MAIL"] = ["550 relaying denied"] * 6
    deliver(postbox)
    assert states() == [NoticeState.NEW] * 6
    end_waits()
    deliver(postbox)
    assert check(postbox)[NoticeState.SENT] == 6


@pytest.mark.parametrize("row", [0, 1])
def test_a_server_that_hangs_up_on_a_text_leaves_a_doubt(postbox, notices, row):
    """It kept the text: one kind is repeated with a mark, the other is left, since its reader has it in the inbox."""
    postbox.answers["DATA"] = ["250 taken"] * row + [Postbox.DROP]
    deliver(postbox)
    doubtful = notices[row]
    doubtful.refresh_from_db()
    expected = {REPEATED_KIND: NoticeState.NEW, LEFT_KIND: NoticeState.UNCERTAIN}[doubtful.kind]
    assert doubtful.state == expected
    assert states().count(NoticeState.SENT) == 5

    end_waits()
    deliver(postbox)

    found = check(postbox)
    copies = postbox.taken[doubtful.message_id]
    if doubtful.kind == REPEATED_KIND:
        assert found[NoticeState.SENT] == 6
        assert [copy[REPEATED] for copy in copies] == [None, "1"]
        assert "This may have reached you before" in copies[1].get_body(("plain",)).get_content()
    else:
        assert found[NoticeState.UNCERTAIN] == len(copies) == 1


@pytest.mark.parametrize("stage", ["MAIL", "RCPT"])
def test_a_server_that_hangs_up_before_the_text_leaves_no_doubt(postbox, notices, stage):
    postbox.answers[stage] = [Postbox.DROP]
    deliver(postbox)
    assert states().count(NoticeState.SENT) == 5
    end_waits()
    deliver(postbox)
    assert check(postbox)[NoticeState.SENT] == 6
    assert not [message for message in postbox.messages if message[REPEATED]]


def test_a_server_that_says_nothing_stops_one_mail_and_not_the_others(postbox, notices):
    postbox.answers["MAIL"] = [Postbox.HANG]
    deliver(postbox, timeout=0.5)
    assert states().count(NoticeState.SENT) == 5
    end_waits()
    deliver(postbox)
    assert check(postbox)[NoticeState.SENT] == 6


def test_a_server_that_goes_on_saying_nothing_ends_the_run(postbox, notices):
    postbox.answers["MAIL"] = [Postbox.HANG] * 3
    deliver(postbox, timeout=0.5)
    assert states() == [NoticeState.NEW] * 6
    assert Notice.objects.filter(claim=None).count() == 6
    assert len(postbox.answers["MAIL"]) == 1
    postbox.answers.clear()
    end_waits()
    deliver(postbox)
    assert check(postbox)[NoticeState.SENT] == 6


@pytest.mark.parametrize(
    "address", ["a\u2028b@many.test", "a\nb@many.test", "ü@many.test", "two@many.test, b@many.test"]
)
def test_a_poisoned_address_is_given_up_and_the_others_flow(postbox, notices, address):
    poisoned = notices[0].user
    type(poisoned).objects.filter(pk=poisoned.pk).update(email=address)

    deliver(postbox)

    assert states() == [NoticeState.DEAD] + [NoticeState.SENT] * 5
    assert address not in Notice.objects.get(state=NoticeState.DEAD).error
    check(postbox)


def test_a_notice_that_no_mail_can_be_made_of_waits_for_the_portal_to_be_mended(postbox, notices):
    Notice.objects.filter(pk=notices[0].pk).update(kind="no_such_kind")
    deliver(postbox)
    assert states() == [NoticeState.NEW] + [NoticeState.SENT] * 5
    Notice.objects.filter(pk=notices[0].pk).update(kind=REPEATED_KIND)
    end_waits()
    deliver(postbox)
    assert check(postbox)[NoticeState.SENT] == 6


def test_a_mail_whose_worker_is_lost_each_time_is_given_up_at_last(postbox, notices):
    """As a killed worker leaves it: on its way, in nobody's hands."""
    poison = notices[0]
    for _ in range(MOST_INTERRUPTIONS):
        (reserved,) = [notice for notice in delivery.delivery.reserve() if notice.pk == poison.pk]
        assert delivery.delivery.begin(notice=reserved)
        age_claims()
        assert delivery.delivery.settle_abandoned() == 1
    deliver(postbox)
    assert states() == [NoticeState.DEAD] + [NoticeState.SENT] * 5
    check(postbox)


def test_a_worker_that_wakes_up_after_its_lease_sends_nothing_twice(postbox, notices):
    """It was stopped with a batch in its hands; others have sent it since."""
    late = delivery.delivery.reserve()
    age_claims()
    deliver(postbox)
    with mailers(postbox), delivery.Connection() as post:
        delivery.Round(post, late).run()
    assert check(postbox)[NoticeState.SENT] == 6
    assert len(postbox.messages) == 6
