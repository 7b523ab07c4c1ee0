"""Referees: named by the applicant, written to when the application is sent, heard by a private link, once."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.actions import applications, referees, reference
from members.choices.applications import Step
from members.choices.verbs import Verb
from members.kernel.tokens import digest
from members.models import Application, AuditEvent, Document, Referee
from members.rules.referees import LINK_LASTS, MOST
from tests.factories import files
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

LETTER = "I have known Awa Example for ten years. Never give this to her."


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def application():
    return made.submitted("individual")


@pytest.fixture
def referee(application):
    return application.referees.first()


def link(referee):
    return referees.address_of(Referee.objects.get(pk=referee.pk))


def heard(referee):
    return AuditEvent.objects.filter(verb=Verb.REFEREE_ANSWERED, target_id=referee.pk).count()


class TestNaming:
    named = {"name": "Ada Example", "email": "ada@made.test", "relationship": "We taught together."}

    @pytest.fixture
    def draft(self, client):
        draft = made.draft("individual")
        sign_in(client, draft.applicant)
        return draft

    def page(self, draft):
        return reverse("members:application-step", args=[draft.number, Step.REFEREES])

    def test_named_changed_and_removed_again_without_anybody_being_written_to(self, client, draft):
        client.post(self.page(draft), self.named)
        [referee] = draft.referees.all()
        change = reverse("members:referee-change", args=[draft.number, referee.public_id])
        assert client.get(change).context["form"]["name"].value() == "Ada Example"
        client.post(change, self.named | {"name": "Ada Other"})
        assert draft.referees.get().name == "Ada Other"
        remove = reverse("members:referee-remove", args=[draft.number, referee.public_id])
        assert "Ada Other" in client.get(remove).content.decode()
        client.post(remove)
        assert not draft.referees.exists()
        verbs = AuditEvent.objects.about(draft).order_by("pk").values_list("verb", flat=True)
        assert list(verbs)[1:] == [Verb.REFEREE_NAMED, Verb.REFEREE_NAMED, Verb.REFEREE_REMOVED]
        assert not AuditEvent.objects.filter(verb=Verb.REFEREE_INVITED).exists()

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "no address"}, {"relationship": "x" * 201}])
    def test_what_is_wrong_is_shown_beside_the_field(self, client, draft, wrong):
        response = client.post(self.page(draft), self.named | wrong)
        assert set(response.context["form"].errors) == set(wrong)
        assert response.context["form"]["relationship"].value()
        assert not draft.referees.exists()

    def test_not_oneself_and_nobody_twice(self, client, draft):
        response = client.post(self.page(draft), self.named | {"email": draft.applicant.email.upper()})
        assert "other than yourself" in response.context["form"].errors["email"][0]
        client.post(self.page(draft), self.named)
        response = client.post(self.page(draft), self.named | {"email": "ADA@made.test"})
        assert "already" in response.context["form"].errors["email"][0]
        assert draft.referees.count() == 1

    def test_there_is_an_end_to_referees(self, draft):
        for _number in range(MOST):
            made.referee(draft)
        with refused("too-many"):
            made.referee(draft)

    def test_who_was_written_to_is_neither_changed_nor_removed(self, client):
        application = made.in_state("information")
        referee = application.referees.first()
        sign_in(client, application.applicant)
        change = reverse("members:referee-change", args=[application.number, referee.public_id])
        assert "written to already" in client.post(change, self.named).content.decode()
        client.post(reverse("members:referee-remove", args=[application.number, referee.public_id]))
        referee.refresh_from_db()
        assert referee.name == "Referee Example"


class TestInviting:
    def test_with_the_application_each_referee_gets_a_link_of_their_own(self, application):
        links = {link(referee) for referee in application.referees.all()}
        assert len(links) == 2
        for referee in application.referees.all():
            assert referee.token_digest == digest(link(referee).split("/")[-2])
            assert referee.expires_at == referee.invited_at + LINK_LASTS
            [event] = AuditEvent.objects.about(referee).filter(verb=Verb.REFEREE_INVITED)
            assert event.facts == {"application": application.pk, "language": "en"}

    def test_a_fresh_link_makes_the_old_one_void_and_not_too_soon(self, client, application, referee, clock):
        old = link(referee)
        sign_in(client, application.applicant)
        again = reverse("members:referee-again", args=[application.number, referee.public_id])
        client.post(again)
        assert link(referee) == old
        clock.shift(days=4)
        sign_in(client, application.applicant)
        client.post(again)
        assert link(referee) != old
        client.logout()
        assert client.get(old).status_code == 404
        assert client.get(link(referee)).status_code == 200
        assert AuditEvent.objects.about(referee).filter(verb=Verb.REFEREE_INVITED).count() == 2

    def test_a_link_of_a_key_that_is_gone_leads_nowhere(self, referee, settings):
        settings.SECRET_KEY = "another-key"
        assert link(referee) == ""


class TestWriting:
    def test_the_page_says_who_asks_who_reads_and_until_when(self, client, referee):
        response = client.get(link(referee))
        text = response.content.decode()
        assert "Awa Example has applied for Individual membership" in text
        assert "never what it says" in text
        assert "no-store" in response["Cache-Control"]
        assert 'name="robots" content="noindex' in text

    def test_a_letter_in_words_comes_once(self, client, referee):
        response = client.post(link(referee), {"letter": LETTER}, follow=True)
        assert "Thank you" in response.content.decode()
        client.post(link(referee), {"letter": "Another one."})
        referee.refresh_from_db()
        assert (referee.letter, referee.declined) == (LETTER, False)
        assert heard(referee) == 1

    def test_a_letter_as_a_file(self, client, application, referee):
        file = SimpleUploadedFile("letter.pdf", files.document(), "application/pdf")
        client.post(link(referee), {"letter": "", "file": file})
        referee.refresh_from_db()
        assert referee.letter_document.application == application
        assert referee.letter_document.uploaded_by is None

    def test_a_wrong_file_keeps_what_was_written(self, client, referee):
        file = SimpleUploadedFile("letter.docx", b"PK", "application/msword")
        response = client.post(link(referee), {"letter": LETTER, "file": file})
        assert "Only PDF" in response.context["form"].errors["file"][0]
        assert response.context["form"]["letter"].value() == LETTER
        referee.refresh_from_db()
        assert referee.answered_at is None
        assert not Document.objects.filter(kind="reference").exists()

    def test_an_empty_letter_is_none(self, client, referee):
        response = client.post(link(referee), {"letter": "  "})
        assert "Write a letter or add a file" in response.context["form"].errors["letter"][0]
        assert heard(referee) == 0

    def test_one_may_decline_after_being_asked(self, client, referee):
        decline = reverse("members:referee-decline", args=[link(referee).split("/")[-2]])
        assert client.get(decline).status_code == 200
        assert heard(referee) == 0
        client.post(decline)
        referee.refresh_from_db()
        assert referee.declined
        assert heard(referee) == 1
        client.post(link(referee), {"letter": LETTER})
        referee.refresh_from_db()
        assert referee.letter == ""

    def test_not_after_thirty_days(self, client, referee, clock):
        clock.shift(days=30, seconds=1)
        response = client.post(link(referee), {"letter": LETTER})
        assert "This link has run out" in response.content.decode()
        referee.refresh_from_db()
        assert referee.letter == ""

    def test_not_after_the_application_ended(self, client, application, referee):
        applications.withdraw(application=application, by=application.applicant)
        response = client.post(link(referee), {"letter": LETTER})
        assert "not needed any more" in response.content.decode()
        referee.refresh_from_db()
        assert referee.letter == ""

    def test_an_unknown_link_is_not_there(self, client):
        for method in (client.get, client.post):
            assert method(reverse("members:referee-letter", args=["nothing"])).status_code == 404
            assert method(reverse("members:referee-decline", args=["nothing"])).status_code == 404

    def test_nor_does_an_act_by_one_find_anybody(self, referee):
        for act in (referees.decline, partial(referees.answer, letter=LETTER)):
            with refused("unknown") as refusal:
                act(token="nothing")
            assert "not one of ours" in refusal.value.message
        referee.refresh_from_db()
        assert referee.answered_at is None


class TestReading:
    def test_the_applicant_sees_that_it_came_and_never_what_it_says(self, client, application, referee):
        client.post(link(referee), {"letter": LETTER})
        sign_in(client, application.applicant)
        text = client.get(reverse("members:application", args=[application.number])).content.decode()
        assert "Received" in text
        for name in ("application", "application-version"):
            arguments = [application.number, 1] if name.endswith("version") else [application.number]
            assert "Never give this" not in client.get(reverse(f"members:{name}", args=arguments)).content.decode()

    def test_the_office_reads_it(self, client, cast, application, referee):
        client.post(link(referee), {"letter": LETTER})
        sign_in(client, cast["secretariat-1"])
        text = client.get(reverse("members:desk-application", args=[application.number])).content.decode()
        assert "Never give this to her." in text


def test_the_record_holds_no_address_and_no_letter(client, application, referee):
    client.post(link(referee), {"letter": LETTER})
    written = str(list(AuditEvent.objects.values_list("facts", flat=True)))
    assert referee.email not in written
    assert "ten years" not in written
    assert Application.objects.get(pk=application.pk).state == "submitted"
