"""Questions to an applicant: answered, kept for later, or answered with a new version."""

import pytest
from django.urls import reverse

from members.actions import information, reference
from members.choices.applications import ApplicationState, DocumentKind, Step
from members.choices.verbs import Verb
from members.models import Application, AuditEvent, InformationRequest
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def question():
    application = made.in_state("information")
    return made.question(application, by=application.applicant)


@pytest.fixture
def own(client, question):
    return sign_in(client, question.application.applicant)


def page(question):
    return reverse("members:information-answer", args=[question.application.number, question.pk])


def send(client, question, text, **more):
    revision = client.get(page(question)).context["form"]["revision"].value()
    return client.post(page(question), {"answer": text, "revision": revision} | more)


def state_of(question):
    return Application.objects.get(pk=question.application_id).state


def verbs(question):
    wanted = (Verb.INFORMATION_GIVEN, Verb.APPLICATION_REVISED, Verb.ANSWER_KEPT)
    found = AuditEvent.objects.about(question.application).filter(verb__in=wanted).order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_the_status_page_asks_and_leads_to_the_answer(own, question):
    text = own.get(reverse("members:application", args=[question.application.number])).content.decode()
    assert question.question in text
    assert page(question) in text


def test_an_answer_in_words_makes_no_version_and_goes_back_to_the_office(own, question):
    assert send(own, question, "I taught. ").status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.version) == ("I taught.", None)
    assert question.answered_at is not None
    assert state_of(question) == ApplicationState.SCREENING
    assert question.application.versions.count() == 1
    assert verbs(question) == [Verb.INFORMATION_GIVEN]
    assert "I taught." in own.get(page(question)).content.decode()


def test_the_same_answer_sent_twice_is_one(own, question):
    sent = {"answer": "I taught.", "revision": question.application.revision}
    for _time in range(2):
        assert own.post(page(question), sent).status_code == 302
    assert verbs(question) == [Verb.INFORMATION_GIVEN]
    with refused("answered"):
        information.give(request=question, answer="Something else.", revision=0, by=question.application.applicant)


def test_an_answer_can_be_kept_for_later(own, question):
    assert send(own, question, "Half an ans", later="1").status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.answered_at) == ("Half an ans", None)
    assert state_of(question) == ApplicationState.INFORMATION
    assert own.get(page(question)).context["form"]["answer"].value() == "Half an ans"
    assert verbs(question) == [Verb.ANSWER_KEPT]


def test_an_empty_answer_and_one_too_long_are_refused_and_kept_on_the_page(own, question):
    assert "Write an answer." in send(own, question, " ").content.decode()
    response = send(own, question, "x" * 8001)
    assert set(response.context["form"].errors) == {"answer"}
    assert "x" * 8001 in response.content.decode()
    question.refresh_from_db()
    assert question.answer == ""


def test_with_changes_it_is_a_new_version(own, question):
    application = question.application
    made.save(application, Step.IDENTITY, made.good_answers(application, Step.IDENTITY) | {"name": "Awa Newname"})
    made.document(application, DocumentKind.PUBLICATION)
    assert own.get(page(question)).context["changed"] == ["Who you are", "Documents"]
    send(own, question, "I have changed my name.")
    first, second = application.versions.all()
    assert (first.answers[Step.IDENTITY]["name"], second.answers[Step.IDENTITY]["name"]) == (
        "Awa Example",
        "Awa Newname",
    )
    assert (len(first.documents), len(second.documents), second.number) == (1, 2, 2)
    assert first.digest != second.digest
    question.refresh_from_db()
    assert question.version == second
    assert verbs(question) == [Verb.APPLICATION_REVISED]


def test_changes_that_are_not_finished_are_not_sent(own, question):
    application = question.application
    made.save(application, Step.IDENTITY, {"name": ""})
    response = send(own, question, "See above.")
    assert "Some pages are not finished yet." in response.content.decode()
    assert "See above." in response.content.decode()
    assert application.versions.count() == 1
    assert state_of(question) == ApplicationState.INFORMATION


def test_changes_from_another_window_are_looked_at_first(own, question):
    before = {"answer": "I taught.", "revision": question.application.revision}
    made.save(question.application, Step.SAFETY, {"risk": "perhaps", "proceed": "on"})
    response = own.post(page(question), before)
    assert "changed in another window" in response.content.decode()
    assert question.application.versions.count() == 1
    now = {"answer": "I taught.", "revision": response.context["form"]["revision"].value()}
    assert own.post(page(question), now).status_code == 302


def test_a_new_referee_is_written_to_with_the_answer(own, question):
    named = made.referee(Application.objects.get(pk=question.application_id))
    assert not AuditEvent.objects.about(named).exists()
    send(own, question, "Here is another referee.")
    assert AuditEvent.objects.about(named).filter(verb=Verb.REFEREE_INVITED).count() == 1


def test_with_another_question_open_the_office_waits(own, question):
    other = made.question(question.application, by=question.application.applicant, text="And in 2025?")
    send(own, question, "I taught.")
    assert state_of(question) == ApplicationState.INFORMATION
    send(own, other, "I wrote.")
    assert state_of(question) == ApplicationState.SCREENING


@pytest.mark.parametrize("state", [ApplicationState.BALLOT, ApplicationState.HELD])
def test_before_the_committee_words_are_taken_and_changes_are_not(client, state):
    application = made.in_state(state)
    question = made.question(application, by=application.applicant)
    sign_in(client, application.applicant)
    shown = client.get(page(question))
    assert "cannot change now" in shown.content.decode()
    with refused("before-committee"):
        made.save(application, Step.IDENTITY, {"name": "Another"})
    with refused("before-committee"):
        made.document(application, DocumentKind.PUBLICATION)
    assert send(client, question, "I taught.").status_code == 302
    assert state_of(question) == state
    assert application.versions.count() == 1
    assert verbs(question) == [Verb.INFORMATION_GIVEN]


def test_after_the_end_nothing_is_answered(own, question):
    sent = {"answer": "I taught.", "revision": question.application.revision}
    own.post(reverse("members:application-withdraw", args=[question.application.number]))
    assert "has ended" in own.post(page(question), sent).content.decode()
    question.refresh_from_db()
    assert question.answered_at is None


def test_a_question_of_another_application_is_not_there(client, question):
    other = made.submitted()
    sign_in(client, other.applicant)
    address = reverse("members:information-answer", args=[other.number, question.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "x", "revision": 0}).status_code == 404
    assert InformationRequest.objects.get().answer == ""
