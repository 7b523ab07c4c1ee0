"""Corrections: asked for on the page of one's own data, answered at the desk within a month."""

from datetime import date

import pytest
from django.urls import reverse

from members.actions import corrections
from members.choices.own_data import CorrectionState
from members.choices.verbs import Verb
from members.models import AuditEvent, Correction
from members.rules.corrections import due_on
from secretariat.models import Notice
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PAGE = "members:own-data-correction"


@pytest.fixture
def asked(cast) -> Correction:
    return corrections.ask(user=cast["individual"], text="My first day is wrong.", by=cast["individual"])


def desk_page(row) -> str:
    return reverse("members:desk-correction", args=[row.public_id])


def test_a_month_has_its_last_day():
    assert due_on(date(2026, 1, 31)) == date(2026, 2, 28)


def test_it_is_asked_answered_and_told(cast, client):
    sign_in(client, cast["individual"])
    client.post(reverse(PAGE), {"text": "My first day is wrong."})
    row = Correction.objects.get()
    assert Notice.objects.filter(kind="correction_desk").count() == 2
    sign_in(client, cast["secretariat-1"])
    listing = client.get(reverse("members:desk-data")).content.decode()
    assert "My first day is wrong." in listing

    client.post(desk_page(row), {"state": "done", "answer": "The page shows the right day now."})

    row.refresh_from_db()
    assert (row.state, row.answered_by) == (CorrectionState.DONE, cast["secretariat-1"])
    assert Notice.objects.filter(user=cast["individual"], kind="correction_answered").count() == 1
    sign_in(client, cast["individual"])
    assert "The page shows the right day now." in client.get(reverse(PAGE)).content.decode()


def test_the_record_holds_no_words(asked, cast):
    corrections.answer(correction=asked, state="refused", answer="It is right.", by=cast["secretariat-1"])

    events = AuditEvent.objects.filter(verb__in=[Verb.CORRECTION_ASKED, Verb.CORRECTION_ANSWERED])
    assert [event.facts for event in events.order_by("pk")] == [{}, {"state": "refused"}]


def test_one_at_a_time_and_each_is_answered_once(asked, cast):
    with refused("one-open"):
        corrections.ask(user=cast["individual"], text="And another.", by=cast["individual"])
    corrections.answer(correction=asked, state="done", answer="Done.", by=cast["secretariat-1"])
    with refused("over"):
        corrections.answer(correction=asked, state="refused", answer="No.", by=cast["secretariat-2"])
    asked.refresh_from_db()
    assert asked.answer == "Done."


def test_an_officer_does_not_answer_their_own(cast, client):
    office = cast["secretariat-1"]
    own = corrections.ask(user=office, text="My name is wrong.", by=office)
    sign_in(client, office)

    assert client.get(desk_page(own)).status_code == 403
    assert "My name is wrong." not in client.get(reverse("members:desk-data")).content.decode()
    with refused("oneself"):
        corrections.answer(correction=own, state="done", answer="Done.", by=office)
    own.refresh_from_db()
    assert own.state == CorrectionState.ASKED


def test_what_is_late_says_so(asked, cast, client, clock):
    clock.shift(days=40)
    sign_in(client, cast["secretariat-1"])

    assert "Late" in client.get(reverse("members:desk-data")).content.decode()


def test_a_long_list_asks_the_same_number_of_questions(cast, client, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(60) as captured:
            assert client.get(reverse("members:desk-data")).status_code == 200
        return len(captured.captured_queries)

    sign_in(client, cast["secretariat-1"])
    others = [user for name, user in cast.users.items() if name not in {"secretariat-1", "individual"}]
    corrections.ask(user=cast["individual"], text="Wrong.", by=cast["individual"])
    few = queries()
    for user in others:
        corrections.ask(user=user, text="Wrong.", by=user)
    assert queries() == few
