"""Documents of an application: added, refused beside the field, removed, and read by those who may."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.actions import ballots, documents, referees, reference
from members.choices.applications import DocumentKind, Step
from members.choices.ballots import ConflictAnswer
from members.choices.verbs import Verb
from members.models import Application, AuditEvent, Document
from members.rules.documents import MOST
from tests.factories import ballots as committee
from tests.factories import files
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def application():
    return made.draft("individual")


@pytest.fixture
def own(client, application):
    return sign_in(client, application.applicant)


def page(application):
    return reverse("members:application-step", args=[application.number, Step.DOCUMENTS])


def upload(client, application, name, content, media_type="application/pdf", kind="curriculum"):
    file = SimpleUploadedFile(name, content, media_type)
    return client.post(page(application), {"kind": kind, "file": file})


def address(document):
    return reverse("members:document", args=[document.public_id])


def body(response):
    return b"".join(response.streaming_content)


class TestAdding:
    def test_a_pdf_and_a_picture(self, own, application):
        assert upload(own, application, "my life.pdf", files.document(change=files.with_text)).status_code == 302
        assert upload(own, application, "scan.png", files.picture(), "image/png", "other").status_code == 302
        kept = {document.kind: document for document in application.documents.all()}
        assert (kept["curriculum"].name, kept["curriculum"].content_type) == ("my life.pdf", "application/pdf")
        assert kept["other"].uploaded_by == application.applicant
        text = own.get(page(application)).content.decode()
        assert "my life.pdf" in text
        assert AuditEvent.objects.about(application).filter(verb=Verb.DOCUMENT_ADDED).count() == 2

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("life.docx", b"PK\x03\x04 text", "Only PDF, PNG, JPEG and WebP files can be sent."),
            ("life.pdf", b"MZ a program", "its contents do not"),
            ("life.pdf", b"", "This file is empty."),
            ("life.pdf", b"%PDF-1.7 nothing more", "damaged or incomplete"),
        ],
    )
    def test_a_wrong_file_is_refused_beside_the_field_and_nothing_else_is_lost(
        self, own, application, name, content, words
    ):
        made.document(application, DocumentKind.PUBLICATION)
        response = upload(own, application, name, content, kind="other")
        form = response.context["form"]
        assert response.status_code == 200
        assert words in form.errors["file"][0]
        assert form["kind"].value() == "other"
        assert [document.kind for document in application.documents.all()] == [DocumentKind.PUBLICATION]

    def test_thirty_megabytes_are_refused_in_words(self, own, application):
        stream = io.BytesIO(b"%PDF-1.7 " + bytes(30 * MEGABYTE))
        stream.name = "atlas.pdf"
        response = own.post(page(application), {"kind": "publication", "file": stream})
        assert response.status_code == 200
        assert "larger than 10 MB" in response.context["form"].errors["file"][0]
        assert not Document.objects.exists()

    def test_without_a_file_it_asks_for_one(self, own, application):
        response = own.post(page(application), {"kind": "curriculum"})
        assert set(response.context["form"].errors) == {"file"}

    def test_the_same_file_sent_twice_is_one_document(self, own, application):
        content = files.document()
        for _time in range(2):
            upload(own, application, "life.pdf", content)
        assert application.documents.count() == 1
        assert AuditEvent.objects.about(application).filter(verb=Verb.DOCUMENT_ADDED).count() == 1

    def test_what_the_tier_does_not_ask_for_is_not_taken(self, application):
        for kind in (DocumentKind.STATUTE, DocumentKind.REFERENCE):
            with refused("not-asked"):
                made.document(application, kind)
        assert not Document.objects.exists()

    def test_there_is_an_end_to_documents(self, application):
        for number in range(MOST):
            made.document(application, content=b"%PDF-1.7 " + bytes([number]))
        with refused("too-many"):
            made.document(application, content=b"%PDF-1.7 one more")
        assert application.documents.count() == MOST

    def test_none_is_added_while_it_is_being_read(self):
        application = made.in_state("screening")
        with refused("with-secretariat"):
            made.document(application, DocumentKind.PUBLICATION)
        assert application.documents.count() == 1


class TestRemoving:
    def remove(self, client, document):
        address = reverse("members:document-remove", args=[document.application.number, document.public_id])
        assert "Remove" in client.get(address).content.decode()
        return client.post(address)

    def test_it_asks_first_and_then_deletes_the_file(self, own, application, django_capture_on_commit_callbacks):
        document = made.document(application, DocumentKind.CURRICULUM)
        with django_capture_on_commit_callbacks(execute=True):
            assert self.remove(own, document).status_code == 302
        assert not document.file.storage.exists(document.file.name)
        assert own.get(address(document)).status_code == 404
        assert AuditEvent.objects.about(application).filter(verb=Verb.DOCUMENT_REMOVED).count() == 1

    def test_what_was_removed_before_is_refused(self, application):
        """As where two windows have shown it."""
        document = made.document(application)
        documents.remove(document=document, by=application.applicant)
        removed_at = Document.objects.get(pk=document.pk).removed_at
        with refused("gone") as refusal:
            documents.remove(document=document, by=application.applicant)
        assert "removed already" in refusal.value.message
        assert Document.objects.get(pk=document.pk).removed_at == removed_at

    def test_a_version_keeps_what_it_holds(self, client, django_capture_on_commit_callbacks):
        application = made.in_state("information")
        document = application.documents.get()
        sign_in(client, application.applicant)
        with django_capture_on_commit_callbacks(execute=True):
            self.remove(client, document)
        assert Document.objects.get().removed_at is not None
        assert body(client.get(address(document))) == made.PDF


class TestReading:
    def test_it_is_saved_and_never_shown_inside_a_page(self, own, application):
        document = made.document(application, name="résumé \u202egpj.pdf")
        response = own.get(address(document))
        assert body(response) == made.PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert "\u202e" not in response["Content-Disposition"]
        assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]

    def test_a_document_without_its_file_is_not_there(self, own, application):
        document = made.document(application)
        document.file.storage.delete(document.file.name)
        assert own.get(address(document)).status_code == 404

    def test_of_a_draft_nobody_else_reads_any(self, client, cast, application):
        document = made.document(application)
        for name in ("secretariat-1", "steering-1", "individual", "stranger"):
            sign_in(client, cast[name])
            assert client.get(address(document)).status_code == 404

    def test_the_office_reads_what_was_sent_and_the_letters(self, client, cast):
        application = made.submitted()
        letter = documents.keep_letter(application=application, clean=made.paper(name="letter.pdf"))
        sign_in(client, cast["secretariat-1"])
        for document in (application.documents.first(), letter):
            assert body(client.get(address(document))) == made.PDF

    def test_the_applicant_never_reads_a_letter(self, client):
        application = made.submitted()
        letter = documents.keep_letter(application=application, clean=made.paper(name="letter.pdf"))
        sign_in(client, application.applicant)
        assert client.get(address(letter)).status_code == 404
        for name in ("application", "application-check"):
            shown = client.get(reverse(f"members:{name}", args=[application.number]), follow=True)
            assert "letter.pdf" not in shown.content.decode()
        remove = reverse("members:document-remove", args=[application.number, letter.public_id])
        assert client.post(remove).status_code == 404

    def test_the_committee_reads_it_once_the_conflict_question_is_answered(self, client, cast):
        application = made.submitted()
        letter = documents.keep_letter(application=application, clean=made.paper())
        Application.objects.filter(pk=application.pk).update(state="recommended")
        ballot = committee.opened(cast, application=Application.objects.with_subject().get(pk=application.pk))
        member, other = cast["steering-1"], cast["steering-2"]
        sign_in(client, member)
        assert client.get(address(letter)).status_code == 404
        committee.clear(ballot, member)
        assert body(client.get(address(letter))) == made.PDF
        ballots.answer_conflict(ballot=ballot, by=other, answer=ConflictAnswer.CONFLICTED)
        sign_in(client, other)
        assert client.get(address(letter)).status_code == 404

    def test_nobody_guesses_one(self, own):
        assert own.get(reverse("members:document", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404


def test_a_referees_file_is_kept_apart_from_the_applicants(application):
    assert referees.PURPOSE != "entry"
    application = made.submitted()
    letter = documents.keep_letter(application=application, clean=made.paper(name="letter.pdf"))
    assert letter.kind == DocumentKind.REFERENCE
    assert letter not in documents.present_documents(application)
