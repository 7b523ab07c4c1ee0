"""How an application begins, and how its applicant ends it."""

import pytest

from members.actions import applications, memberships, reference, rights
from members.choices.applications import ApplicationState, Step
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import Application, Tier
from members.signals import application_withdrawn
from secretariat.models import Notice
from tests.applying import acts, again, send, url
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


class TestBeginning:
    def test_a_second_beginning_is_the_first(self):
        user = made.login()
        first, second = made.draft("individual", user=user), made.draft("individual", user=user)
        assert first == second
        assert acts(first, Verb.APPLICATION_STARTED) == [1]

    def test_two_tiers_are_two_applications(self):
        user = made.login()
        assert made.draft("individual", user=user) != made.draft("rising-leaders", user=user)

    def test_a_member_of_the_tier_does_not_apply_for_it(self):
        user = made.login()
        tier = Tier.objects.get(short_name="individual")
        memberships.grant(tier_terms=tier.current_terms, person=made.person(user=user), by=None)
        with refused("member"):
            applications.start(tier=tier, user=user, by=user)
        assert not Application.objects.exists()

    def test_another_one_waits_for_the_day_that_was_set(self, clock):
        application = made.in_state("screening")
        Application.objects.filter(pk=application.pk).update(
            state="declined", ended_at=application.submitted_at, reapply_on=today().replace(year=today().year + 1)
        )
        facts = {"tier": application.tier, "user": application.applicant, "by": application.applicant}
        with refused("too-early"):
            applications.start(**facts)
        clock.shift(days=366)
        assert applications.start(**facts) != application

    def test_the_office_enters_what_came_on_paper_and_writes_it(self, cast, client):
        office = cast["secretariat-1"]
        tier = Tier.objects.get(short_name="individual")
        facts = {"tier": tier, "email": "paper@made.test", "received_on": today(), "by": office}
        application = applications.enter_paper(**facts)
        assert (application.entered_by, application.applicant.email) == (office, "paper@made.test")
        sign_in(client, office)
        assert send(client, application, Step.SAFETY, {"risk": "no"}).status_code == 302
        assert again(application).answers[Step.SAFETY]["risk"] == "no"
        with refused("pending"):
            applications.enter_paper(**facts)
        assert acts(application, Verb.APPLICATION_STARTED, Verb.APPLICATION_ENTERED) == [0, 1]

    def test_what_came_on_paper_is_sent_by_the_office(self, cast, client):
        application = made.finished("individual")
        Application.objects.filter(pk=application.pk).update(entered_by=cast["secretariat-1"], received_on=today())
        rights.settle(again(application))
        sign_in(client, cast["secretariat-1"])
        check = url("application-check", application)
        assert "the paper is signed" in client.get(check).content.decode()
        response = client.post(check, {"revision": application.revision, "declaration": "on"})
        assert response.url == url("desk-application", application)
        assert application.versions.get().submitted_by == cast["secretariat-1"]


class TestWithdrawing:
    def test_a_draft_is_emptied(self, own):
        application = made.finished("individual")
        files = [document.file for document in application.documents.all()]
        client = own(application)
        assert "deleted" in client.get(url("application-withdraw", application)).content.decode()
        assert again(application).state == ApplicationState.DRAFT
        client.post(url("application-withdraw", application))
        application = again(application)
        assert (application.state, application.answers) == (ApplicationState.WITHDRAWN, {})
        assert not application.referees.exists()
        assert all(document.removed_at for document in application.documents.all())
        assert files
        assert acts(application, Verb.APPLICATION_DISCARDED, Verb.APPLICATION_WITHDRAWN) == [1, 0]
        assert not Notice.objects.exists()

    def test_the_file_of_a_discarded_draft_is_gone_from_the_disk(self, django_capture_on_commit_callbacks):
        application = made.finished("individual")
        stored = [document.file for document in application.documents.all()]
        with django_capture_on_commit_callbacks(execute=True):
            applications.withdraw(application=application, by=application.applicant)
        assert not any(file.storage.exists(file.name) for file in stored)

    def test_what_was_sent_stays_on_record_and_whoever_deals_with_it_hears_of_it(self, own):
        heard = []

        def hear(sender, application, by, **_more):
            heard.append((application.number, application.state, by))

        application = made.submitted("individual")
        application_withdrawn.connect(hear)
        try:
            own(application).post(url("application-withdraw", application))
        finally:
            application_withdrawn.disconnect(hear)
        application = again(application)
        assert heard == [(application.number, "withdrawn", application.applicant)]
        assert application.answers
        assert application.versions.count() == 1
        assert acts(application, Verb.APPLICATION_WITHDRAWN) == [1]

    def test_twice_is_refused(self, own):
        application = made.submitted("individual")
        client = own(application)
        client.post(url("application-withdraw", application))
        response = client.post(url("application-withdraw", application), follow=True)
        assert "This application has ended." in response.content.decode()
        assert acts(application, Verb.APPLICATION_WITHDRAWN) == [1]
