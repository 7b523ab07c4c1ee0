"""Ways by which somebody tried to learn who is protected, or to read what is sealed: each is shut, and stays so."""

import re

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members import tasks
from members.actions import applications, custody, downloads, entry, erasures, organisations, protection, referees
from members.choices.applications import ApplicationState, Step
from members.choices.bodies import RepresentationRole
from members.choices.own_data import DownloadState
from members.kernel.clock import today
from members.models import (
    Application,
    Download,
    EntryLink,
    Person,
    Recommendation,
    Referee,
    Representation,
    User,
)
from members.queries.people import project
from members.queries.sealed import address_of, answers_of
from secretariat.models import Notice, NoticeText
from secretariat.queries import delivery_status
from secretariat.tasks import delivery
from tests.factories import ballots as voting
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in
from tests.world import dump

pytestmark = pytest.mark.django_db

ADDRESS, UNKNOWN = "individual@cast.test", "nobodyknown@cast.test"


def protected(user) -> User:
    """The same login, protected by itself."""
    protection.protect(user=user, by=user)
    return again(user)


def again(user) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def held(cast) -> User:
    return protected(cast["individual"])


@pytest.fixture
def office(cast) -> Client:
    return sign_in(Client(), cast["secretariat-1"], confirmed=True)


def lowered(user, clock) -> User:
    """The same login, after the waiting time."""
    protection.ask_to_lower(user=user, by=user)
    clock.shift(hours=73)
    tasks.lower_due_protections()
    return again(user)


def written_to(address) -> list[str]:
    return [message.body for message in mail.outbox if address in message.to]


class TestOfficersWhoTryAddresses:
    """An officer types an address at the public doors, and reads in the administration what became of it."""

    LISTS = ("admin:members_auditevent_changelist", "admin:secretariat_notice_changelist")
    TOLD = re.compile(r"field-(?:verb|kind|reader|state|error|target_type|by)[^>]*>(?:<a[^>]*>)?([^<]*)")

    def left(self, office, address) -> tuple:
        """What is left to read after somebody tried an address everywhere: counts, and the newest lines."""
        visitor = Client()
        visitor.post(reverse("account_login"), {"login": address, "password": "not-the-password"})
        visitor.post(reverse("account_reset_password"), {"email": address})
        visitor.post(reverse("members:enter"), {"email": address})
        waiting = delivery_status().pending
        delivery.deliver_due()
        pages = [office.get(reverse(name)).content.decode() for name in self.LISTS]
        return waiting, [self.TOLD.findall(page)[:12] for page in pages]

    def test_a_protected_address_leaves_what_an_unknown_one_leaves(self, cast, office):
        protected(cast["rising"])
        delivery.deliver_due()
        outcomes = []
        for address in (UNKNOWN, cast["rising"].email):
            with transaction.atomic():
                outcomes.append(self.left(office, address))
                transaction.set_rollback(True)
        assert outcomes[0] == outcomes[1]
        assert outcomes[0][0] == 2
        assert "an address without an account" in outcomes[0][1][1]

    def test_the_same_number_of_statements(self, cast):
        protected(cast["rising"])
        counts = set()
        for address in (cast["rising"].email, cast["individual"].email):
            with transaction.atomic(), CaptureQueriesContext(connection) as asked:
                Client().post(reverse("account_login"), {"login": address, "password": "not-the-password"})
                transaction.set_rollback(True)
            counts.add(len(asked))
        assert len(counts) == 1


class TestPaper:
    """An officer enters an application on paper for an address, to see what it belongs to."""

    def enter(self, office, tier="individual"):
        sent = {"tier": tier, "email": ADDRESS, "received_on": today().isoformat()}
        return office.post(reverse("members:desk-paper"), sent, follow=True)

    @pytest.fixture
    def pending(self, cast):
        """A protected member with an application that the desk reads under a handle."""
        row = made.submitted("rising-leaders", user=cast["individual"])
        protected(cast["individual"])
        return row

    @pytest.mark.parametrize("tier", ["individual", "rising-leaders"])
    def test_neither_the_handle_nor_the_membership_is_told(self, office, pending, tier):
        user = again(pending.applicant)
        page = self.enter(office, tier)
        made_now = Application.objects.latest("pk")
        assert made_now != pending
        assert page.redirect_chain
        assert user.protection.handle not in page.content.decode()
        assert pending.number not in page.content.decode()
        assert made_now.applicant != user

    def test_the_owner_is_written_to_and_signs_in_as_ever(self, office, pending):
        self.enter(office)
        user = again(pending.applicant)
        assert User.objects.by_email(ADDRESS) == user
        delivery.deliver_due()
        assert written_to(ADDRESS)[-1].startswith("There is something new for you.")

    def test_the_protection_is_lowered_all_the_same(self, office, pending, clock):
        self.enter(office)
        user = lowered(again(pending.applicant), clock)
        assert user.email == ADDRESS
        assert User.objects.by_email(ADDRESS) == user

    def test_the_queue_is_not_searched_by_what_stands_for_an_address(self, office, pending):
        digest = again(pending.applicant).email
        for text in (digest, digest[:6], "sealed.invalid"):
            page = office.get(reverse("members:desk-applications"), {"q": text})
            assert pending.number not in page.content.decode()


class TestNewAddress:
    def take(self, client, user, address):
        sign_in(client, user, confirmed=True)
        response = client.post(reverse("account_email"), {"action_add": "", "email": address})
        text = NoticeText.objects.filter(notice__facts__about__startswith="email_confirmation").latest("pk").plain
        return response, client.post(response.url, {"code": text.split("\n\n")[1].strip()})

    def test_one_that_is_sealed_of_another_is_not_taken(self, client, cast, held):
        self.take(client, cast["rising"], ADDRESS)
        assert again(cast["rising"]).email == "rising@cast.test"
        assert User.objects.by_email(ADDRESS) == held

    def test_asking_for_it_is_like_asking_for_any(self, client, cast, held):
        said = []
        for address in (UNKNOWN, ADDRESS):
            sign_in(client, cast["rising"], confirmed=True)
            response = client.post(reverse("account_email"), {"action_add": "", "email": address})
            page = client.get(response.url).content.decode().partition("<main")[2]
            said.append((response.status_code, response.url, re.sub(r"[\w=-]{40,}", "", page.replace(address, ""))))
        assert said[0] == said[1]

    def test_ones_own_is_proven_by_a_protected_member_too(self, client, cast, held):
        self.take(client, held, UNKNOWN)
        assert address_of(again(held)) == UNKNOWN
        assert not Notice.objects.filter(address__endswith="sealed.invalid").exists()
        stored = dump.tables()
        assert [address for address in (ADDRESS, UNKNOWN) if dump.holds(stored, address)] == []


class TestApplications:
    def test_the_desk_is_not_led_from_a_handle_to_what_was_sent_before(self, cast, office):
        """Whoever read the earlier application knows whose it was."""
        user = made.login("tursunoy@made.test")
        before = made.submitted("individual", user=user)
        applications.withdraw(application=before, by=user)
        now = made.submitted("rising-leaders", user=protected(user))
        page = office.get(reverse("members:desk-application", args=[now.number])).content.decode()
        assert again(user).protection.handle in page
        assert before.number not in page

    def read_at(self, cast, office, *paths) -> str:
        """What the desk and the committee read on some pages."""
        readers = (office, sign_in(Client(), cast["steering-1"]))
        return "".join(reader.get(path, follow=True).content.decode() for reader in readers for path in paths)

    def test_what_was_sent_under_the_name_does_not_bear_the_handle(self, cast, office):
        """Whoever read it then knows whose it is, and would know the handle."""
        row = made.submitted("rising-leaders", user=cast["applicant"])
        handle = protected(cast["applicant"]).protection.handle
        paths = [reverse("members:desk-applications"), reverse("members:desk-application", args=[row.number])]
        paths += [f"{reverse('members:desk-letter', args=[row.number])}?template=incomplete"]
        pages = self.read_at(cast, office, *paths)
        assert row.number in pages
        assert handle not in pages

    def test_nor_does_a_ballot_that_was_decided_under_the_name(self, cast, office):
        ballot = voting.opened(cast, tier="rising-leaders")
        voting.clear(ballot, cast["steering-1"])
        for user in cast.seats[1:]:
            voting.clear(ballot, user)
            voting.vote(ballot, user, "yes")
        voting.vote(ballot, cast["steering-1"], "yes")
        user = protected(cast["applicant"])
        protection.list_for(user=user, listed_for=["members"], by=user)
        paths = [
            reverse(f"members:{name}", args=[ballot.number]) for name in ("ballot", "ballot-dossier", "ballot-log")
        ]
        pages = self.read_at(cast, office, reverse("members:ballots"), reverse("members:decisions"), *paths)
        assert ballot.number in pages
        assert user.protection.handle not in pages

    def test_nor_is_it_told_where_an_applicant_is_linked(self, cast, office):
        row = made.submitted("rising-leaders", user=cast["individual"])
        user = protected(cast["individual"])
        protection.list_for(user=user, listed_for=["secretariat"], by=user)
        assert user.protection.handle not in self.read_at(cast, office, reverse("members:desk-link", args=[row.number]))

    @pytest.mark.parametrize("name", ["steering-4", "institution"])
    def test_no_seat_stands_aside_for_what_is_not_known_of_the_applicant(self, cast, name):
        """Which seat does would tell who the applicant is, or for whom they speak."""
        if name == "institution":
            organisations.appoint_representative(
                organisation=cast.organisations["steering-4"],
                person=cast.person(name),
                role=RepresentationRole.DELEGATE,
                by=None,
            )
        user = protected(cast[name])
        ballot = voting.opened(cast, application=made_recommended(user))
        assert not ballot.recusals.exists()
        assert not ballot.conflict_answers.exists()
        assert (
            user.protection.handle
            in sign_in(Client(), cast["steering-1"])
            .get(reverse("members:ballot", args=[ballot.number]))
            .content.decode()
        )

    @pytest.fixture
    def referee(self, cast, settings, tmp_path):
        """A referee of a protected applicant."""
        settings.MEDIA_ROOT = tmp_path
        user = protected(made.login("tursunoy@made.test"))
        row = made.finished("individual", user=user)
        row.answers = answers_of(row)
        row = made.save(row, Step.IDENTITY, made.IDENTITY | {"name": "Tursunoy Abdiqulova"})
        applications.submit(application=row, revision=row.revision, by=user)
        return Referee.objects.filter(application=row).first()

    @pytest.mark.parametrize("text", ["I know Tursunoy well.", "ABDIQULOVA taught us.", "abdíqulova's work"])
    def test_a_letter_does_not_name_the_applicant(self, referee, text):
        with refused("named") as refusal:
            referees.answer(token=token(referee), letter=text)
        assert refusal.value.field == "letter"
        assert not Referee.objects.get(pk=referee.pk).answered_at

    def test_a_letter_of_the_applicant_is_taken(self, referee):
        referees.answer(token=token(referee), letter="The applicant taught us all.")
        assert Referee.objects.get(pk=referee.pk).letter == "The applicant taught us all."

    def test_a_letter_as_a_file_is_sealed(self, referee, cast, tmp_path, office, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            clean = made.paper(b"%PDF-1.7 Tursunoy Abdiqulova", "about-tursunoy.pdf")
            referees.answer(token=token(referee), letter="", clean=clean)
        document = Referee.objects.get(pk=referee.pk).letter_document
        assert document.sealed
        stored = dump.everything(tmp_path)
        assert [word for word in ("Tursunoy", "about-tursunoy") if dump.holds(stored, word)] == []
        assert office.get(reverse("members:document", args=[document.public_id])).status_code == 404


def made_recommended(user) -> Application:
    """An application that was sent under protection, and is ready for the committee."""
    row = made.submitted("rising-leaders", user=user)
    Application.objects.filter(pk=row.pk).update(state=ApplicationState.RECOMMENDED)
    row = Application.objects.with_subject().get(pk=row.pk)
    Recommendation.objects.create(
        application=row, version=row.current_version, advice="admit", text="Sound.", made_by=user
    )
    return row


def token(referee) -> str:
    return referees.address_of(referee).rstrip("/").rpartition("/")[2]


class TestOrganisations:
    """Whoever manages an organisation knew some of its people before they protected themselves."""

    def test_a_representation_is_not_found_by_the_old_identifier(self, cast):
        manager = sign_in(Client(), cast["institution"])
        person = cast.person("delegate")
        protected(cast["delegate"])
        slug = cast.organisations["institution"].slug
        unknown = cast.person("applicant").public_id
        for public_id in (person.public_id, unknown):
            path = reverse("members:representation-end", args=[slug, public_id])
            assert manager.get(path).status_code == 404
            assert manager.post(path).status_code == 404
        assert Representation.objects.in_force(on=today()).filter(person=person).exists()

    def test_an_open_invitation_does_not_go_when_its_reader_is_protected(self, cast):
        organisation = cast.organisations["institution"]
        entry.invite(organisation=organisation, email=ADDRESS, role=RepresentationRole.DELEGATE, by=cast["institution"])
        protected(cast["individual"])
        page = sign_in(Client(), cast["institution"]).get(reverse("members:organisation", args=[organisation.slug]))
        assert ADDRESS in page.content.decode()

    def test_accepted_it_holds_the_address_no_more(self, cast, held):
        link = self.invited(cast, ADDRESS)
        entry.use(token=secret(link), by=None)
        assert not EntryLink.objects.filter(email=ADDRESS).exists()

    def test_who_is_protected_without_a_profile_gets_one_that_is_sealed(self, cast):
        user = protected(cast["stranger"])
        entry.use(token=secret(self.invited(cast, "stranger@cast.test")), by=None, name="Gulbahor Nazarova")
        person = Person.objects.get(user=user)
        assert not dump.holds(dump.tables(), "Gulbahor")
        assert project(cast["secretariat-1"], person, on=today()) is None
        assert project(again(user), person, on=today()).name == "Gulbahor Nazarova"

    def invited(self, cast, email) -> EntryLink:
        organisation = cast.organisations["institution"]
        return entry.invite(
            organisation=organisation, email=email, role=RepresentationRole.DELEGATE, by=cast["institution"]
        )

    def test_what_was_told_before_is_not_read_from_the_seal(self, cast):
        """An address that is new since would be read by those who were asked long ago."""
        row = made.draft("individual", user=cast["applicant"])
        row = made.save(row, Step.IDENTITY, made.IDENTITY)
        typed = {"standing": "affiliated", "organisation_1": cast.organisations["institution"].name, "position_1": "X"}
        row = made.save(row, Step.AFFILIATION, typed)
        applications.ask_representative(
            application=row, organisation=cast.organisations["institution"], by=cast["applicant"]
        )
        notice = Notice.objects.get(user=cast["institution"], kind="representative_asked")
        reader = sign_in(Client(), cast["institution"])
        path = reverse("secretariat:notice", args=[notice.public_id])
        assert "applicant@cast.test" in reader.get(path).content.decode()
        protected(cast["applicant"])
        page = reader.get(path).content.decode()
        assert "applicant@cast.test" not in page
        assert made.IDENTITY["name"] not in page


def secret(link) -> str:
    return entry.address_of(link).rstrip("/").rpartition("/")[2]


class TestDownloads:
    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        settings.DOWNLOADS_ROOT = tmp_path / "downloads"
        return settings.DOWNLOADS_ROOT

    def ready(self, user) -> Download:
        downloads.ask(user=user, by=user)
        tasks.build_downloads()
        return user.downloads.get(state=DownloadState.READY)

    def test_one_from_before_does_not_lie_open(self, cast, folder, django_capture_on_commit_callbacks):
        user = cast["individual"]
        row = self.ready(user)
        with django_capture_on_commit_callbacks(execute=True):
            user = protected(user)
        assert [path for path in folder.rglob("*") if path.is_file()] == []
        client = sign_in(Client(), user)
        assert client.post(reverse("members:own-data-fetch", args=[row.public_id])).status_code == 410

    def test_one_from_while_it_stood_is_not_handed_out_sealed(self, held, clock, django_capture_on_commit_callbacks):
        protection.ask_to_lower(user=held, by=held)
        clock.shift(hours=71)
        row = self.ready(held)
        clock.shift(hours=2)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.lower_due_protections()
        assert Download.objects.get(pk=row.pk).state == DownloadState.EXPIRED


class TestCustodians:
    @pytest.fixture
    def asked(self, cast, held):
        for name in ("steering-1", "steering-2", "steering-3"):
            custody.appoint(person=cast.person(name), by=None)
        organisations.affiliate(
            person=cast.person("steering-2"), organisation=cast.organisations["steering-1"], by=None
        )
        return custody.ask(handle=held.protection.handle, reason="Grave.", by=cast["secretariat-1"])

    def test_two_of_one_institution_do_not_agree_by_sealing_where_one_works(self, cast, asked):
        custody.approve(unsealing=asked, by=cast["steering-1"])
        with refused("no-institution"):
            custody.approve(unsealing=asked, by=protected(cast["steering-2"]))

    def test_nor_by_sealing_it_after_the_first_has_agreed(self, cast, asked):
        custody.approve(unsealing=asked, by=cast["steering-2"])
        protected(cast["steering-2"])
        with refused("no-institution"):
            custody.approve(unsealing=asked, by=cast["steering-1"])


class TestErasure:
    """Whoever is erased while protected was never known to be there."""

    PAGES = (
        *("user", "person", "membership", "representation", "auditevent"),
        "members:desk-data",
        "members:directory",
        "members:desk-applications",
    )

    def seen(self, office) -> list[str]:
        names = [f"admin:members_{name}_changelist" if ":" not in name else name for name in self.PAGES]
        pages = [office.get(reverse(name)).content.decode().partition("<main")[2] for name in names]
        return [re.sub(r"[\w=-]{40,}", "", page) for page in pages]

    def test_an_erasure_brings_nothing_to_light(self, cast, office, clock):
        row = made.submitted("rising-leaders", user=cast["individual"])
        applications.withdraw(application=row, by=cast["individual"])
        user = protected(cast["individual"])
        unsealing = custody.ask(handle=user.protection.handle, reason="Grave.", by=cast["secretariat-1"])
        before = self.seen(office)
        erasures.ask(user=user, by=user)
        clock.shift(days=15)
        tasks.carry_out_erasures()
        assert again(user).email.endswith("@erased.invalid")
        clock.shift(days=-15)
        assert self.seen(office) == before
        unsealing.refresh_from_db()
        assert unsealing.protection is None
        tasks.lower_due_protections()
        assert protection.rotate() == 0
