"""An erasure: asked for, waited for, taken back, carried out; and nothing left of the person anywhere."""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from members.actions import (
    accounts,
    ballots,
    corrections,
    downloads,
    entry,
    erasures,
    factors,
    offices,
    organisations,
    people,
)
from members.choices.applications import ApplicationState
from members.choices.audiences import Audience
from members.choices.factors import Identity
from members.choices.own_data import Duty, ErasureState
from members.choices.verbs import Verb
from members.kernel.clock import database_now, today
from members.models import (
    Affiliation,
    Application,
    ApplicationVersion,
    AuditEvent,
    Ballot,
    Check,
    CheckItem,
    Country,
    Document,
    Erasure,
    Letter,
    Membership,
    Person,
    Recommendation,
    Referee,
    Tier,
    User,
)
from secretariat.models import Notice
from tests.factories import ballots as voting
from tests.factories import members as made
from tests.people import PASSWORD
from tests.refusals import refused
from tests.signing_in import authenticator_of, sign_in

pytestmark = pytest.mark.django_db

CANARY = "kestrel"
"""Stands in everything that the person gave, and that was written to them or about them."""
ADDRESS = f"{CANARY}@erased.test"
WEEKS = {"days": 14, "minutes": 1}


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Files and ledger of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.DOWNLOADS_ROOT = tmp_path / "downloads"
    settings.ERASURES_LEDGER = tmp_path / "erasures.jsonl"
    settings.MAILBOX = tmp_path / "mailbox"
    settings.SMTP_URL = ""
    return tmp_path


def dump() -> str:
    """Every column of every table as text, as a dump of the database has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT entry::text FROM "{table}" AS entry')  # a name out of PostgreSQL's own list
            found += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(found)


def canaries(text: str) -> list[str]:
    return [line[:300] for line in text.splitlines() if CANARY in line.lower()]


def files_with_canary(folder: Path) -> list[str]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in found if CANARY.encode() in path.read_bytes() or CANARY in path.name]


@pytest.fixture
def member(cast, settings) -> User:
    """Somebody of whom the platform keeps as much as it can keep of anybody."""
    user = accounts.open_login(email=ADDRESS, password=PASSWORD, by=None)
    authenticator_of(user)
    person = people.enter(
        name=f"Amina {CANARY}",
        latin_name=f"Amina {CANARY}",
        user=user,
        by=user,
        headline=f"{CANARY} line",
        biography=f"{CANARY} biography",
        website=f"https://{CANARY}.test/",
        country=Country.objects.get(code="KE"),
    )
    people.narrow(person=person, by=user, revision=person.revision, biography=Audience.STEERING)
    _worked(person, cast)
    application = _applied(cast, user)
    _decided(cast, application)
    _asked_for(user, cast)
    return User.objects.get(pk=user.pk)


def _worked(person, cast):
    office = cast["secretariat-1"]
    left = organisations.affiliate(
        person=person, organisation=cast.organisations["institution"], position=f"{CANARY} chair", by=None
    )
    organisations.end_affiliation(affiliation=left, by=office, reason=f"{CANARY} left")
    organisations.affiliate(
        person=person, organisation=cast.organisations["other-institution"], position=f"{CANARY} fellow", by=None
    )
    speaks = organisations.appoint_representative(
        organisation=cast.organisations["institution"], person=person, role="delegate", by=None
    )
    organisations.end_representation(representation=speaks, by=office, reason=f"{CANARY} moved")


def _applied(cast, user) -> Application:
    application = made.finished("individual", user=user)
    answers = application.answers | {"statement": {"why": f"{CANARY} statement"}}
    Application.objects.filter(pk=application.pk).update(answers=answers, outcome_reason=f"{CANARY} outcome")
    application.refresh_from_db()
    made.referee(application, email=f"referee-{CANARY}@erased.test", name=f"Referee {CANARY}")
    made.document(application, content=f"%PDF-1.7 {CANARY}".encode(), name=f"{CANARY}.pdf")
    application.refresh_from_db()
    application.state, application.submitted_at = ApplicationState.RECOMMENDED, database_now()
    application.save()
    Referee.objects.filter(application=application).update(letter=f"{CANARY} letter", answered_at=database_now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    version = voting.version(application, application.answers)
    Recommendation.objects.create(
        application=application,
        version=version,
        advice="admit",
        text=f"{CANARY} grounds",
        made_by=cast["secretariat-1"],
    )
    Letter.objects.create(application=application, template_key="x", subject=f"Dear {CANARY}", body=f"Dear {CANARY}")
    item = CheckItem.objects.first()
    Check.objects.create(
        application=application, item=item, outcome="unclear", note=f"{CANARY} note", checked_by=cast["secretariat-1"]
    )
    question = made.question(application, by=cast["secretariat-1"], text=f"What did {CANARY} do?")
    question.answer = f"{CANARY} answer"
    question.save()
    return application


def _decided(cast, application):
    ballot = voting.opened(cast, application=application)
    for seat in cast.seats:
        voting.clear(ballot, seat)
        voting.vote(ballot, seat, "yes")
    ballots.close_due()
    ballot.refresh_from_db()
    if ballot.verdict == "":
        ballots.close(ballot=ballot, by=cast["secretariat-1"])


def _asked_for(user, cast):
    entry.ask(email=ADDRESS, tier=Tier.objects.get(short_name="rising-leaders"), by=None, language="en")
    correction = corrections.ask(user=user, text=f"{CANARY} is wrong", by=user)
    corrections.answer(correction=correction, state="done", answer=f"Dear {CANARY}, done.", by=cast["secretariat-1"])
    lost = factors.ask(user=user, by=user)
    factors.check(lost=lost, identity=Identity.VIDEO, note=f"Saw {CANARY}.", by=cast["secretariat-1"])
    downloads.ask(user=user, by=user)
    downloads.build_due()


def erased(user, clock) -> Erasure:
    asked = erasures.ask(user=user, by=user)
    clock.shift(**WEEKS)
    erasures.carry_out_due()
    asked.refresh_from_db()
    assert asked.state == ErasureState.DONE
    return asked


class TestNothingIsLeft:
    def test_no_table_and_no_file_knows_the_person(
        self, member, clock, own_folders, django_capture_on_commit_callbacks
    ):
        sign_in(Client(), member)
        letter = EmailMessage("Welcome", "Dear member", "portal@made.test", [ADDRESS])
        EmailBackend(file_path=str(own_folders / "mailbox")).send_messages([letter])
        assert len({line.partition(":")[0] for line in canaries(dump())}) > 12
        assert len(files_with_canary(own_folders)) >= 2  # a document and a mail

        with django_capture_on_commit_callbacks(execute=True):
            erased(member, clock)

        assert canaries(dump()) == []
        assert files_with_canary(own_folders) == []
        assert not list((own_folders / "downloads").rglob("*.zip"))

    def test_ballots_are_as_they_were(self, member, clock):
        digests = list(ApplicationVersion.objects.values_list("number", "digest", "submitted_at"))
        erased(member, clock)

        call_command("verify_ballots")
        call_command("check_rights")
        assert list(ApplicationVersion.objects.values_list("number", "digest", "submitted_at")) == digests
        assert ApplicationVersion.objects.get().erased_at is not None

    def test_others_see_a_former_member_without_a_name(self, member, cast, client, clock):
        person = member.person
        erased(member, clock)
        sign_in(client, cast["secretariat-1"])

        page = client.get(reverse("members:person", args=[person.public_id])).content.decode()

        assert "Former member" in page
        sign_in(client, cast["individual"])
        assert client.get(reverse("members:person", args=[person.public_id])).status_code == 404

    def test_pages_about_them_still_open(self, member, cast, client, clock):
        application, document = Application.objects.get(applicant=member), Document.objects.first()
        ballot = Ballot.objects.get()
        erased(member, clock)
        sign_in(client, cast["secretariat-1"])

        for name, argument in (
            ("desk-application", application.number),
            ("ballot", ballot.number),
            ("ballot-dossier", ballot.number),
            ("ballot-log", ballot.number),
            ("decision", ballot.decision.number),
        ):
            assert client.get(reverse(f"members:{name}", args=[argument])).status_code == 200, name
        for name in ("decisions", "desk-applications", "desk-factors", "desk-data", "ballots", "directory"):
            assert client.get(reverse(f"members:{name}")).status_code == 200, name
        assert client.get(reverse("members:document", args=[document.public_id])).status_code == 404

    def test_nothing_is_entered_about_them_again(self, member, cast, clock):
        person = member.person
        erased(member, clock)
        person.refresh_from_db()

        with refused("erased"):
            people.change(person=person, by=cast["secretariat-1"], revision=person.revision, name="Amina again")
        with refused("erased"):
            accounts.reopen_login(user=member, by=cast["secretariat-1"])
        assert Person.objects.get(pk=person.pk).name == ""
        assert not User.objects.get(pk=member.pk).is_active

    def test_nobody_comes_in_by_what_was_theirs(self, member, client, clock):
        kept = sign_in(Client(), member)
        erased(member, clock)

        assert SESSION_KEY not in kept.get(reverse("today")).wsgi_request.session
        client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
        assert SESSION_KEY not in client.session
        assert not User.objects.filter(email=ADDRESS).exists()
        assert not EmailAddress.objects.filter(user=member).exists()

    def test_what_was_in_force_has_ended(self, member, clock):
        assert Membership.objects.in_force(on=today()).filter(person=member.person).exists()

        erased(member, clock)

        for table in (Membership, Affiliation):
            assert not table.objects.in_force(on=today()).filter(person__user=member).exists()
        assert Membership.objects.filter(person__user=member).count() == 1


class TestRowsThatAreWrittenOnce:
    """The database lets an erasure blank them, and nothing else."""

    def forbidden(self, rows, **values):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)

    def test_nobody_blanks_or_changes_them_without_an_erasure(self, member):
        versions, letters = ApplicationVersion.objects.all(), Letter.objects.all()
        self.forbidden(versions, answers={}, documents=[], erased_at=database_now())
        self.forbidden(versions, answers={"x": {"y": "changed"}})
        self.forbidden(letters, subject="", body="")
        self.forbidden(Recommendation.objects.all(), text="")
        self.forbidden(Affiliation.objects.exclude(position=""), position="", end_reason="")

    def test_an_erasure_asked_for_and_not_carried_out_opens_nothing(self, member):
        erasures.ask(user=member, by=member)

        self.forbidden(ApplicationVersion.objects.all(), answers={}, documents=[], erased_at=database_now())

    def test_the_erasure_of_one_opens_nothing_of_another(self, member, cast, clock):
        other = voting.recommended(cast, applicant="rising").versions
        erased(member, clock)

        self.forbidden(other, answers={}, documents=[], erased_at=database_now())

    def test_what_was_blanked_is_never_written_again(self, member, clock):
        erased(member, clock)
        versions = ApplicationVersion.objects.exclude(erased_at=None)

        self.forbidden(versions, answers={"x": {"y": "forged"}})
        self.forbidden(versions, digest="0" * 64)
        self.forbidden(versions, erased_at=database_now())
        self.forbidden(Letter.objects.all(), body="forged")
        with pytest.raises(DatabaseError), transaction.atomic():
            versions.delete()

    def test_the_ledger_does_not_change(self, member, clock):
        asked = erased(member, clock)

        self.forbidden(Erasure.objects.filter(pk=asked.pk), state=ErasureState.WAITING, ended_at=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            Erasure.objects.filter(pk=asked.pk).delete()

    def test_it_is_not_written_down_as_done_before_its_time(self, member):
        asked = erasures.ask(user=member, by=member)

        self.forbidden(Erasure.objects.filter(pk=asked.pk), state=ErasureState.DONE, ended_at=database_now())


class TestWaiting:
    def test_nothing_happens_a_moment_before(self, cast, clock):
        user = cast["individual"]
        asked = erasures.ask(user=user, by=user)
        clock.shift(days=14, minutes=-1)

        assert erasures.carry_out_due() == 0
        with refused("not-due"):
            erasures.carry_out(erasure=asked)
        assert User.objects.get(pk=user.pk).email == user.email

    def test_taken_back_nothing_is_erased_and_it_may_be_asked_again(self, cast, client, clock):
        user = cast["individual"]
        sign_in(client, user)
        page = reverse("members:own-data-erasure")
        client.post(page, {"is_sure": "on"})
        assert client.get(page).context["erasure"].user == user

        client.post(reverse("members:own-data-erasure-take-back"))
        clock.shift(**WEEKS)

        assert erasures.carry_out_due() == 0
        assert Erasure.objects.get(user=user).state == ErasureState.TAKEN_BACK
        assert Person.objects.get(user=user).name
        assert erasures.ask(user=user, by=user).state == ErasureState.WAITING

    def test_the_person_and_the_secretariat_are_told(self, cast):
        user = cast["individual"]
        erasures.ask(user=user, by=user)
        erasures.ask(user=user, by=user)

        assert AuditEvent.objects.filter(verb=Verb.ERASURE_ASKED).count() == 1
        assert list(Notice.objects.filter(user=user, kind="erasure_asked")) != []
        assert Notice.objects.filter(kind="erasure_desk").count() == 2

    def test_asking_takes_a_fresh_factor_and_a_tick(self, cast, client):
        sign_in(client, cast["individual"], fresh=False)
        page = reverse("members:own-data-erasure")

        assert client.post(page, {"is_sure": "on"}).status_code == 302
        sign_in(client, cast["individual"])
        assert "is_sure" in client.post(page, {}).context["form"].errors
        assert not Erasure.objects.exists()


class TestDuties:
    @pytest.mark.parametrize(
        ("name", "duty"), [("secretariat-2", Duty.STAFF), ("steering-1", Duty.CHAIR), ("steering-2", Duty.SEAT)]
    )
    def test_what_others_rely_on_must_end_first(self, cast, client, name, duty):
        voting.opened(cast)
        sign_in(client, cast[name])

        page = client.post(reverse("members:own-data-erasure"), {"is_sure": "on"})

        assert duty in page.context["duties"]
        assert not Erasure.objects.exists()

    def test_an_application_before_the_committee_does_too(self, cast):
        voting.opened(cast)
        with refused("duty") as refusal:
            erasures.ask(user=cast["applicant"], by=cast["applicant"])
        assert refusal.value.facts["duty"] == Duty.APPLICATION

    def test_what_comes_in_the_way_meanwhile_is_waited_for(self, cast, clock):
        user = cast["individual"]
        asked = erasures.ask(user=user, by=user)
        clock.shift(**WEEKS)
        term = offices.appoint_staff(person=user.person, role="officer", by=None)

        assert erasures.carry_out_due() == 0
        offices.end_staff(term=term, by=None)
        assert erasures.carry_out_due() == 1
        asked.refresh_from_db()
        assert asked.state == ErasureState.DONE


class TestAfterARestore:
    def test_who_is_back_is_erased_again_and_nobody_else(self, member, cast, clock, settings):
        savepoint = transaction.savepoint_create()  # the backup
        erased(member, clock)
        assert settings.ERASURES_LEDGER.read_text().count(str(member.public_id)) == 1
        transaction.savepoint_rollback(savepoint)
        assert User.objects.filter(email=ADDRESS).exists()
        others = set(User.objects.exclude(pk=member.pk).values_list("email", flat=True))
        offices.appoint_staff(person=member.person, role="officer", by=None)

        call_command("reapply_erasures")
        call_command("reapply_erasures")

        assert canaries(dump()) == []
        assert set(User.objects.exclude(pk=member.pk).values_list("email", flat=True)) == others
        assert Erasure.objects.done().count() == 1
        call_command("verify_ballots")

    def test_without_the_ledger_the_command_says_so(self, db):
        with pytest.raises(Exception, match=r"There is no .*erasures\.jsonl"):
            call_command("reapply_erasures")
