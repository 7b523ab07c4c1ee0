"""Applying under protection: asked for before the first page is saved, decided under a handle, admitted unseen."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members import tasks
from members.actions import applications, protection, referees
from members.choices.applications import ApplicationState, Step
from members.kernel.clock import today
from members.models import Application, Ballot, Document, Membership, Person, Recommendation, User
from members.queries.people import project
from members.queries.sealed import answers_of, identity_of
from secretariat.tasks import delivery
from tests.factories import ballots as voting
from tests.factories import members as made
from tests.signing_in import sign_in
from tests.world import dump

pytestmark = pytest.mark.django_db

IDENTITY = made.IDENTITY | {
    "name": "Tursunoy Abdiqulova",
    "headline": "Chronicler of Khorog",
    "biography": "Has recorded what was done in Khorog.",
    "website": "khorog.test",
    "country": "TJ",
}
EMPLOYER = "Khorog House of Records"
SEALED = ("Tursunoy Abdiqulova", "Khorog", "khorog.test", "tursunoy@made.test", EMPLOYER, "vita-tursunoy")


@pytest.fixture
def applicant(cast):
    """Somebody who has begun, has saved no page, and protects themselves."""
    user = made.login("tursunoy@made.test")
    made.draft("individual", user=user)
    protection.protect(user=user, by=user)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def sent(applicant, tmp_path, settings, django_capture_on_commit_callbacks):
    """Their application, with every page written by them under protection, and sent."""
    settings.MEDIA_ROOT = tmp_path
    row = made.finished("individual", user=applicant)
    made.save(row_as_typed(row), Step.IDENTITY, IDENTITY)
    row = Application.objects.with_subject().get(pk=row.pk)
    made.save(row_as_typed(row), Step.AFFILIATION, {"standing": "independent", "background": EMPLOYER})
    with django_capture_on_commit_callbacks(execute=True):
        made.document(row, kind="other", name="vita-tursunoy.pdf", content=b"%PDF-1.7 Tursunoy Abdiqulova")
    row = Application.objects.with_subject().get(pk=row.pk)
    applications.submit(application=row, revision=row.revision, by=applicant)
    return Application.objects.with_subject().get(pk=row.pk)


def row_as_typed(row) -> Application:
    row.answers = answers_of(row)
    return row


@pytest.fixture
def ballot(cast, sent):
    Application.objects.filter(pk=sent.pk).update(state=ApplicationState.RECOMMENDED)
    row = Application.objects.with_subject().get(pk=sent.pk)
    Recommendation.objects.create(
        application=row, version=row.current_version, advice="admit", text="Sound.", made_by=cast["secretariat-1"]
    )
    return voting.opened(cast, application=row)


class TestWriting:
    def test_nothing_sealed_is_stored(self, sent, tmp_path):
        stored = dump.everything(tmp_path)
        assert [word for word in SEALED if dump.holds(stored, word)] == []

    def test_the_applicant_reads_and_changes_everything(self, sent, applicant):
        assert answers_of(sent)["identity"]["name"] == "Tursunoy Abdiqulova"
        client = sign_in(Client(), applicant)
        page = client.get(reverse("members:application-version", args=[sent.number, 1])).content.decode()
        assert "Tursunoy Abdiqulova" in page
        document = Document.objects.filter(application=sent).last()
        answer = client.get(reverse("members:document", args=[document.public_id]))
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 Tursunoy Abdiqulova"

    def test_a_draft_keeps_what_was_typed(self, applicant):
        row = made.draft("individual", user=applicant)
        row = made.save(row, Step.IDENTITY, IDENTITY)
        page = reverse("members:application-step", args=[row.number, Step.IDENTITY])
        assert "Tursunoy Abdiqulova" in sign_in(Client(), applicant).get(page).content.decode()
        assert Application.objects.get(pk=row.pk).answers["identity"] == {}

    def test_what_was_written_before_is_sealed_too(self, cast, tmp_path, settings, django_capture_on_commit_callbacks):
        settings.MEDIA_ROOT = tmp_path
        user = made.login("tursunoy@made.test")
        row = made.save(made.finished("individual", user=user), Step.IDENTITY, IDENTITY)
        made.document(row, kind="other", name="vita-tursunoy.pdf", content=b"%PDF-1.7 Tursunoy Abdiqulova")
        row = Application.objects.get(pk=row.pk)
        applications.submit(application=row, revision=row.revision, by=user)
        with django_capture_on_commit_callbacks(execute=True):
            protection.protect(user=user, by=user)
        stored = dump.everything(tmp_path)
        assert [word for word in SEALED if dump.holds(stored, word)] == []


class TestReading:
    def test_the_desk_reads_a_handle_and_what_does_not_identify(self, sent, applicant, cast):
        client = sign_in(Client(), cast["secretariat-1"])
        page = client.get(reverse("members:desk-application", args=[sent.number])).content.decode()
        assert applicant.protection.handle in page
        assert "What there is to say." in page
        assert [word for word in SEALED if word in page] == []

    def test_nobody_else_gets_the_files(self, sent, cast, ballot):
        voting.clear(ballot, cast["steering-1"])
        for name in ("secretariat-1", "steering-1"):
            client = sign_in(Client(), cast[name])
            for document in Document.objects.filter(application=sent):
                assert client.get(reverse("members:document", args=[document.public_id])).status_code == 404

    def test_the_committee_decides_on_a_handle(self, ballot, cast, applicant):
        voting.clear(ballot, cast["steering-1"])
        client = sign_in(Client(), cast["steering-1"])
        for name in ("members:ballot", "members:ballot-dossier"):
            page = client.get(reverse(name, args=[ballot.number])).content.decode()
            assert applicant.protection.handle in page
            assert [word for word in SEALED if word in page] == []

    def test_a_referee_is_told_who_asks(self, sent):
        delivery.deliver_due()
        (first, *_others) = sent.referees.all()
        (message,) = [each for each in mail.outbox if first.email in each.to]
        assert "Tursunoy Abdiqulova" in message.body
        assert Client().get(referees.address_of(first)).status_code == 200


class TestAdmission:
    @pytest.fixture
    def admitted(self, ballot, cast):
        for user in cast.seats:
            voting.clear(ballot, user)
            voting.vote(ballot, user, "yes")
        assert Ballot.objects.get(pk=ballot.pk).decision.verdict == "approved"
        return ballot

    def test_the_member_is_admitted_unseen(self, admitted, applicant, cast, tmp_path):
        user = User.objects.get(pk=applicant.pk)
        assert Membership.objects.in_force(on=today()).filter(person=user.person).exists()
        assert project(user, user.person, on=today()).name == "Tursunoy Abdiqulova"
        assert identity_of(user.protection)["profile"]["country_id"] == "TJ"
        tasks.lower_due_protections()
        stored = dump.everything(tmp_path)
        assert [word for word in SEALED if dump.holds(stored, word)] == []
        for name in ("rising", "secretariat-1"):
            assert project(cast[name], user.person, on=today()) is None

    def test_the_decision_is_of_the_sealed_series(self, admitted, cast):
        assert admitted.number.startswith("SCS-")
        page = reverse("members:decision", args=[admitted.number])
        assert Client().get(page).status_code == 404
        assert sign_in(Client(), cast["rising"]).get(page).status_code == 404
        assert sign_in(Client(), cast["steering-1"]).get(page).status_code == 200
        assert admitted.number not in Client().get(reverse("members:decisions")).content.decode()

    def test_the_public_series_has_no_gap(self, admitted, cast):
        other = voting.opened(cast, application=voting.recommended(cast))
        assert other.number.startswith("SC-")
        assert other.number.endswith("-001")

    def test_everything_comes_back(self, admitted, applicant, clock):
        user = User.objects.get(pk=applicant.pk)
        tasks.lower_due_protections()
        protection.ask_to_lower(user=user, by=user)
        clock.shift(hours=73)
        tasks.lower_due_protections()
        person = Person.objects.get(user=user)
        assert (person.name, person.country_id) == ("Tursunoy Abdiqulova", "TJ")
        row = Application.objects.get(applicant=user)
        assert row.answers["identity"]["name"] == "Tursunoy Abdiqulova"
        assert row.sealed_answers == ""
        document = Document.objects.filter(application=row).last()
        with document.file.open("rb") as file:
            assert file.read() == b"%PDF-1.7 Tursunoy Abdiqulova"


class TestThePage:
    def test_the_first_page_offers_it_and_leads_back(self, cast):
        user = made.login("tursunoy@made.test")
        row = made.draft("individual", user=user)
        client = sign_in(Client(), user)
        page = reverse("members:application-step", args=[row.number, Step.SAFETY])
        before = client.get(page).content.decode()
        assert reverse("members:protection-raise") in before
        assert "the Secretariat reads all of it" in before
        answer = client.post(f"{reverse('members:protection-raise')}?next={page}")
        assert answer.url == page
        after = client.get(page).content.decode()
        assert "You are protected" in after
        assert "says nothing of you" in after
        assert "the Secretariat reads all of it" not in after
        assert "find your name in the directory" not in after
