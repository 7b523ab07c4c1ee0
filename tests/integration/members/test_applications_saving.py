"""Pages are saved as they are typed, right or wrong, and a stale window overwrites nothing."""

import pytest

from members.actions import applications, reference
from members.choices.applications import ApplicationState, Step
from members.choices.verbs import Verb
from tests.applying import acts, again, page, send, url
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def own(client):
    """Signs the client in as the applicant of an application."""
    return lambda application: sign_in(client, application.applicant)


class TestSaving:
    def test_a_wrong_answer_is_kept_as_typed_and_shown_with_what_is_wrong(self, own):
        application = made.draft("individual")
        client = own(application)
        typed = {"name": "N" * 161, "country": "ZZ", "biography": "word " * 301, "website": "no address"}
        response = send(client, application, Step.IDENTITY, typed)
        assert response.status_code == 200
        errors = response.context["form"].errors
        assert set(errors) == {"name", "country", "biography", "website"}
        kept = again(application).answers[Step.IDENTITY]
        assert (kept["name"], kept["website"], kept["country"]) == ("N" * 161, "no address", "ZZ")
        text = client.get(page(application, Step.IDENTITY)).content.decode()
        assert "N" * 161 in text
        assert "At most 160 characters; these are 161." in text

    def test_a_page_half_done_is_kept_and_asks_for_nothing_when_it_is_opened_again(self, own):
        application = made.draft("individual")
        client = own(application)
        response = send(client, application, Step.IDENTITY, {"name": "Awa"}, later="1")
        assert response.url == url("application", application)
        assert again(application).answers[Step.IDENTITY]["name"] == "Awa"
        shown = client.get(page(application, Step.IDENTITY)).context["form"]
        assert (shown["name"].value(), shown.errors) == ("Awa", {})
        tasks = {task["label"]: task["status"] for task in client.get(url("application", application)).context["tasks"]}
        assert (tasks["Who you are"], tasks["Safety"]) == ("Not finished", "Not started")

    def test_after_a_wrong_answer_the_page_can_be_mended_and_sent_again(self, own):
        application = made.draft("individual")
        client = own(application)
        wrong = send(client, application, Step.SAFETY, {})
        response = client.post(page(application, Step.SAFETY), {"risk": "no", "basis": wrong.context["basis"]})
        assert response.status_code == 302

    def test_signs_no_text_holds_do_not_break_it(self, own):
        application = made.draft("individual")
        send(own(application), application, Step.IDENTITY, {"name": "A\x00wa\r\nB "})
        assert again(application).answers[Step.IDENTITY]["name"] == "Awa B"

    def test_saving_the_same_twice_is_one_save(self, own):
        application = made.draft("individual")
        client = own(application)
        shown = client.get(page(application, Step.SAFETY))
        for _time in range(2):
            client.post(page(application, Step.SAFETY), {"risk": "no", "basis": shown.context["basis"]})
        assert (again(application).revision, acts(application, Verb.APPLICATION_SAVED)) == (1, [1])

    def test_what_is_not_asked_is_not_kept(self, own):
        application = made.draft("individual")
        send(own(application), application, Step.SAFETY, {"risk": "no", "state": "admitted", "name": "X"})
        assert again(application).answers[Step.SAFETY] == {"risk": "no", "proceed": ""}
        assert again(application).state == ApplicationState.DRAFT

    def test_a_page_that_is_not_asked_is_not_there(self, own):
        application = made.draft("individual")
        client = own(application)
        assert client.get(page(application, Step.ORGANISATION)).status_code == 404
        assert client.post(page(application, "nonsense"), {"name": "X"}).status_code == 404
        facts = {"application": application, "step": Step.ORGANISATION, "values": {}, "basis": ""}
        with refused("not-asked"):
            applications.save(**facts, by=application.applicant)


class TestStaleWindow:
    def stale(self, own):
        """Two windows on one page; the second saves, then the first does."""
        application = made.draft("individual")
        client = own(application)
        first = client.get(page(application, Step.IDENTITY)).context["basis"]
        send(client, application, Step.IDENTITY, {"name": "Saved in the second window"})
        response = client.post(page(application, Step.IDENTITY), {"name": "Typed in the first window", "basis": first})
        return application, client, response

    def test_it_is_told_shown_both_and_overwrites_nothing(self, own):
        application, _client, response = self.stale(own)
        text = response.content.decode()
        assert response.status_code == 409
        assert "saved in another window" in text
        assert "Saved in the second window" in text
        assert 'value="Typed in the first window"' in text
        assert again(application).answers[Step.IDENTITY]["name"] == "Saved in the second window"
        assert acts(application, Verb.APPLICATION_SAVED) == [1]

    def test_saving_again_is_a_choice(self, own):
        application, client, response = self.stale(own)
        typed = {"name": "Typed in the first window", "basis": response.context["basis"]}
        client.post(page(application, Step.IDENTITY), typed)
        assert again(application).answers[Step.IDENTITY]["name"] == "Typed in the first window"

    def test_another_page_saved_meanwhile_is_no_conflict(self, own):
        application = made.draft("individual")
        client = own(application)
        first = client.get(page(application, Step.IDENTITY)).context["basis"]
        send(client, application, Step.SAFETY, {"risk": "no"})
        values = made.good_answers(application, Step.IDENTITY) | {"basis": first}
        assert client.post(page(application, Step.IDENTITY), values).status_code == 302

    def test_what_was_not_read_is_not_sent(self, own):
        application = made.finished("individual")
        client = own(application)
        before = {"revision": application.revision, "declaration": "on"}
        made.save(application, Step.SAFETY, {"risk": "perhaps", "proceed": "on"})
        response = client.post(url("application-check", application), before)
        assert "changed in another window" in response.content.decode()
        assert again(application).state == ApplicationState.DRAFT
        assert not application.versions.exists()
        now = {"revision": response.context["form"]["revision"].value(), "declaration": "on"}
        assert client.post(url("application-check", application), now).status_code == 302
