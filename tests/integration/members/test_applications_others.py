"""Somebody else's application is not there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import reference
from members.choices.applications import ApplicationState, Step
from members.models import Application
from members.queries import answers
from tests.applying import again, page, url
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def own(client):
    """Signs the client in as the applicant of an application."""
    return lambda application: sign_in(client, application.applicant)


class TestOthers:
    @pytest.fixture
    def application(self):
        return made.submitted("individual")

    def addresses(self, application):
        question = made.question(application, by=application.applicant)
        referee, document = application.referees.first(), application.documents.first()
        return [
            url("application", application),
            *(page(application, step) for step in answers.steps_of(application)),
            url("application-check", application),
            url("application-sent", application),
            url("application-version", application, 1),
            url("application-withdraw", application),
            url("information-answer", application, question.pk),
            url("referee-change", application, referee.public_id),
            url("referee-remove", application, referee.public_id),
            url("referee-again", application, referee.public_id),
            url("document-remove", application, document.public_id),
            reverse("members:document", args=[document.public_id]),
        ]

    @pytest.mark.parametrize("name", ["stranger", "individual", "institution", "steering-1", "applicant"])
    def test_somebody_elses_application_is_not_there(self, client, cast, application, name):
        sign_in(client, cast[name])
        before = again(application)
        for address in self.addresses(application):
            for method in (client.get, client.post):
                assert method(address).status_code in (404, 405), address
        after = again(application)
        assert (after.state, after.revision) == (before.state, before.revision)

    def test_visitors_are_asked_to_sign_in(self, client, application):
        for address in self.addresses(application):
            assert client.get(address).url.startswith(reverse("account_login"))

    def test_the_office_is_led_to_its_own_page_and_writes_nothing(self, client, cast, application):
        sign_in(client, cast["secretariat-1"])
        assert client.get(url("application", application)).url == url("desk-application", application)
        assert client.post(url("application-withdraw", application)).status_code == 403
        assert client.get(page(application, Step.IDENTITY)).status_code == 403
        assert again(application).state == ApplicationState.SUBMITTED

    def test_the_office_does_not_know_of_drafts(self, client, cast):
        draft = made.draft("individual")
        sign_in(client, cast["secretariat-1"])
        assert client.get(url("application", draft)).status_code == 404

    def test_a_list_of_thirty_asks_the_database_as_often_as_a_list_of_one(
        self, client, django_assert_num_queries, application
    ):
        sign_in(client, application.applicant)
        listing = reverse("members:applications")
        client.get(listing)
        with CaptureQueriesContext(connection) as few:
            client.get(listing)
        columns = {"tier": application.tier, "terms": application.terms, "holder_kind": "person"}
        ended = {"state": "withdrawn", "ended_at": application.submitted_at, "applicant": application.applicant}
        Application.objects.bulk_create(
            Application(number=f"APP-2001-{number:04d}", **columns, **ended) for number in range(29)
        )
        with django_assert_num_queries(len(few)):
            assert len(client.get(listing).context["applications"]) == 30

    def test_who_has_none_is_led_to_the_tiers(self, client):
        sign_in(client, made.login())
        text = client.get(reverse("members:applications")).content.decode()
        assert "You have not applied yet" in text
        assert reverse("members:tiers") in text
