"""Applying, from the first page to the last, and sending."""

import pytest

from members.actions import applications, reference
from members.choices.applications import ApplicationState, Step
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import Application, ApplicationVersion, AuditEvent
from members.permissions.applications import application_for
from members.permissions.table import Right
from members.queries import answers
from members.queries import applications as reads
from members.rules.answers import basis_of
from members.rules.applications import digest_of
from secretariat.models import Notice
from tests.applying import acts, again, page, send, url
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

TIERS = [
    ("individual", ""),
    ("institutional", ""),
    ("rising-leaders", ""),
    ("steering", "organisation"),
    ("steering", "person"),
]
ROOMS = (Step.HOLDER, Step.REFEREES, Step.DOCUMENTS)


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def own(client):
    """Signs the client in as the applicant of an application."""
    return lambda application: sign_in(client, application.applicant)


@pytest.mark.parametrize(("tier", "holder"), TIERS)
def test_every_tier_is_applied_for_page_by_page(own, tier, holder):
    application = made.draft(tier)
    client = own(application)
    if holder:
        assert send(client, application, Step.HOLDER, {"holder_kind": holder}).status_code == 302
    steps = answers.steps_of(again(application))
    for step in [step for step in steps if step not in ROOMS]:
        response = send(client, application, step, made.good_answers(again(application), step))
        assert response.status_code == 302, response.context["form"].errors
    for number in range(application.terms.referees_needed):
        named = {"name": "Ada Example", "email": f"ada-{number}@made.test", "relationship": "We taught together."}
        assert client.post(page(application, Step.REFEREES), named).status_code == 302
    for kind in made.missing(application.terms.documents, holder_kind=again(application).holder_kind, present=()):
        made.document(application, kind)
    assert client.post(page(application, Step.DOCUMENTS), {"onward": "1"}).status_code == 302
    shown = client.get(url("application-check", application))
    assert shown.context["unfinished"] == []
    sent = {"revision": shown.context["form"]["revision"].value(), "declaration": "on"}
    response = client.post(url("application-check", application), sent, follow=True)
    assert application.number in response.content.decode()
    application = again(application)
    assert (application.state, application.holder_kind) == (
        ApplicationState.SUBMITTED,
        holder or application.terms.holder_kind,
    )
    version = application.versions.get()
    assert set(version.answers) == set(steps) - {Step.REFEREES, Step.DOCUMENTS}
    assert len(version.documents) == application.documents.count()
    assert acts(application, Verb.APPLICATION_STARTED, Verb.APPLICATION_SUBMITTED) == [1, 1]


def test_a_finished_page_leads_to_the_next_and_a_page_from_the_check_back_to_it(own):
    application = made.draft("individual")
    client = own(application)
    response = send(client, application, Step.SAFETY, {"risk": "no"})
    assert response.url == page(application, Step.IDENTITY)
    values = made.good_answers(application, Step.IDENTITY)
    response = send(client, application, Step.IDENTITY, values, **{"return": "check"})
    assert response.url == url("application-check", application)
    response = send(client, application, Step.CONFLICTS, {"relation": "none"})
    assert response.url == url("application-check", application)


def test_what_is_known_of_the_applicant_is_filled_in_and_not_taken_for_an_answer(own):
    user = made.login()
    made.person("Awa Known", user=user, headline="Of long standing", country_id="SN")
    application = made.draft("individual", user=user)
    shown = own(application).get(page(application, Step.IDENTITY))
    assert shown.context["form"]["name"].value() == "Awa Known"
    assert shown.context["form"]["country"].value() == "SN"
    assert again(application).answers == {}
    assert (
        next(found.state for found in answers.progress(application, on=today()) if found.step == Step.IDENTITY)
        == "todo"
    )


class TestSending:
    def test_unfinished_pages_are_named_with_the_way_to_them_and_nothing_is_sent(self, own):
        application = made.draft("individual")
        client = own(application)
        made.save(application, Step.IDENTITY, {"name": "Awa"})
        sent = {"revision": again(application).revision, "declaration": "on"}
        response = client.post(url("application-check", application), sent)
        text = response.content.decode()
        assert len(response.context["unfinished"]) == 9
        assert f'href="{page(application, Step.IDENTITY)}?return=check"' in text
        assert "2 referees are needed; you named 0." in text
        assert again(application).state == ApplicationState.DRAFT
        assert not ApplicationVersion.objects.exists()
        assert not Notice.objects.exists()

    def test_without_the_declaration_nothing_is_sent(self, own):
        application = made.finished("individual")
        response = own(application).post(url("application-check", application), {"revision": application.revision})
        assert set(response.context["form"].errors) == {"declaration"}
        assert not ApplicationVersion.objects.exists()

    def test_sent_twice_is_one_version(self, own):
        application = made.finished("individual")
        client = own(application)
        sent = {"revision": application.revision, "declaration": "on"}
        for _time in range(2):
            assert client.post(url("application-check", application), sent).status_code == 302
        version = applications.submit(application=application, revision=application.revision, by=application.applicant)
        assert [version] == list(application.versions.all())
        assert acts(application, Verb.APPLICATION_SUBMITTED) == [1]
        assert AuditEvent.objects.filter(verb=Verb.REFEREE_INVITED).count() == 2

    def test_a_version_holds_all_of_it_and_its_digest(self):
        application = made.submitted("institutional")
        version = application.versions.get()
        assert version.answers[Step.ORGANISATION]["name"] == "Institute of Examples"
        assert {document["sha256"] for document in version.documents} == set(
            application.documents.values_list("sha256", flat=True)
        )
        facts = {"tier": "institutional", "terms": application.terms.version, "holder_kind": "organisation"}
        assert version.digest == digest_of(
            number=application.number, version=1, answers=version.answers, documents=version.documents, **facts
        )

    def test_the_secretariat_knows_of_it_from_then_on_and_not_before(self, cast):
        application = made.finished("individual")
        office = cast["secretariat-1"]
        assert not self.seen(office, application)
        applications.submit(application=application, revision=application.revision, by=application.applicant)
        assert self.seen(office, application)
        assert application_for(office, application.number, to=Right.SCREEN_APPLICATION, on=today()) == application

    def seen(self, user, application):
        rows = reads.doors.visible_to(user, right=Right.READ_DOSSIER, on=today())
        return rows.filter(pk=application.pk).exists()

    def test_the_applicant_the_office_and_the_referees_are_told(self, cast):
        application = made.submitted("individual")
        told = set(Notice.objects.values_list("kind", "user__email", "address"))
        assert ("application_received", application.applicant.email, "") in told
        assert ("application_new", "secretariat-1@cast.test", "") in told
        invited = {address for kind, _user, address in told if kind == "referee_invited"}
        assert invited == set(application.referees.values_list("email", flat=True))

    @pytest.mark.parametrize("state", [state for state in ApplicationState if state not in ("draft", "information")])
    def test_afterwards_nothing_of_it_changes(self, own, state):
        application = made.submitted("individual")
        ended = {"ended_at": application.submitted_at} if state in reads.ENDED else {}
        Application.objects.filter(pk=application.pk).update(state=state, **ended)
        client, before = own(application), again(application).answers
        basis = basis_of(answers.saved(application, Step.IDENTITY))
        assert client.get(page(application, Step.IDENTITY)).url == url("application", application)
        response = client.post(page(application, Step.IDENTITY), {"name": "Another", "basis": basis})
        assert response.status_code == 409
        assert 'value="Another"' in response.content.decode()
        assert client.post(page(application, Step.REFEREES), {"name": "A", "email": "a@made.test", "relationship": "B"})
        client.post(url("application-check", application), {"revision": application.revision, "declaration": "on"})
        assert again(application).answers == before
        assert (application.referees.count(), application.versions.count()) == (2, 1)
