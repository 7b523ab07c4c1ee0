"""The library of a group and what is published out of it: who reads what, who is named, what is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import accounts, memberships, people, protection
from members.actions.documents import clear_unclaimed
from members.choices.audiences import Audience
from members.choices.verbs import Verb
from members.models import AuditEvent, Language, Tier, User
from members.signals import person_erased
from secretariat.choices import Kind
from secretariat.models import Notice
from taskforces.actions import documents, outputs
from taskforces.choices import BylineState, Disposition, DocumentAudience, DocumentStatus, OutputState, SeatKind
from taskforces.models import DocumentComment, DocumentVersion, GroupDocument, Output, OutputAuthor
from taskforces.permissions.documents import visible_to
from taskforces.queries.words import vector_of
from tests.factories import documents as written
from tests.factories import files
from tests.factories import groups as made
from tests.factories.members import paper
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

IN_IT = {"institution", "individual", "protected"}
OFFICE = {"secretariat-1"}
ASKED = ("institution", "individual", "protected", "delegate", "rising", "other-institution", "secretariat-1")
EXPECTED = {
    ("draft", "group"): {"individual", "institution"} | OFFICE,
    ("for_comment", "chairs"): {"institution"} | OFFICE,
    ("for_comment", "group"): IN_IT | {"delegate"} | OFFICE,
    ("final", "group"): IN_IT | {"delegate"} | OFFICE,
    ("final", "members"): set(ASKED),
    ("final", "public"): {*ASKED, "visitor"},
    ("retired", "public"): {"institution"} | OFFICE,
}
"""Who reads a document that the individual member wrote: the delegate observes, the rising leader has left, the
principal of the other institution chairs another group."""


@pytest.fixture
def group(cast):
    found = made.active(cast)
    made.active(cast, "Another Group", chair="other-institution")
    _protected(cast)
    for name in ("individual", "protected"):
        made.seated(cast, found, name)
    made.seated(cast, found, "delegate", SeatKind.OBSERVER)
    return found


def _protected(cast):
    """A further member, who is protected and listed to members."""
    user = accounts.open_login(email="protected@made.test", by=None)
    person = people.enter(name="Somebody Sealed", user=user, by=None)
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    protection.protect(user=user, by=user)
    protection.list_for(user=user, listed_for=[Audience.MEMBERS], by=user)
    cast.users["protected"] = User.objects.get(pk=user.pk)


def url_of(document, name="document", *more):
    return reverse(f"taskforces:{name}", args=[document.group.slug, document.public_id, *more])


def signed_in(cast, name):
    return Client() if name == "visitor" else sign_in(Client(), again(cast, name))


def again(cast, name):
    return type(cast[name]).objects.get(pk=cast[name].pk)


class TestReading:
    @pytest.mark.parametrize(("status", "audience"), EXPECTED)
    def test_list_and_door_agree_and_say_what_the_table_says(self, cast, group, status, audience):
        document = written.drafted(cast, group, by="individual")
        if status != "draft":
            written.settled(cast, document, audience=audience, status=status)
        reading = set()
        for name in (*ASKED, "visitor"):
            client = signed_in(cast, name)
            answer = client.get(url_of(document)).status_code
            listed = document.title in client.get(reverse("taskforces:documents", args=[group.slug])).content.decode()
            assert (answer == 200) == listed, name
            assert answer in (200, 404)
            if answer == 200:
                reading.add(name)
        assert reading == EXPECTED[status, audience]

    def test_the_author_stands_there_for_who_knows_them(self, cast, group):
        document = written.drafted(cast, group, by="protected")
        written.settled(cast, document, audience=DocumentAudience.PUBLIC)
        handle = cast["protected"].protection.handle
        for name in (*ASKED, "visitor"):
            page = signed_in(cast, name).get(url_of(document)).content.decode()
            assert (handle in page) == (name in IN_IT - {"protected"}), name  # who reads their own name
            assert ("Written by" in page) == (name in IN_IT), name

    def test_what_one_may_not_read_is_neither_found_nor_counted(self, cast, group):
        written.drafted(cast, group, title="Hidden thing")
        shown = written.drafted(cast, group, title="Shown thing", text="Café à la carte")
        written.settled(cast, shown, audience=DocumentAudience.PUBLIC)
        client = signed_in(cast, "rising")
        for address in (reverse("taskforces:documents-everywhere"), reverse("taskforces:documents", args=[group.slug])):
            page = client.get(address, {"q": "thing"}).content.decode()
            assert "Shown thing" in page
            assert "Hidden" not in page
            assert "1 document<" in page
            assert "Shown thing" in client.get(address, {"q": "CAFE cart"}).content.decode()
            assert "Shown thing" not in client.get(address, {"q": "cafes"}).content.decode()

    def test_a_file_goes_through_the_same_door(self, cast, group):
        client = signed_in(cast, "individual")
        sent = SimpleUploadedFile("report.pdf", files.document(), content_type="application/pdf")
        address = reverse("taskforces:document-add", args=[group.slug])
        client.post(address, {"title": "A file", "language": "en", "text": "", "file": sent})
        document = GroupDocument.objects.get()
        answer = client.get(url_of(document, "document-file", 1))
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert signed_in(cast, "rising").get(url_of(document, "document-file", 1)).status_code == 404
        assert documents.claimed([document.versions.get().file.name]) == {document.versions.get().file.name}

    def test_as_many_statements_for_three_hundred_as_for_one(self, cast, group):
        client, one = signed_in(cast, "individual"), written.drafted(cast, group, by="individual")
        address = reverse("taskforces:documents", args=[group.slug])
        before = statements(client, address), statements(client, reverse("taskforces:documents-everywhere"))
        english = Language.objects.get(code="en")
        rows = GroupDocument.objects.bulk_create(
            GroupDocument(
                group=group, title=f"Paper {number}", kind="page", language=english, person=one.person, status="final"
            )
            for number in range(300)
        )
        DocumentVersion.objects.bulk_create(
            DocumentVersion(document=row, number=1, text="Words.", person=one.person) for row in rows
        )
        GroupDocument.objects.update(vector=vector_of("Words"))
        asked = {"q": "words"}
        after = (
            statements(client, address, asked),
            statements(client, reverse("taskforces:documents-everywhere"), asked),
        )
        assert after == before


def statements(client, path, data=None):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, data).status_code == 200
    return len(asked)


class TestWriting:
    def test_versions_are_written_once(self, cast, group):
        version = written.drafted(cast, group).versions.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            DocumentVersion.objects.filter(pk=version.pk).update(text="Another.")
        with pytest.raises(DatabaseError), transaction.atomic():
            version.delete()

    def test_the_next_version_goes_by_the_newest(self, cast, group):
        document = written.drafted(cast, group, by="individual")
        documents.revise(document=document, number=1, text="Second.", note="Shorter.", by=cast["individual"])
        with refused("stale"):
            documents.revise(document=document, number=1, text="Third.", by=cast["institution"])
        assert document.versions.count() == 2
        page = signed_in(cast, "individual").get(url_of(document, "document-compare", 2))
        assert "Second." in page.content.decode()

    def test_others_write_nothing(self, cast, group):
        document = written.drafted(cast, group, by="individual")
        with refused("settled"):
            documents.revise(document=document, number=1, text="Mine.", by=cast["protected"])
        answer = signed_in(cast, "delegate").post(
            reverse("taskforces:document-add", args=[group.slug]), {"title": "No", "language": "en", "text": "No"}
        )
        assert answer.status_code == 403
        assert GroupDocument.objects.count() == DocumentVersion.objects.count() == 1


class TestCommenting:
    def test_readers_are_told_and_comments_answered_once(self, cast, group):
        document = written.settled(cast, written.drafted(cast, group), status=DocumentStatus.FOR_COMMENT)
        told = set(Notice.objects.filter(kind=Kind.DOCUMENT_OPENED).values_list("user__email", flat=True))
        assert told == {cast[name].email for name in (*IN_IT, "delegate")}
        signed_in(cast, "individual").post(url_of(document), {"text": "Say when."})
        comment = DocumentComment.objects.get()
        client = signed_in(cast, "institution")
        client.post(
            reverse("taskforces:document-answer", args=[group.slug, comment.public_id]),
            {"disposition": "accepted", "answer": "Yes."},
        )
        comment.refresh_from_db()
        assert (comment.disposition, comment.answer) == (Disposition.ACCEPTED, "Yes.")
        assert Notice.objects.get(kind=Kind.COMMENT_ANSWERED).user == cast["individual"]
        with refused("answered"):
            documents.answer(comment=comment, disposition=Disposition.NOTED, answer="No.", by=cast["institution"])

    def test_a_protected_member_s_comment_is_for_the_group_alone(self, cast, group):
        document = written.settled(
            cast, written.drafted(cast, group), status=DocumentStatus.FOR_COMMENT, audience=DocumentAudience.PUBLIC
        )
        documents.comment(document=document, text="From within.", by=cast["protected"])
        for name in (*ASKED, "visitor"):
            page = signed_in(cast, name).get(url_of(document)).content.decode()
            assert ("From within." in page) == (name in IN_IT), name

    def test_none_outside_the_time_and_none_by_visitors(self, cast, group):
        document = written.settled(cast, written.drafted(cast, group), audience=DocumentAudience.PUBLIC)
        with refused("not-for-comment"):
            documents.comment(document=document, text="Late.", by=cast["individual"])
        assert Client().post(url_of(document), {"text": "Hello."}).status_code in (302, 403)
        assert not DocumentComment.objects.exists()


class TestOutputs:
    @pytest.fixture
    def proposed(self, cast, group):
        document = written.settled(cast, written.drafted(cast, group))
        return written.proposed(cast, document, people=["individual", "protected", "institution"])

    def page(self, output, client=None):
        return (client or Client()).get(reverse("taskforces:output", args=[output.slug]))

    def test_nobody_protected_is_asked_and_only_who_agreed_is_named(self, cast, proposed):
        asked = {row.person for row in proposed.authors.filter(state=BylineState.ASKED)}
        assert asked == {cast.person("individual"), cast.person("institution")}
        assert Notice.objects.get(kind=Kind.BYLINE_ASKED).user == cast["individual"]  # not who proposed it
        address = reverse("taskforces:output-byline", args=[proposed.slug])
        signed_in(cast, "individual").post(address, {"agrees": "yes", "name": "I. Member"})
        signed_in(cast, "institution").post(address, {"agrees": "no", "name": "Secret Name"})
        assert self.page(proposed).status_code == 404
        outputs.publish(output=proposed, by=cast["secretariat-1"])
        page = self.page(proposed).content.decode()
        assert "I. Member" in page
        assert "Ann Outsider" in page
        assert "Secret Name" not in page
        assert cast.person("institution").name not in page
        citation = Client().get(reverse("taskforces:output-bibtex", args=[proposed.slug])).content.decode()
        assert "{I. Member} and {Ann Outsider}" in citation

    def test_protection_takes_the_name_off(self, cast, proposed):
        byline = proposed.authors.get(person=cast.person("individual"))
        outputs.answer_byline(byline=byline, agrees=True, name="I. Member", by=cast["individual"])
        outputs.publish(output=proposed, by=cast["secretariat-1"])
        protection.protect(user=again(cast, "individual"), by=again(cast, "individual"))
        assert "I. Member" not in self.page(proposed).content.decode()
        assert not OutputAuthor.objects.filter(name="I. Member").exists()
        with refused("protected"):
            outputs.answer_byline(byline=byline, agrees=True, name="I. Member", by=again(cast, "individual"))

    def test_only_the_secretariat_publishes(self, cast, proposed):
        address = reverse("taskforces:output-publish", args=[proposed.slug])
        assert signed_in(cast, "institution").post(address).status_code == 403
        assert not AuditEvent.objects.filter(verb=Verb.OUTPUT_PUBLISHED).exists()
        assert reverse("taskforces:output", args=[proposed.slug]) not in Client().get("/research/").content.decode()
        outputs.publish(output=proposed, by=cast["secretariat-1"])
        assert Notice.objects.filter(kind=Kind.OUTPUT_PUBLISHED).count() == 4
        for question in ("?q=monitors", "?kind=policy_brief", "?language=en", f"?group={proposed.group.slug}"):
            assert proposed.title in Client().get(f"/research/{question}").content.decode()
        assert proposed.title not in Client().get("/research/?q=nothing").content.decode()

    def test_a_withdrawn_output_keeps_its_page(self, cast, proposed):
        outputs.publish(output=proposed, by=cast["secretariat-1"])
        outputs.withdraw(output=proposed, reason="A figure is wrong.", by=cast["secretariat-1"])
        page = self.page(proposed).content.decode()
        assert "A figure is wrong." in page
        assert "Early signs" not in page
        assert Client().get(reverse("taskforces:output-bibtex", args=[proposed.slug])).status_code == 404
        assert proposed.title not in Client().get("/research/").content.decode()

    def test_each_version_once_and_final_ones_alone(self, cast, group, proposed):
        with refused("proposed"):
            written.proposed(cast, proposed.version.document)
        with refused("not-final"):
            written.proposed(cast, written.drafted(cast, group))
        assert Output.objects.filter(state=OutputState.PROPOSED).count() == 1

    def test_as_many_statements_for_thirty_as_for_one(self, cast, group, proposed):
        outputs.publish(output=proposed, by=cast["secretariat-1"])
        before = statements(Client(), "/research/")
        for number in range(19):
            document = written.settled(cast, written.drafted(cast, group, title=f"Paper {number}"))
            outputs.publish(output=written.proposed(cast, document, title=f"P {number}"), by=cast["secretariat-1"])
        assert statements(Client(), "/research/") == before


def test_files_of_versions_are_not_cleared_away(cast, group):
    document = written.drafted(cast, group, text="", clean=paper())
    name = document.versions.get().file.name
    assert documents.claimed([name, "other.pdf"]) == {name}
    clear_unclaimed()
    assert document.versions.get().file.storage.exists(name)


def test_what_one_may_not_read_is_in_no_list(cast, group):
    written.drafted(cast, group)
    assert not visible_to(again(cast, "rising")).exists()


def test_a_protected_member_s_file_has_a_name_that_tells_nothing(cast, group):
    document = written.drafted(cast, group, by="protected", text="", clean=paper(name="somebody-sealed.pdf"))
    assert document.versions.get().name == "document.pdf"


def test_an_erasure_takes_comments_and_names_and_leaves_documents(cast, group):
    document = written.settled(cast, written.drafted(cast, group, by="individual"), status=DocumentStatus.FOR_COMMENT)
    documents.comment(document=document, text="Mine.", by=cast["individual"])
    written.settled(cast, document)
    output = written.proposed(cast, document, people=["individual"])
    byline = output.authors.get(person=cast.person("individual"))
    outputs.answer_byline(byline=byline, agrees=True, name="I. Member", by=cast["individual"])
    person = cast.person("individual")
    person_erased.send(type(person), user=cast["individual"], person=person)
    assert DocumentComment.objects.get().text == ""
    assert not OutputAuthor.objects.filter(name="I. Member").exists()
    assert document.versions.get().text == written.TEXT
