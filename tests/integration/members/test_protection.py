"""Protection: raised alone and at once; what is stored then, how one signs in and is written to; lowered later."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from members import tasks
from members.actions import accounts, entry, erasures, organisations, people, protection
from members.actions.sealing import EMPTIED, PUT_AWAY
from members.choices.audiences import Audience
from members.choices.verbs import Verb
from members.kernel import sealing
from members.kernel.clock import database_now, today
from members.models import (
    Affiliation,
    AuditEvent,
    Country,
    EntryLink,
    Expertise,
    Language,
    Membership,
    Narrowing,
    Person,
    Protection,
    Region,
    User,
)
from members.permissions.fields import LEFT_OUT
from members.queries.people import names_for, project, project_as
from members.queries.sealed import address_of, identity_of
from secretariat.choices import Kind
from secretariat.models import Notice
from secretariat.tasks import delivery
from tests.people import PASSWORD
from tests.refusals import refused
from tests.signing_in import authenticator_of, sign_in
from tests.world import dump

pytestmark = pytest.mark.django_db

BIOGRAPHY, HEADLINE = "Kept the archives of Qysylorda.", "Archivist of Qysylorda"
NAME = "Aigerim Qasymova"
WORDS = (NAME, "individual@cast.test", BIOGRAPHY, HEADLINE, "Chief Palaeographer", "https://qysylorda.test")


@pytest.fixture
def user(cast):
    """A member with a full profile, known by all that is sealed."""
    person = cast.person("individual")
    people.change(
        person=person,
        by=None,
        revision=person.revision,
        name=NAME,
        biography=BIOGRAPHY,
        headline=HEADLINE,
        website="https://qysylorda.test",
        country=Country.objects.get(code="KZ"),
        expertise=list(Expertise.objects.filter(parent__isnull=False)[:2]),
        languages=list(Language.objects.filter(code__in=["kk", "ru"])),
        regions=list(Region.objects.filter(countries="KZ")),
    )
    person.refresh_from_db()
    people.narrow(person=person, by=cast["individual"], revision=person.revision, country=Audience.SECRETARIAT)
    organisations.affiliate(
        person=person, organisation=cast.organisations["institution"], position="Chief Palaeographer", by=None
    )
    return User.objects.get(pk=cast["individual"].pk)


@pytest.fixture
def held(user):
    """The same, protected."""
    return protection.protect(user=user, by=user)


def again(user) -> User:
    return User.objects.get(pk=user.pk)


def columns() -> set[str]:
    return {field.attname for field in Person._meta.concrete_fields}


class TestRaising:
    def test_nothing_sealed_is_stored(self, user, tmp_path, settings, caplog):
        settings.MEDIA_ROOT = tmp_path
        protection.protect(user=user, by=user)
        stored = dump.everything(tmp_path) + caplog.text
        assert [word for word in WORDS if dump.holds(stored, word)] == []

    def test_the_search_of_the_dump_would_find_it(self, user, tmp_path):
        assert [word for word in WORDS if not dump.holds(dump.everything(tmp_path), word)] == []

    def test_whoever_it_is_about_reads_everything(self, held):
        identity = identity_of(held)
        assert identity["address"] == "individual@cast.test"
        assert (identity["profile"]["name"], identity["profile"]["biography"]) == (NAME, BIOGRAPHY)
        view = project(again(held.user), held.person, on=today())
        assert (view.name, view.biography, view.email) == (NAME, BIOGRAPHY, "individual@cast.test")

    def test_nobody_protects_another(self, user, cast):
        with refused("oneself"):
            protection.protect(user=user, by=cast["secretariat-1"])
        assert not Protection.objects.exists()
        assert again(user).email == "individual@cast.test"

    def test_twice_is_once(self, held):
        assert protection.protect(user=held.user, by=held.user) == held
        assert AuditEvent.objects.filter(verb=Verb.PROTECTION_RAISED).count() == 1

    def test_every_column_of_a_person_is_emptied(self):
        """A column that is new must be sealed too, or be left out here on purpose."""
        left_in_the_open = {"id", "public_id", "user_id", "revision", "erased_at"}
        assert columns() - EMPTIED.keys() == left_in_the_open
        assert left_in_the_open <= {*LEFT_OUT, "user_id", "erased_at"}

    def test_every_table_about_a_person_is_put_away(self):
        """But for terms of office, which give the rights, and what others wrote."""
        about = {
            relation.related_model
            for relation in Person._meta.related_objects
            if relation.field.name == "person" and not relation.one_to_one
        }
        kept = {"Membership", "Representation", "Application", "ConflictAnswer", "SeatTerm", "ChairTerm", "StaffTerm"}
        kept |= {"CustodianTerm", "SteeringSeat", "SeatPosition", "BallotComment", "Concern", "RollEntry"}
        kept |= {"MeetingAnswer", "Attendance"}  # as the next
        kept |= {"GroupDocument", "DocumentVersion", "DocumentComment", "OutputAuthor"}  # whose name goes, and no more
        kept |= {"GroupSeat", "JoinRequest", "GroupInvitation"}  # known to the group alone, under the handle
        assert {model.__name__ for model in about} - {model.__name__ for model in PUT_AWAY} <= kept

    def test_other_sessions_end_and_this_one_stays(self, user):
        here, elsewhere = sign_in(Client(), user), sign_in(Client(), user)
        here.post(reverse("members:protection-raise"))
        assert here.get(reverse("members:protection")).status_code == 200
        assert elsewhere.get(reverse("members:protection")).status_code == 302

    def test_links_on_their_way_are_void(self, user):
        entry.ask(email="individual@cast.test", language="en")
        protection.protect(user=user, by=user)
        assert not EntryLink.objects.exists()

    def test_memberships_and_their_rights_stay(self, held):
        assert Membership.objects.in_force(on=today()).filter(person=held.person).exists()
        client = sign_in(Client(), again(held.user))
        assert client.get(reverse("members:directory")).status_code == 200

    def test_a_login_without_a_profile_is_protected_too(self, cast):
        user = cast["stranger"]
        held = protection.protect(user=user, by=user)
        assert held.person is None
        assert address_of(again(user)) == "stranger@cast.test"


class TestSealing:
    def test_a_seal_is_opened_by_its_own_key_and_place_alone(self, held):
        key, _wrapped = sealing.new_key("login:another")
        with pytest.raises(sealing.CannotOpenError):
            sealing.unseal(key, held.identity, f"login:{held.user.public_id}")
        with pytest.raises(sealing.CannotOpenError):
            sealing.key_of(held.key, "login:another")

    def test_a_changed_seal_is_not_opened(self, held):
        held.identity = held.identity[:-8] + "AAAAAAA="
        with pytest.raises(sealing.CannotOpenError):
            identity_of(held)

    def test_keys_are_renewed(self):
        old, new = b"o" * 32, b"n" * 32
        wrapped = sealing.KeyRing((old,)).wrap(b"k" * 32, "x")
        ring = sealing.KeyRing((new, old))
        assert ring.unwrap(wrapped, "x") == b"k" * 32
        assert ring.blinded("a")[1] == sealing.KeyRing((old,)).blinded("a")[0]

    def test_a_program_keeps_the_keys(self, tmp_path):
        program = tmp_path / "keys.py"
        program.write_text(
            "import base64, hashlib, sys\n"
            "act, context, given = sys.argv[1], sys.argv[2], base64.b64decode(sys.stdin.read())\n"
            "turned = bytes(b ^ 7 for b in given)\n"
            "if act == 'wrap': print(base64.b64encode(turned + context.encode()).decode())\n"
            "elif act == 'blind': print(hashlib.sha256(given).hexdigest())\n"
            "else:\n"
            "    kept = base64.b64decode(given)\n"
            "    if not kept.endswith(context.encode()): sys.exit(1)\n"
            "    print(base64.b64encode(bytes(b ^ 7 for b in kept[:32])).decode())\n"
        )
        service = sealing.KeyCommand(f"python3 {program}")
        assert service.unwrap(service.wrap(b"k" * 32, "mine"), "mine") == b"k" * 32
        assert len(service.blinded("an address")[0]) == 64
        with pytest.raises(sealing.CannotOpenError):
            service.unwrap(service.wrap(b"k" * 32, "mine"), "another")


class TestBeingFound:
    def test_nobody_knows_of_them(self, held, cast):
        for name in ("rising", "institution", "steering-1", "secretariat-1"):
            assert project(cast[name], held.person, on=today()) is None
            assert names_for(cast[name], [held.person_id], on=today()) == {held.person_id: "a member"}
            client = sign_in(Client(), cast[name])
            for identifier in (held.person.public_id, held.public_id):
                assert client.get(reverse("members:person", args=[identifier])).status_code == 404

    @pytest.mark.parametrize(
        ("audience", "finds", "does_not"),
        [
            ("members", ("rising", "steering-1"), ()),
            ("steering", ("steering-1",), ("rising",)),
            ("secretariat", ("secretariat-1",), ("rising", "steering-1")),
        ],
    )
    def test_under_the_handle_by_those_chosen(self, held, cast, audience, finds, does_not):
        protection.list_for(user=held.user, listed_for=[audience], by=held.user)
        page = reverse("members:person", args=[held.public_id])
        for name in finds:
            shown = sign_in(Client(), cast[name]).get(page).content.decode()
            assert held.handle in shown
            assert "Asia" in shown
            assert [word for word in WORDS if word in shown] == []
        for name in does_not:
            assert sign_in(Client(), cast[name]).get(page).status_code == 404

    def test_a_handle_shows_broad_topics_and_a_region_alone(self, held):
        protection.list_for(user=held.user, listed_for=["members"], by=held.user)
        view = project_as(Audience.MEMBERS, Person.objects.get(pk=held.person_id), on=today())
        assert (view.name, view.region, view.country, view.memberships) == (held.handle, "Asia", "", ())
        assert {str(topic) for topic in view.expertise} <= {str(row) for row in Expertise.objects.filter(parent=None)}
        assert view.public_id == held.public_id != held.person.public_id

    def test_only_offered_readers_are_taken(self, held):
        with refused("not-offered"):
            protection.list_for(user=held.user, listed_for=["public"], by=held.user)
        held.refresh_from_db()
        assert held.listed_for == []

    def test_a_new_handle_tells_nothing_of_the_old(self, held):
        before = held.handle, held.avatar
        renamed = protection.rename(user=held.user, by=held.user)
        assert (renamed.handle, renamed.avatar) != before
        assert not AuditEvent.objects.filter(facts__icontains=before[0]).exists()


class TestTheSession:
    def test_signing_in_by_the_real_address_leaves_no_trace(self, held):
        authenticator_of(held.user)
        before = AuditEvent.objects.count()
        client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0", REMOTE_ADDR="203.0.113.9")
        client.post(reverse("account_login"), {"login": "individual@cast.test", "password": PASSWORD})
        sign_in(client, again(held.user))
        client.get(reverse("members:protection"))
        session = UserSession.objects.get(user=held.user)
        assert (session.user_agent, session.last_seen_at.year, session.created_at.year) == ("", 1970, 1970)
        assert AuditEvent.objects.filter(verb=Verb.SIGNED_IN, by=held.user).count() == 0
        assert AuditEvent.objects.count() == before
        assert again(held.user).last_login is None
        assert not Authenticator.objects.filter(user=held.user, last_used_at__isnull=False).exists()
        stored = dump.tables()
        assert not dump.holds(stored, "203.0.113.9")
        assert not dump.holds(stored, "individual@cast.test")

    def test_it_lasts_two_hours_however_much_it_is_used(self, held, clock):
        client = sign_in(Client(), again(held.user))
        for _visit in range(3):
            clock.shift(minutes=39)
            assert client.get(reverse("members:protection")).status_code == 200
        clock.shift(minutes=4)
        assert client.get(reverse("members:protection")).status_code == 302

    def test_a_second_factor_is_needed(self, held):
        client = sign_in(Client(), again(held.user), factor=False)
        assert "second-factor" in client.get(reverse("members:protection")).url


class TestMails:
    def test_a_mail_says_nothing_and_comes_from_nobody(self, held, settings):
        protection.ask_to_lower(user=held.user, by=held.user)
        delivery.deliver_due()
        (message,) = [each for each in mail.outbox if "individual@cast.test" in each.to]
        assert message.from_email == settings.NEUTRAL_FROM_EMAIL
        assert message.subject == "A message"
        assert message.body == "There is something new for you."
        whole = message.message().as_string()
        assert "Prevention" not in whole
        assert settings.BASE_URL not in whole

    def test_a_link_comes_alone(self, held, settings):
        entry.ask(email="Individual@cast.test", language="en")
        assert not EntryLink.objects.filter(email__icontains="individual").exists()
        delivery.deliver_due()
        (message,) = [each for each in mail.outbox if "individual@cast.test" in each.to]
        assert message.body.startswith("There is something new for you.\n\n" + settings.BASE_URL)
        path = message.body.rpartition(settings.BASE_URL)[2].strip()
        assert Client().get(path).status_code == 200

    def test_a_new_password_is_asked_for_by_the_real_address(self, held, settings):
        Client().post(reverse("account_reset_password"), {"email": "individual@cast.test"})
        assert not Notice.objects.filter(address__icontains="individual").exists()
        delivery.deliver_due()
        (message,) = [each for each in mail.outbox if "individual@cast.test" in each.to]
        assert settings.BASE_URL in message.body
        assert message.subject == "A message"

    def test_what_was_written_to_the_address_before_is_theirs(self, cast):
        entry.ask(email="individual@cast.test", language="en")
        notice = Notice.objects.get(address="individual@cast.test")
        user = again(cast["individual"])
        protection.protect(user=user, by=user)
        notice.refresh_from_db()
        assert (notice.address, notice.user) == ("", user)


class TestWhileItStands:
    def test_the_address_is_taken_though_it_is_sealed(self, held):
        before = User.objects.count()
        with refused("address-taken"):
            accounts.open_login(email="Individual@cast.test", by=None)
        assert User.objects.count() == before

    def test_the_profile_is_not_changed(self, held):
        client = sign_in(Client(), again(held.user))
        client.post(reverse("members:profile-edit"), {"name": "Somebody Else", "revision": 0, "listed": "on"})
        assert Person.objects.get(pk=held.person_id).name == "Protected member"
        assert identity_of(held)["profile"]["name"] == NAME

    def test_a_new_address_is_sealed_at_once(self, held):
        user = again(held.user)
        user.email = "elsewhere@cast.test"
        user.save(update_fields=["email"])
        EmailAddress.objects.filter(user=user).update(email=user.email)
        protection.renew_address(user=user)
        assert address_of(again(user)) == "elsewhere@cast.test"
        assert User.objects.by_email("elsewhere@cast.test") == user
        assert not dump.holds(dump.tables(), "elsewhere@cast.test")

    def test_the_database_keeps_affiliations_of_all_others(self, cast):
        organisation = cast.organisations["institution"]
        term = organisations.affiliate(person=cast.person("rising"), organisation=organisation, by=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            Affiliation.objects.filter(pk=term.pk).delete()
        assert Affiliation.objects.filter(pk=term.pk).exists()


class TestLowering:
    def test_everything_stands_again_after_the_waiting_time(self, held, clock):
        person, before = held.person, Person.objects.get(pk=held.person_id).public_id
        protection.ask_to_lower(user=held.user, by=held.user)
        clock.shift(hours=71, minutes=59)
        tasks.lower_due_protections()
        assert Protection.objects.exists()
        clock.shift(minutes=2)
        tasks.lower_due_protections()
        assert not Protection.objects.exists()
        person = Person.objects.get(pk=person.pk)
        assert (person.name, person.biography, person.country_id) == (NAME, BIOGRAPHY, "KZ")
        assert (person.public_id, person.listed, person.sort_key) == (before, True, "aigerim qasymova")
        assert again(held.user).email == "individual@cast.test"
        assert {row.code for row in person.languages.all()} == {"kk", "ru"}
        assert person.expertise.count() == 2
        assert person.affiliations.get().position == "Chief Palaeographer"
        assert Narrowing.objects.get(person=person).field == "country"

    def test_it_needs_a_fresh_factor(self, held):
        client = sign_in(Client(), again(held.user), fresh=False)
        client.post(reverse("members:protection-lower"))
        held.refresh_from_db()
        assert held.lowers_at is None

    def test_it_is_taken_back_by_one_press(self, held, clock):
        protection.ask_to_lower(user=held.user, by=held.user)
        client = sign_in(Client(), again(held.user), fresh=False)
        client.post(reverse("members:protection-keep"))
        clock.shift(hours=80)
        tasks.lower_due_protections()
        assert Protection.objects.get().lowers_at is None

    def test_asking_again_does_not_move_it(self, held):
        protection.ask_to_lower(user=held.user, by=held.user)
        before = Protection.objects.get().lowers_at
        with refused("asked"):
            protection.ask_to_lower(user=held.user, by=held.user)
        assert Protection.objects.get().lowers_at == before

    def test_the_member_is_told(self, held, clock):
        protection.ask_to_lower(user=held.user, by=held.user)
        clock.shift(hours=73)
        tasks.lower_due_protections()
        kinds = set(Notice.objects.filter(user=held.user).values_list("kind", flat=True))
        assert {Kind.PROTECTION_LOWERING, Kind.PROTECTION_LOWERED} <= kinds

    def test_raised_again_there_is_another_handle(self, held, clock):
        protection.ask_to_lower(user=held.user, by=held.user)
        clock.shift(hours=73)
        tasks.lower_due_protections()
        user = again(held.user)
        fresh = protection.protect(user=user, by=user)
        assert (fresh.public_id, fresh.handle) != (held.public_id, held.handle)
        assert fresh.raised_at > database_now() - timedelta(minutes=1)


class TestRenewingTheKey:
    def test_an_old_key_is_taken_away(self, held, settings, monkeypatch):
        old = settings.SEALING_KEY_SERVICE[1]
        path, fresh = settings.SEALING_KEY_SERVICE[0], (b"n" * 32,)
        monkeypatch.delitem(sealing.keys.__dict__, "service", raising=False)
        settings.SEALING_KEY_SERVICE = (path, fresh + old)
        assert protection.rotate() == 1
        del sealing.keys.service
        settings.SEALING_KEY_SERVICE = (path, fresh)
        user = again(held.user)
        assert address_of(user) == "individual@cast.test"
        assert User.objects.by_email("individual@cast.test") == user
        del sealing.keys.service
        settings.SEALING_KEY_SERVICE = (path, old)
        with pytest.raises(sealing.CannotOpenError):
            address_of(again(held.user))
        del sealing.keys.service


class TestErasure:
    def test_after_it_there_is_nothing_left_to_open(self, held, clock, tmp_path):
        user = again(held.user)
        erasures.ask(user=user, by=user)
        assert not Notice.objects.filter(kind=Kind.ERASURE_DESK).exists()
        clock.shift(days=15)
        tasks.carry_out_erasures()
        left = Protection.objects.get()
        assert (left.key, left.identity, left.listed_for, left.region) == ("", "", [], None)
        assert Person.objects.get(pk=held.person_id).erased_at is not None
        stored = dump.everything(tmp_path)
        assert [word for word in (*WORDS, held.handle) if dump.holds(stored, word)] == []
        assert again(user).email.endswith("@erased.invalid")
