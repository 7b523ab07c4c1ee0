"""The second factor: forced by role, proven in the session itself, and fresh where it matters."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from members.actions import organisations
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.middleware import OPEN_WITHOUT_FACTOR
from members.models import AuditEvent, User
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from platform_portal import urls as portal_urls
from tests.people import PASSWORD
from tests.signing_in import authenticator_of, sign_in

ARGUMENTS = {
    "number": "X-2026-0001",
    "pk": 1,
    "public_id": "00000000-0000-4000-8000-000000000000",
    "item": "00000000-0000-4000-8000-000000000000",
    "slug": "nowhere",
    "tier": "individual",
    "audience": "members",
    "purpose": "biography",
    "step": "identity",
    "section": "expertise",
    "token": "x" * 43,
    "version": 1,
    "sequence": 1,
    "uidb36": "1",
    "key": "abc",
    "app_label": "members",
    "object_id": "1",
    "content_type_id": 1,
    "url": "x/",
    "reply": "accept",
}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """No earlier test has used up attempts or codes."""
    cache.clear()


def every_address():
    """The name and the address of everything the portal answers to."""

    def walk(patterns, names, given):
        for entry in patterns:
            if isinstance(entry, URLPattern):
                if entry.name:
                    yield ":".join([*names, entry.name]), {**given, **dict.fromkeys(entry.pattern.converters)}
            else:
                inner = [*names, entry.namespace] if entry.namespace else names
                yield from walk(entry.url_patterns, inner, {**given, **dict.fromkeys(entry.pattern.converters)})

    found = {}
    for name, parameters in walk(get_resolver().url_patterns, [], {}):
        resolved = reverse(name, kwargs={key: ARGUMENTS[key] for key in parameters}) if parameters else None
        try:
            found[name] = resolved or reverse(name)
        except Exception:  # noqa: BLE001 - patterns with unnamed groups, as allauth's and the admin's have
            continue
    return found


def code_of(user):
    """The number that the user's app shows now."""
    secret = decrypt(authenticator_of(user).data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def type_in(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


@pytest.mark.django_db
class TestConfinement:
    @pytest.mark.parametrize("name", ["steering-2", "steering-1", "alternate", "institution", "delegate"])
    def test_who_decides_or_speaks_for_others_is_confined(self, client, cast, name):
        sign_in(client, cast[name], factor=False)

        for view_name in ("today", "members:directory", "members:security", "home"):
            assert client.get(reverse(view_name)).url.startswith(reverse("members:second-factor"))

    @pytest.mark.parametrize("name", ["secretariat-2", "delegate"])
    def test_by_password_alone_nothing_opens_but_the_way_to_a_factor(self, client, cast, name):
        sign_in(client, cast[name], factor=False)
        opened = {}
        for view_name, address in every_address().items():
            for method in ("get", "post"):
                response = getattr(client, method)(address)
                led_away = response.status_code == 302 and response.url.startswith(reverse("members:second-factor"))
                if not led_away and response.status_code not in {404, 405}:
                    opened.setdefault(view_name, set()).add(method)
                if SESSION_KEY not in client.session:  # signing out is open
                    sign_in(client, cast[name], factor=False)

        assert set(opened) <= OPEN_WITHOUT_FACTOR | {"usersessions_list"}
        assert {"account_logout", "leave", "mfa_activate_totp", "mfa_add_webauthn", "members:second-factor"} <= set(
            opened
        )

    def test_the_walk_covers_the_portal(self):
        names = set(every_address())

        assert len(names) > 60
        assert {"home", "members:directory", "members:ballots", "admin:index", "account_email"} <= names

    @pytest.mark.parametrize("name", ["individual", "rising", "applicant", "stranger"])
    def test_others_are_free(self, client, cast, name):
        sign_in(client, cast[name], factor=False)

        assert client.get(reverse("members:security")).status_code == 200

    def test_parts_of_pages_are_confined_too(self, client, cast):
        sign_in(client, cast["steering-2"], factor=False)

        response = client.get(reverse("members:directory"), headers={"HX-Request": "true"})

        assert response.headers["HX-Redirect"].startswith(reverse("members:second-factor"))
        assert response.content == b""

    def test_a_session_from_before_enrolling_is_confined_until_it_proves_the_factor(self, client, cast):
        user = cast["steering-2"]
        sign_in(client, user, factor=False)
        authenticator_of(user)

        response = client.get(reverse("members:directory"), follow=True)

        assert response.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
        client.post(response.redirect_chain[-1][0], {"code": code_of(user)})
        assert client.get(reverse("members:directory")).status_code == 200

    def test_an_authenticator_alone_is_not_enough(self, client, cast):
        user = cast["steering-2"]
        authenticator_of(user)
        client.force_login(user)

        assert client.get(reverse("members:directory")).url.startswith(reverse("members:second-factor"))

    def test_another_users_proof_is_not_enough(self, client, cast):
        sign_in(client, cast["steering-2"])
        records = client.session[AUTHENTICATION_METHODS_SESSION_KEY]
        client.force_login(cast["steering-3"])
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = records
        session.save()

        assert client.get(reverse("members:directory")).url.startswith(reverse("members:second-factor"))

    def test_a_role_granted_in_mid_session_confines_the_next_request(self, client, cast):
        user = cast["individual"]
        sign_in(client, user, factor=False)
        assert client.get(reverse("members:directory")).status_code == 200

        organisations.appoint_representative(
            organisation=cast.organisations["institution"],
            person=cast.person("individual"),
            role=RepresentationRole.DELEGATE,
            by=cast["secretariat-1"],
        )

        assert client.get(reverse("members:directory")).url.startswith(reverse("members:second-factor"))

    def test_is_waived_in_demo_mode_only(self, client, cast, settings):
        assert settings.SECOND_FACTOR_WAIVED is False
        settings.SECOND_FACTOR_WAIVED = True
        sign_in(client, cast["steering-2"], factor=False)

        assert client.get(reverse("members:directory")).status_code == 200


@pytest.mark.django_db
class TestAdministration:
    def test_leads_strangers_to_the_one_sign_in(self, client, cast):
        assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))
        assert client.post("/admin/login/", {"username": "a", "password": "b"}).url.startswith(reverse("account_login"))

    @pytest.mark.parametrize("name", ["individual", "steering-1", "institution", "applicant"])
    def test_is_closed_to_all_but_the_secretariat(self, client, cast, name):
        sign_in(client, cast[name])

        assert client.get("/admin/", follow=True).status_code in {403, 404}

    def test_opens_to_the_secretariat_with_its_factor(self, client, cast):
        sign_in(client, cast["secretariat-1"], factor=False)
        assert client.get("/admin/").url.startswith(reverse("members:second-factor"))

        sign_in(client, cast["secretariat-1"])
        assert client.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
class TestEnrolment:
    def begin(self, client, user):
        """Password, then the app's secret."""
        type_in(client, user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client.get(reverse("mfa_activate_totp")).context["form"].secret

    def test_an_app_set_up_in_a_session_frees_it_and_ends_the_others(self, client, cast):
        user, other = cast["steering-2"], Client()
        type_in(other, user)
        secret = self.begin(client, user)

        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        response = client.post(reverse("mfa_activate_totp"), {"code": code})

        assert response.url == reverse("mfa_view_recovery_codes")
        assert client.get(response.url).status_code == 200
        assert client.get(reverse("members:directory")).status_code == 200
        assert other.get(reverse("members:security")).url.startswith(reverse("account_login"))

    def test_the_code_that_set_an_app_up_lets_nobody_in(self, client, cast):
        user, other = cast["steering-2"], Client()
        secret = self.begin(client, user)
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        client.post(reverse("mfa_activate_totp"), {"code": code})
        assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
        record = AuditEvent.objects.filter(verb=Verb.SIGNED_IN).count()

        type_in(other, user)
        for typed in (code, f"{code[:3]} {code[3:]}"):
            response = other.post(reverse("mfa_authenticate"), {"code": typed})
            assert response.context["form"].errors["code"]

        assert SESSION_KEY not in other.session
        assert AuditEvent.objects.filter(verb=Verb.SIGNED_IN).count() == record

    def test_a_wrong_code_sets_up_nothing(self, client, cast):
        user = cast["steering-2"]
        self.begin(client, user)

        client.post(reverse("mfa_activate_totp"), {"code": "000000"})

        assert not Authenticator.objects.filter(user=user).exists()
        assert client.get(reverse("members:directory")).url.startswith(reverse("members:second-factor"))

    def test_printed_codes_are_a_factor_of_their_own(self, client, cast):
        user = cast["steering-2"]
        type_in(client, user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("mfa_generate_recovery_codes"))
        codes = Authenticator.objects.get(user=user).wrap().get_unused_codes()
        assert client.get(reverse("members:directory")).status_code == 200

        again = Client()
        assert type_in(again, user).url == reverse("mfa_authenticate")
        again.post(reverse("mfa_authenticate"), {"code": codes[0]})

        assert again.get(reverse("members:directory")).status_code == 200
        third = Client()
        type_in(third, user)
        third.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert SESSION_KEY not in third.session

    def test_without_any_factor_left_the_session_is_confined_again(self, client, cast):
        user = cast["steering-2"]
        sign_in(client, user)
        client.post(reverse("mfa_reauthenticate"), {"code": code_of(user)})

        client.post(reverse("mfa_deactivate_totp"))

        assert not Authenticator.objects.filter(user=user).exists()
        assert client.get(reverse("members:directory")).url.startswith(reverse("members:second-factor"))

    def test_secrets_of_factors_are_not_readable_in_the_database(self, cast):
        app = authenticator_of(cast["rising"])

        assert decrypt(app.data["secret"]) not in json.dumps(Authenticator.objects.get(pk=app.pk).data)
        assert len(decrypt(app.data["secret"])) == 32


@pytest.mark.django_db(transaction=True)
def test_guessing_many_times_at_once_gets_no_more_guesses(cast):
    user = cast["rising"]

    def guess(number):
        try:
            return type_in(Client(), user, f"wrong-guess-{number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(guess, range(20))) == {200}

    assert 1 <= AuditEvent.objects.filter(verb=Verb.SIGN_IN_FAILED).count() <= 5


@pytest.mark.django_db(transaction=True)
def test_a_code_typed_five_times_at_once_lets_one_in(cast):
    user = cast["steering-2"]
    authenticator_of(user)
    clients = [Client() for _browser in range(5)]
    for client in clients:
        type_in(client, user)
    code = code_of(user)

    def enter(client):
        try:
            client.post(reverse("mfa_authenticate"), {"code": code})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(enter, clients))

    assert sum(SESSION_KEY in client.session for client in clients) == 1


@pytest.mark.django_db
class TestSignIn:
    def test_the_factor_is_asked_for_after_the_password(self, client, cast):
        user = cast["steering-2"]
        authenticator_of(user)

        assert type_in(client, user).url == reverse("mfa_authenticate")
        assert SESSION_KEY not in client.session
        client.post(reverse("mfa_authenticate"), {"code": code_of(user)})

        assert client.get(reverse("members:directory")).status_code == 200

    def test_a_code_works_once(self, client, cast):
        user = cast["steering-2"]
        authenticator_of(user)
        code = code_of(user)
        type_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code})
        other = Client()
        type_in(other, user)

        other.post(reverse("mfa_authenticate"), {"code": f" {code[:3]} {code[3:]} "})

        assert SESSION_KEY not in other.session

    def test_after_five_wrong_codes_the_right_one_does_not_help(self, client, cast):
        user = cast["steering-2"]
        authenticator_of(user)
        type_in(client, user)
        for _attempt in range(5):
            client.post(reverse("mfa_authenticate"), {"code": "000000"})

        client.post(reverse("mfa_authenticate"), {"code": code_of(user)})

        assert SESSION_KEY not in client.session

    def test_a_new_password_does_not_go_round_the_factor(self, client, cast, mailoutbox):
        user = cast["steering-2"]
        authenticator_of(user)
        user.set_password("the heron crossed the river")
        user.save()

        assert type_in(client, user, "the heron crossed the river").url == reverse("mfa_authenticate")
        assert SESSION_KEY not in client.session


# --- A fresh factor ----------------------------------------------------------------------------------------------


@login_not_required
def page(request, number):
    """A page with a form that is sent elsewhere."""
    kept = kept_input(request, action=f"/trial/{number}/act/")
    return HttpResponse(f"{number}: {kept.get('reason') if kept else 'nothing kept'}")


@form_shown_at("trial-page")
@fresh_factor
def act(request, number):
    """An act that needs a fresh factor."""
    return HttpResponse(f"{number} done: {request.POST.get('reason')}")


class TrialUrls:
    """The portal's addresses and two for trial."""

    urlpatterns = [
        path("trial/<str:number>/", page, name="trial-page"),
        path("trial/<str:number>/act/", act, name="trial-act"),
        *portal_urls.urlpatterns,
    ]
    handler403, handler404 = portal_urls.handler403, portal_urls.handler404


@pytest.mark.django_db
class TestFreshFactor:
    @pytest.fixture(autouse=True)
    def trial(self, settings):
        settings.ROOT_URLCONF = TrialUrls

    def test_a_fresh_factor_lets_the_act_happen(self, client, cast):
        sign_in(client, cast["steering-2"])

        assert client.post("/trial/7/act/", {"reason": "so"}).content == b"7 done: so"

    def test_after_five_minutes_it_is_asked_for_again(self, client, cast, clock):
        sign_in(client, cast["steering-2"])
        clock.shift(seconds=299)
        assert client.post("/trial/7/act/", {"reason": "so"}).status_code == 200
        clock.shift(seconds=2)

        response = client.post("/trial/7/act/", {"reason": "so"})

        assert response.status_code == 302
        assert response.url.startswith(reverse("members:second-factor"))

    def test_what_was_written_comes_back_once_and_the_act_happens_on_the_second_press(self, client, cast):
        user = cast["steering-2"]
        sign_in(client, user, fresh=False)
        long_reason = "Because. " * 500

        asked = client.post("/trial/7/act/", {"reason": long_reason, "password": "secret"}, follow=True)
        where = asked.redirect_chain[-1][0]
        assert where.startswith(reverse("mfa_reauthenticate"))
        led_back = client.post(where, {"code": code_of(user)})

        assert led_back.url == "/trial/7/"
        assert "secret" not in json.dumps(dict(client.session))
        assert client.get("/trial/7/").content.decode() == f"7: {long_reason}"
        assert client.get("/trial/7/").content == b"7: nothing kept"
        assert client.post("/trial/7/act/", {"reason": long_reason}).status_code == 200

    def test_a_wrong_code_leaves_it_undone(self, client, cast):
        sign_in(client, cast["steering-2"], fresh=False)

        client.post(reverse("mfa_reauthenticate"), {"code": "000000"})

        assert client.post("/trial/7/act/", {"reason": "so"}).status_code == 302

    def test_the_password_does_not_stand_in_for_the_factor(self, client, cast):
        sign_in(client, cast["steering-2"], fresh=False)

        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

        assert client.post("/trial/7/act/", {"reason": "so"}).status_code == 302

    def test_it_is_kept_for_its_page_and_its_writer_only(self, client, cast):
        sign_in(client, cast["steering-2"], fresh=False)
        client.post("/trial/7/act/", {"reason": "mine"})

        assert client.get("/trial/8/").content == b"8: nothing kept"
        kept = client.session["kept_input"]
        sign_in(client, cast["steering-3"])
        session = client.session
        session["kept_input"] = kept
        session.save()
        assert client.get("/trial/7/").content == b"7: nothing kept"

    def test_looking_needs_no_fresh_factor(self, client, cast):
        sign_in(client, cast["steering-2"], fresh=False)

        assert client.get("/trial/7/act/").status_code == 200

    def test_who_has_no_factor_is_led_to_getting_one(self, client, cast):
        sign_in(client, cast["rising"], factor=False)

        response = client.post("/trial/7/act/", {"reason": "so"}, follow=True)

        assert "members/accounts/second_factor.html" in [template.name for template in response.templates]

    def test_is_waived_in_demo_mode(self, client, cast, settings):
        settings.SECOND_FACTOR_WAIVED = True
        sign_in(client, cast["steering-2"], factor=False)

        assert client.post("/trial/7/act/", {"reason": "so"}).status_code == 200


@pytest.mark.django_db
class TestConfirming:
    def test_gives_the_session_a_new_key_and_a_row_in_the_record(self, client, cast):
        user = cast["steering-2"]
        sign_in(client, user, fresh=False)
        old = client.session.session_key

        client.post(reverse("mfa_reauthenticate"), {"code": code_of(user)})

        assert client.session.session_key != old
        assert not client.session.exists(old)
        event = AuditEvent.objects.get(verb=Verb.CONFIRMED)
        assert (event.target, event.facts) == (user, {"method": "mfa.totp"})

    def test_a_wrong_code_is_on_the_record(self, client, cast):
        sign_in(client, cast["steering-2"])

        client.post(reverse("mfa_reauthenticate"), {"code": "000000"})

        assert AuditEvent.objects.get(verb=Verb.CONFIRMATION_FAILED).facts == {"method": "mfa.totp"}

    def test_who_has_a_factor_cannot_confirm_by_password(self, client, cast):
        sign_in(client, cast["steering-2"])

        response = client.get(reverse("account_reauthenticate"))

        assert response.url.startswith(reverse("mfa_reauthenticate"))
        assert User.objects.get(pk=cast["steering-2"].pk).has_usable_password()
