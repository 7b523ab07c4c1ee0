"""Coming in by a link: once, by a button, and for what it was made."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.db import connections
from django.test import Client
from django.urls import reverse

from members import tasks
from members.actions import accounts, entry, organisations
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.refusals import Refused
from members.models import Application, AuditEvent, EntryLink, Person, Representation, Tier, User
from members.rules.entry import INVITATIONS_BY_ONE
from secretariat.models import Notice
from tests.signing_in import authenticator_of, sign_in

EMAIL = "newcomer@example.org"


def link_to(email=EMAIL, tier="individual", language="en"):
    tier = tier and Tier.objects.get(short_name=tier)
    return entry.ask(email=email, language=language, tier=tier)


def invitation(cast, email=EMAIL, role=RepresentationRole.ALTERNATE, by="institution"):
    return entry.invite(organisation=cast.organisations["institution"], email=email, role=role, by=cast[by])


def state():
    """What a link could change."""
    return (
        User.objects.count(),
        Application.objects.count(),
        Representation.objects.count(),
        Person.objects.count(),
        EntryLink.objects.exclude(used_at=None).count(),
        AuditEvent.objects.count(),
        Notice.objects.count(),
    )


def is_signed_in(client):
    return SESSION_KEY in client.session


@pytest.mark.django_db
class TestApplicationLink:
    def test_looking_changes_nothing(self, client, cast):
        path = entry.address_of(link_to())
        before = state()

        for _time in range(3):
            assert client.get(path).status_code == 200
        client.head(path)

        assert state() == before
        assert not is_signed_in(client)

    def test_the_button_opens_login_and_application(self, client, cast):
        link = link_to(language="pt")

        response = client.post(entry.address_of(link))

        user = User.objects.get(email=EMAIL)
        application = Application.objects.get(applicant=user)
        assert not user.has_usable_password()
        assert user.language == "pt"
        assert EmailAddress.objects.filter(user=user, email=EMAIL, verified=True, primary=True).exists()
        assert application.tier.short_name == "individual"
        assert is_signed_in(client)
        assert response.url.startswith(reverse("members:welcome"))
        assert application.number in response.url
        assert AuditEvent.objects.get(verb=Verb.ENTRY_USED).by == user
        assert AuditEvent.objects.get(verb=Verb.SIGNED_IN).facts == {"methods": ["link"]}

    def test_a_second_time_it_lets_nobody_in(self, client, cast):
        path = entry.address_of(link_to())
        client.post(path)
        before = state()
        other = Client()

        responses = [other.get(path), other.post(path)]

        assert {response.status_code for response in responses} == {410}
        assert not is_signed_in(other)
        assert state() == before

    def test_after_three_days_it_is_over(self, client, cast, clock):
        path = entry.address_of(link_to())
        clock.shift(hours=72, seconds=-5)
        assert client.get(path).status_code == 200
        clock.shift(seconds=6)
        before = state()

        response = client.post(path)

        assert response.status_code == 410
        assert reverse("members:enter") in response.content.decode()
        assert state() == before

    def test_an_expired_link_is_not_revived_by_a_new_password(self, client, cast, clock):
        path = entry.address_of(link_to(cast["applicant"].email))
        clock.shift(hours=73)
        client.post(reverse("account_reset_password"), {"email": cast["applicant"].email})

        assert client.post(path).status_code == 410
        assert not is_signed_in(client)

    @pytest.mark.parametrize("token", ["x", "A" * 43, "0" * 500])
    def test_an_invented_link_is_like_an_old_one(self, client, cast, token):
        before = state()

        assert client.get(f"/enter/{token}/").status_code == 410
        assert client.post(f"/enter/{token}/").status_code == 410
        assert state() == before

    def test_a_pending_application_is_opened_again(self, client, cast):
        client.post(entry.address_of(link_to()))
        other = Client()

        response = other.post(entry.address_of(link_to()))

        assert Application.objects.count() == 1
        assert Application.objects.get().number in response.url
        assert User.objects.filter(email=EMAIL).count() == 1

    def test_a_refusal_of_the_application_keeps_nobody_out(self, client, cast):
        response = client.post(entry.address_of(link_to(cast["individual"].email)), follow=True)

        assert is_signed_in(client)
        assert not Application.objects.exists()
        assert [str(message) for message in response.context["messages"]] == ["You are a member of this tier already."]

    def test_a_login_out_of_use_stays_out(self, client, cast):
        response = client.post(entry.address_of(link_to(cast["out-of-use"].email)))

        assert response.status_code == 200
        assert response.context["form"].non_field_errors()
        assert not is_signed_in(client)
        assert EntryLink.objects.get().used_at is None

    def test_the_second_factor_is_still_asked_for(self, client, cast):
        user = cast["applicant"]
        authenticator_of(user)

        response = client.post(entry.address_of(link_to(user.email)))

        assert response.url == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        assert client.get("/applications/").status_code == 302

    def test_somebody_else_at_the_browser_is_signed_out(self, client, cast):
        sign_in(client, cast["rising"])
        key = client.session.session_key

        client.post(entry.address_of(link_to()))

        assert client.session[SESSION_KEY] == str(User.objects.get(email=EMAIL).pk)
        assert client.session.session_key != key
        signed_out = AuditEvent.objects.get(verb=Verb.SIGNED_OUT)
        assert signed_out.by == cast["rising"]

    def test_the_reader_at_the_browser_stays(self, client, cast):
        user = cast["applicant"]
        sign_in(client, user)
        key = client.session.session_key

        response = client.post(entry.address_of(link_to(user.email)))

        assert client.session.session_key == key
        assert response.url == reverse("members:application", args=[Application.objects.get().number])

    def test_the_page_is_not_kept_by_browsers(self, client, cast):
        response = client.get(entry.address_of(link_to()))

        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"

    def test_a_press_without_the_forms_token_is_refused(self, cast):
        strict = Client(enforce_csrf_checks=True)
        path = entry.address_of(link_to())
        before = state()

        assert strict.post(path).status_code == 403
        assert state() == before


@pytest.mark.django_db
class TestReturnLink:
    def test_brings_a_user_back(self, client, cast):
        response = client.post(entry.address_of(link_to(cast["rising"].email, tier=None)))

        assert is_signed_in(client)
        assert response.url == reverse("today")

    def test_opens_no_login(self, client, cast):
        before = state()

        response = client.post(entry.address_of(link_to(tier=None)))

        assert response.status_code == 200
        assert response.context["form"].non_field_errors()
        assert not is_signed_in(client)
        assert state()[:5] == before[:5]

    def test_follows_a_change_of_the_server_key(self, client, cast, settings):
        link = link_to(cast["rising"].email, tier=None)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-key-altogether-0123456789-0123456789-0123456789"

        client.post(entry.address_of(link))

        assert is_signed_in(client)

    def test_without_its_key_the_mail_leads_to_asking_again(self, cast, settings):
        link = link_to(tier=None)
        settings.SECRET_KEY = "another-key-altogether-0123456789-0123456789-0123456789"

        assert entry.address_of(link) == reverse("members:enter")


@pytest.mark.django_db
class TestWelcome:
    def test_offers_a_password_without_insisting(self, client, cast):
        page = client.post(entry.address_of(link_to()), follow=True)
        application = reverse("members:application", args=[Application.objects.get().number])

        assert page.status_code == 200
        assert reverse("account_set_password") in page.content.decode()
        assert f'href="{application}"' in page.content.decode()
        assert client.get(application).status_code == 200

    def test_setting_a_password_keeps_the_session(self, client, cast):
        client.post(entry.address_of(link_to()))

        typed = "the heron crossed the river"
        client.post(reverse("account_set_password"), {"password1": typed, "password2": typed})

        assert is_signed_in(client)
        assert User.objects.get(email=EMAIL).check_password(typed)
        assert client.get(reverse("members:welcome")).status_code == 302

    @pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
    def test_leads_nowhere_else(self, client, cast, page):
        sign_in(client, cast["rising"])

        assert client.get(reverse("members:welcome"), {"next": page}).url == reverse("today")


@pytest.mark.django_db
class TestInvitation:
    def test_makes_a_representative_with_a_name(self, client, cast):
        response = client.post(entry.address_of(invitation(cast)), {"name": "Ngozi Example"})

        person = Person.objects.get(user__email=EMAIL)
        term = Representation.objects.get(person=person)
        assert person.name == "Ngozi Example"
        assert (term.organisation, term.role) == (cast.organisations["institution"], RepresentationRole.ALTERNATE)
        assert term.granted_by == cast["institution"]
        assert response.status_code == 302
        assert is_signed_in(client)

    def test_without_a_name_nothing_happens(self, client, cast):
        link = invitation(cast)
        before = state()

        response = client.post(entry.address_of(link), {"name": "  "})

        assert "name" in response.context["form"].errors
        assert state() == before

    def test_a_known_person_is_not_asked_for_a_name(self, client, cast):
        client.post(entry.address_of(invitation(cast, email=cast["individual"].email)))

        assert cast.person("individual").representations.count() == 1

    def test_the_new_representative_is_confined_to_a_second_factor(self, client, cast):
        client.post(entry.address_of(invitation(cast)), {"name": "Ngozi Example"})

        response = client.get(reverse("members:organisation", args=[cast.organisations["institution"].slug]))

        assert response.url.startswith(reverse("members:second-factor"))

    def test_is_void_once_the_inviter_may_no_longer_invite(self, client, cast):
        link = invitation(cast)
        term = cast.person("institution").representations.get()
        organisations.end_representation(representation=term, by=cast["secretariat-1"])
        before = state()

        response = client.post(entry.address_of(link), {"name": "Ngozi Example"})

        assert response.status_code == 200
        assert state() == before
        assert not is_signed_in(client)

    def test_is_void_where_the_role_has_been_filled(self, client, cast):
        link = invitation(cast)
        organisations.appoint_representative(
            organisation=cast.organisations["institution"],
            person=cast.person("rising"),
            role=RepresentationRole.ALTERNATE,
            by=cast["institution"],
        )
        before = state()

        client.post(entry.address_of(link), {"name": "Ngozi Example"})

        assert state() == before

    def test_a_new_invitation_voids_the_old_one(self, client, cast):
        old = entry.address_of(invitation(cast))
        new = entry.address_of(invitation(cast, role=RepresentationRole.DELEGATE))

        assert client.post(old, {"name": "Ngozi Example"}).status_code == 410
        client.post(new, {"name": "Ngozi Example"})

        assert Representation.objects.get(person__user__email=EMAIL).role == RepresentationRole.DELEGATE

    def test_withdrawn_it_lets_nobody_in(self, client, cast):
        link = invitation(cast)
        entry.withdraw_invitation(link=link, by=cast["institution"])

        assert client.post(entry.address_of(link), {"name": "Ngozi Example"}).status_code == 410
        assert not User.objects.filter(email=EMAIL).exists()

    @pytest.mark.parametrize(
        ("email", "role", "code"),
        [
            ("institution@cast.test", RepresentationRole.ALTERNATE, "already-speaks"),
            (EMAIL, RepresentationRole.PRINCIPAL, "role-taken"),
        ],
    )
    def test_some_are_refused_at_once(self, cast, email, role, code):
        links, events = EntryLink.objects.count(), AuditEvent.objects.count()

        with pytest.raises(Refused) as refused:
            invitation(cast, email=email, role=role)

        assert refused.value.code == code
        assert (EntryLink.objects.count(), AuditEvent.objects.count()) == (links, events)

    def test_there_is_an_end_to_inviting(self, cast):
        for number in range(entry.INVITATIONS_AT_ONCE):
            invitation(cast, email=f"guest-{number}@example.org", role=RepresentationRole.DELEGATE)

        with pytest.raises(Refused) as refused:
            invitation(cast, email="one-more@example.org", role=RepresentationRole.DELEGATE)

        assert refused.value.code == "too-many"

    def test_an_address_is_invited_three_times_an_hour_by_whomever(self, client, cast, clock):
        for by in ("institution", "delegate", "institution"):
            last = invitation(cast, role=RepresentationRole.DELEGATE, by=by)
        entry.withdraw_invitation(link=invitation(cast, "other@example.org"), by=cast["institution"])
        other = cast.organisations["other-institution"]
        before = state(), EntryLink.objects.count()

        for organisation, by in ((cast.organisations["institution"], "delegate"), (other, "other-institution")):
            with pytest.raises(Refused) as refused:
                entry.invite(organisation=organisation, email=EMAIL.upper(), role="delegate", by=cast[by])
            assert (refused.value.code, refused.value.field) == ("too-often", "email")

        assert (state(), EntryLink.objects.count()) == before
        assert client.get(entry.address_of(last)).status_code == 200, "the invitation before is as good as it was"
        clock.shift(minutes=61)
        invitation(cast, role=RepresentationRole.DELEGATE)

    def test_an_inviter_sends_twenty_an_hour_whatever_becomes_of_them(self, cast, clock):
        for number in range(INVITATIONS_BY_ONE):
            link = invitation(cast, email=f"guest+{number}@example.org", role=RepresentationRole.DELEGATE)
            entry.withdraw_invitation(link=link, by=cast["institution"])
        before = state(), EntryLink.objects.count()

        with pytest.raises(Refused) as refused:
            invitation(cast, email="guest+more@example.org", role=RepresentationRole.DELEGATE)

        assert refused.value.code == "too-often"
        assert (state(), EntryLink.objects.count()) == before
        invitation(cast, email="colleague@example.org", role=RepresentationRole.DELEGATE, by="delegate")
        clock.shift(minutes=61)
        invitation(cast, email="guest+more@example.org", role=RepresentationRole.DELEGATE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_two_at_once_use_a_link_once(cast, _round):
    path, start = entry.address_of(link_to()), Barrier(2)

    def press(client):
        start.wait()
        try:
            return client.post(path).status_code
        finally:
            connections.close_all()

    clients = [Client(), Client()]
    with ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(press, clients))

    assert statuses in ([200, 302], [302, 410])
    assert sum(is_signed_in(client) for client in clients) == 1
    assert User.objects.filter(email=EMAIL).count() == 1
    assert Application.objects.count() == 1
    assert AuditEvent.objects.filter(verb=Verb.ENTRY_USED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_links_of_one_new_address_open_one_login(cast):
    paths, start = [entry.address_of(link_to()), entry.address_of(link_to(tier="rising-leaders"))], Barrier(2)

    def press(path):
        start.wait()
        try:
            return Client().post(path).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(press, paths)) == [302, 302]

    assert User.objects.filter(email=EMAIL).count() == 1
    assert Application.objects.filter(applicant__email=EMAIL).count() == 2


@pytest.mark.django_db
class TestClearingAway:
    def test_sessions_that_are_over_go_and_others_stay(self, client, cast, clock):
        sign_in(client, cast["rising"])
        clock.shift(days=13)
        tasks.purge_sessions()
        assert client.session.exists(client.session.session_key)

        clock.shift(days=2)
        tasks.purge_sessions()

        assert not client.session.exists(client.session.session_key)


@pytest.mark.django_db
class TestLogins:
    def test_an_address_has_one_login_whatever_its_case(self, cast):
        with pytest.raises(Refused) as refused:
            accounts.open_login(email="RISING@cast.test", by=None)

        assert refused.value.code == "address-taken"
        assert User.objects.filter(email__iexact="rising@cast.test").count() == 1

    def test_links_last_three_days(self, cast):
        link = link_to()

        assert link.expires_at - EntryLink.objects.get().created_at == pytest.approx(
            timedelta(hours=72), abs=timedelta(seconds=5)
        )
