"""Sessions: how long they last, who ends them, and what of them is kept."""

import re
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import accounts, organisations
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.refusals import Refused
from members.models import AuditEvent, User
from secretariat.models import Notice, NoticeText
from tests.people import PASSWORD
from tests.signing_in import sign_in

NEW_PASSWORD = "the heron crossed the river"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
MINUTES, HOURS = 60, 3600

READS = re.compile(r"(QUERY = ')?(\s|\\n)*SELECT")  # Django shows prepared statements as they were handed over

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """No earlier test has used up attempts."""
    cache.clear()


def is_signed_in(client):
    """Whether the next request is a user's."""
    return client.get(reverse("members:security")).status_code == 200


def confirm(client):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


class TestLimits:
    @pytest.mark.parametrize(("name", "idle"), [("steering-2", 2 * HOURS), ("rising", 24 * HOURS)])
    def test_unused_a_session_ends_by_role(self, client, cast, clock, name, idle):
        sign_in(client, cast[name])
        clock.shift(seconds=idle - 10)
        assert is_signed_in(client)
        clock.shift(seconds=idle - 10)
        assert is_signed_in(client)
        clock.shift(seconds=idle + 1)

        assert not is_signed_in(client)
        assert SESSION_KEY not in client.session

    @pytest.mark.parametrize(("name", "hours", "step"), [("secretariat-1", 12, 1), ("rising", 14 * 24, 20)])
    def test_however_busy_a_session_ends_by_role(self, client, cast, clock, name, hours, step):
        sign_in(client, cast[name])
        for _step in range((hours - 1) // step):
            clock.shift(hours=step)
            assert is_signed_in(client)
        clock.shift(hours=step + (hours - 1) % step)

        assert not is_signed_in(client)

    def test_polling_keeps_no_session_alive(self, client, cast, clock):
        sign_in(client, cast["steering-2"])
        for _quarter in range(8):
            clock.shift(minutes=15, seconds=1)
            client.get(reverse("members:security"), headers={"HX-Request": "true"})

        assert not is_signed_in(client)

    def test_a_new_role_shortens_a_session_that_lasts(self, client, cast, clock):
        sign_in(client, cast["rising"])
        clock.shift(hours=3)
        organisations.appoint_representative(
            organisation=cast.organisations["institution"],
            person=cast.person("rising"),
            role=RepresentationRole.DELEGATE,
            by=cast["secretariat-1"],
        )

        assert not is_signed_in(client)

    def test_the_end_is_on_the_record_with_its_reason(self, client, cast, clock):
        sign_in(client, cast["steering-2"])
        clock.shift(hours=3)
        client.get("/")

        assert AuditEvent.objects.get(verb=Verb.SIGNED_OUT).facts == {"reason": "idle"}
        assert not UserSession.objects.filter(user=cast["steering-2"]).exists()

    def test_what_was_written_is_back_after_signing_in_again(self, client, cast, clock):
        user = cast["rising"]
        sign_in(client, user)
        clock.shift(hours=25)

        response = client.post(reverse("members:profile-edit"), {"biography": "A long text."})

        assert response.url == f"{reverse('account_login')}?next={reverse('members:profile-edit')}"
        assert client.session["kept_input"]["text"] == "biography=A+long+text."
        assert User.objects.get(pk=user.pk).person.biography == ""
        client.post(response.url, {"login": user.email, "password": PASSWORD, "next": reverse("members:profile-edit")})
        assert client.session["kept_input"]["user"] == user.pk

    def test_use_is_written_at_most_every_five_minutes(self, client, cast, clock):
        sign_in(client, cast["rising"])

        def writes():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("members:security"))
            return [query["sql"] for query in queries if not READS.match(query["sql"])]

        assert writes() == []
        clock.shift(minutes=5)
        assert any("django_session" in statement for statement in writes())
        assert writes() == []

    def test_the_clock_costs_signed_in_users_no_statement(self, client, cast):
        sign_in(client, cast["rising"])

        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("members:security"))

        first = [query["sql"] for query in queries][:3]
        assert "django_session" in first[0]
        assert "portal_now()" in first[1]
        assert "members_user" in first[1]
        assert not [query["sql"] for query in queries if query["sql"].startswith("SELECT portal_now()")]


class TestOutOfUse:
    def test_every_session_ends_at_the_next_request(self, client, cast):
        user = cast["steering-2"]
        other = Client()
        sign_in(client, user)
        sign_in(other, user)

        accounts.close_login(user=user, by=cast["secretariat-1"])

        assert not is_signed_in(client)
        assert not is_signed_in(other)
        assert not Session.objects.filter(session_key=client.cookies["session"].value).exists()
        assert not user.groups.exists()

    def test_a_session_that_was_overlooked_ends_too_and_does_not_come_back(self, client, cast):
        user = cast["rising"]
        sign_in(client, user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert not is_signed_in(client)

        User.objects.filter(pk=user.pk).update(is_active=True)

        assert not is_signed_in(client)

    def test_nobody_signs_in(self, client, cast):
        client.post(reverse("account_login"), {"login": cast["out-of-use"].email, "password": PASSWORD})

        assert SESSION_KEY not in client.session

    def test_back_in_use_the_rights_of_terms_in_force_are_back(self, cast):
        user = cast["steering-2"]
        before = set(user.groups.values_list("name", flat=True))
        accounts.close_login(user=user, by=cast["secretariat-1"])

        accounts.reopen_login(user=user, by=cast["secretariat-1"])

        assert set(user.groups.values_list("name", flat=True)) == before
        verbs = list(AuditEvent.objects.about(user).values_list("verb", flat=True))
        assert verbs[0] == Verb.LOGIN_REOPENED
        assert Verb.LOGIN_CLOSED in verbs

    def test_twice_is_refused(self, cast):
        with pytest.raises(Refused) as refused:
            accounts.close_login(user=cast["out-of-use"], by=cast["secretariat-1"])

        assert refused.value.code == "closed"

    def test_staff_do_it_in_the_administration_but_not_to_themselves(self, client, cast):
        rising, officer = cast["rising"], cast["secretariat-1"]
        other = Client()
        sign_in(other, rising)
        sign_in(client, officer)

        typed = {"action": "close_logins", "_selected_action": [rising.pk, officer.pk]}
        client.post(reverse("admin:members_user_changelist"), typed)

        assert not User.objects.get(pk=rising.pk).is_active
        assert User.objects.get(pk=officer.pk).is_active
        assert not is_signed_in(other)
        assert AuditEvent.objects.get(verb=Verb.LOGIN_CLOSED).by == officer

    def test_others_do_not(self, client, cast):
        sign_in(client, cast["steering-1"])

        typed = {"action": "close_logins", "_selected_action": [cast["rising"].pk]}
        client.post(reverse("admin:members_user_changelist"), typed)

        assert User.objects.get(pk=cast["rising"].pk).is_active

    @pytest.mark.parametrize("field", ["password", "is_active", "email", "groups", "user_permissions"])
    def test_no_page_of_the_administration_changes_a_login_by_a_form(self, client, cast, field):
        sign_in(client, cast["secretariat-1"])
        before = User.objects.filter(pk=cast["rising"].pk).values().get()

        client.post(reverse("admin:members_user_change", args=[cast["rising"].pk]), {field: "x", "_save": "Save"})

        assert User.objects.filter(pk=cast["rising"].pk).values().get() == before

    def test_the_administration_has_no_change_of_password_of_its_own(self, client, cast):
        sign_in(client, cast["secretariat-1"])
        typed = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

        response = client.post("/admin/password_change/", typed)

        assert response.url == reverse("account_change_password")
        assert User.objects.get(pk=cast["secretariat-1"].pk).check_password(PASSWORD)


class TestOwnList:
    def test_shows_browsers_and_no_network_address(self, cast):
        client = Client(headers={"user-agent": FIREFOX})
        client.post(reverse("account_login"), {"login": cast["rising"].email, "password": PASSWORD})

        body = client.get(reverse("members:sessions")).content.decode()

        assert "Firefox · Linux" in body
        assert "127.0.0.1" not in body
        row = UserSession.objects.get(user=cast["rising"])
        assert (row.ip, row.user_agent, row.data) == ("::", "Firefox · Linux", {})

    def test_no_table_holds_a_network_address(self, cast):
        client = Client(REMOTE_ADDR="203.0.113.77", headers={"user-agent": FIREFOX})
        client.post(reverse("account_login"), {"login": cast["rising"].email, "password": PASSWORD})
        confirm(client)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND data_type IN ('text', 'character varying', 'jsonb', 'inet') AND table_name <> 'portal_cache'"
            )
            for table, column in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE \'%203.0.113.77%\'')
                assert cursor.fetchone() == (0,), (table, column)

    def test_one_other_session_can_be_ended(self, client, cast):
        other = Client()
        sign_in(client, cast["rising"])
        sign_in(other, cast["rising"])
        row = UserSession.objects.get(session_key=other.session.session_key)

        client.post(reverse("members:session-end", args=[row.pk]))

        assert is_signed_in(client)
        assert not is_signed_in(other)
        assert AuditEvent.objects.get(verb=Verb.SESSIONS_ENDED).facts == {"count": 1, "reason": "asked"}

    def test_all_others_can_be_ended(self, client, cast):
        others = [Client(), Client()]
        for one in (client, *others):
            sign_in(one, cast["rising"])

        client.post(reverse("members:sessions-end"))

        assert is_signed_in(client)
        assert not any(is_signed_in(other) for other in others)

    def test_ending_ones_own_signs_out(self, client, cast):
        sign_in(client, cast["rising"])
        row = UserSession.objects.get(session_key=client.session.session_key)

        client.post(reverse("members:session-end", args=[row.pk]))

        assert not is_signed_in(client)

    def test_somebody_elses_session_is_not_found(self, client, cast):
        other = Client()
        sign_in(client, cast["rising"])
        sign_in(other, cast["individual"])
        row = UserSession.objects.get(session_key=other.session.session_key)

        assert client.post(reverse("members:session-end", args=[row.pk])).status_code == 404
        assert is_signed_in(other)

    def test_looking_ends_nothing(self, client, cast):
        sign_in(client, cast["rising"])
        row = UserSession.objects.get(session_key=client.session.session_key)

        assert client.get(reverse("members:session-end", args=[row.pk])).status_code == 405
        assert client.get(reverse("members:sessions-end")).status_code == 405
        assert is_signed_in(client)

    def test_as_many_statements_for_thirty_sessions_as_for_one(self, client, cast):
        sign_in(client, cast["rising"])
        client.get(reverse("members:sessions"))
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("members:sessions"))
        for _session in range(29):
            sign_in(Client(), cast["rising"])

        with CaptureQueriesContext(connection) as many:
            body = client.get(reverse("members:sessions")).content.decode()

        assert body.count("<tr>") == 31
        assert len(many) == len(few)


class TestLeaving:
    def test_a_caught_cookie_is_worth_nothing_after_signing_out(self, client, cast):
        sign_in(client, cast["rising"])
        caught = client.cookies["session"].value

        response = client.post(reverse("account_logout"))

        thief = Client()
        thief.cookies["session"] = caught
        assert not is_signed_in(thief)
        assert "cache" in response.headers["Clear-Site-Data"]
        assert AuditEvent.objects.get(verb=Verb.SIGNED_OUT).facts == {"reason": "asked"}
        assert not UserSession.objects.filter(user=cast["rising"]).exists()

    def test_the_session_has_another_key_after_signing_in(self, client, cast):
        client.get(reverse("account_login"))
        session = client.session
        session["before"] = True
        session.save()
        client.cookies["session"] = session.session_key
        before = session.session_key

        client.post(reverse("account_login"), {"login": cast["rising"].email, "password": PASSWORD})

        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()


class TestNewPassword:
    def test_changed_it_ends_the_others_and_keeps_this_one(self, client, cast):
        other = Client()
        sign_in(client, cast["rising"])
        sign_in(other, cast["rising"])
        typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

        client.post(reverse("account_change_password"), typed)

        assert is_signed_in(client)
        assert not is_signed_in(other)
        assert UserSession.objects.filter(user=cast["rising"]).count() == 1
        assert AuditEvent.objects.get(verb=Verb.FACTOR_CHANGED).facts == {"change": "password_changed"}
        assert Notice.objects.get(user=cast["rising"]).facts == {"about": "password_changed"}

    @pytest.mark.parametrize("password", ["short", "prevention-platform", "123456789012", "rising@cast.test"])
    def test_a_poor_one_changes_nothing(self, client, cast, password):
        sign_in(client, cast["rising"])

        client.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": password, "password2": password}
        )

        assert User.objects.get(pk=cast["rising"].pk).check_password(PASSWORD)
        assert not AuditEvent.objects.filter(verb=Verb.FACTOR_CHANGED).exists()

    def test_without_the_old_one_nothing_changes(self, client, cast):
        sign_in(client, cast["rising"])

        client.post(
            reverse("account_change_password"),
            {"oldpassword": "wrong-wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )

        assert User.objects.get(pk=cast["rising"].pk).check_password(PASSWORD)

    def reset_link(self, user):
        text = NoticeText.objects.get(notice__user=user, notice__facts={"about": "password_reset_key"}).plain
        return next(word for word in text.split() if word.startswith("http"))

    def test_a_reset_ends_all_sessions_and_signs_nobody_in(self, client, cast, settings):
        user, other = cast["rising"], Client()
        sign_in(other, user)
        client.post(reverse("account_reset_password"), {"email": user.email})
        link = self.reset_link(user)
        assert link.startswith(settings.BASE_URL)

        form = client.get(link.removeprefix(settings.BASE_URL))
        client.post(form.url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

        assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)
        assert not is_signed_in(other)
        assert not is_signed_in(client)
        assert AuditEvent.objects.filter(verb=Verb.RESET_ASKED).count() == 1
        assert AuditEvent.objects.get(verb=Verb.FACTOR_CHANGED).facts == {"change": "password_reset"}
        again = client.get(link.removeprefix(settings.BASE_URL))
        assert again.status_code == 200
        assert again.context["token_fail"]

    def test_a_reset_link_is_over_in_an_hour(self, cast, settings):
        assert settings.PASSWORD_RESET_TIMEOUT == HOURS

    def test_a_forged_host_does_not_change_the_link(self, client, cast, settings):
        settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example"]

        client.post(
            reverse("account_reset_password"), {"email": cast["rising"].email}, headers={"host": "elsewhere.example"}
        )

        assert self.reset_link(cast["rising"]).startswith(settings.BASE_URL)

    def test_mails_do_not_leave_in_the_request(self, client, cast, mailoutbox):
        client.post(reverse("account_reset_password"), {"email": cast["rising"].email})

        assert mailoutbox == []
        assert Notice.objects.get(user=cast["rising"]).state == "new"


class TestNewAddress:
    NEW = "rising-anew@example.org"

    def ask(self, client, user):
        sign_in(client, user, factor=False)
        confirm(client)
        return client.post(reverse("account_email"), {"action_add": "", "email": self.NEW})

    def code(self):
        text = NoticeText.objects.get(notice__address=self.NEW, notice__facts={"about": "email_confirmation"}).plain
        return text.split("\n\n")[1].strip()

    def test_a_code_proves_it_and_both_addresses_are_told(self, client, cast):
        user = cast["rising"]
        response = self.ask(client, user)
        assert response.url == reverse("account_email_verification_sent")
        assert User.objects.get(pk=user.pk).email == user.email

        client.post(response.url, {"code": self.code()})

        assert User.objects.get(pk=user.pk).email == self.NEW
        told = Notice.objects.filter(facts={"about": "email_changed"})
        assert {notice.address or notice.user.email for notice in told} == {user.email, self.NEW}
        assert AuditEvent.objects.get(verb=Verb.FACTOR_CHANGED).facts == {"change": "email_changed"}
        assert is_signed_in(client)

    def test_a_wrong_code_changes_nothing(self, client, cast):
        user = cast["rising"]
        response = self.ask(client, user)

        for _attempt in range(3):
            client.post(response.url, {"code": "000000"})
        client.post(response.url, {"code": self.code()})

        assert User.objects.get(pk=user.pk).email == user.email

    def test_without_confirming_who_one_is_nothing_is_sent(self, client, cast):
        sign_in(client, cast["rising"], factor=False)

        response = client.post(reverse("account_email"), {"action_add": "", "email": self.NEW})

        assert response.url.startswith(reverse("account_reauthenticate"))
        assert not Notice.objects.filter(address=self.NEW).exists()

    def test_who_has_only_links_sets_a_password_first(self, client, cast):
        user = accounts.open_login(email="links-only@example.org", by=None)
        sign_in(client, user, factor=False)

        response = client.post(reverse("account_email"), {"action_add": "", "email": self.NEW})

        assert response.context["form"].errors["email"]
        assert not Notice.objects.filter(address=self.NEW).exists()

    def test_another_members_address_cannot_be_taken(self, client, cast):
        user = cast["rising"]
        sign_in(client, user, factor=False)
        confirm(client)
        response = client.post(reverse("account_email"), {"action_add": "", "email": cast["individual"].email})

        assert response.url == reverse("account_email_verification_sent")
        text = NoticeText.objects.get(notice__facts={"about": "email_confirmation"}).plain
        client.post(response.url, {"code": text.split("\n\n")[1].strip()})

        assert User.objects.get(pk=user.pk).email == user.email
        assert User.objects.get(pk=cast["individual"].pk).email == cast["individual"].email


class TestRecord:
    def test_one_row_for_each_sign_in_with_its_methods(self, client, cast):
        client.post(reverse("account_login"), {"login": cast["rising"].email, "password": PASSWORD})

        event = AuditEvent.objects.get(verb=Verb.SIGNED_IN)
        assert (event.target, event.by, event.facts) == (cast["rising"], cast["rising"], {"methods": ["password"]})

    @pytest.mark.parametrize("known", [True, False])
    def test_one_row_for_each_failure_without_the_address(self, client, cast, known):
        email = cast["rising"].email if known else "nobody@example.org"
        client.post(reverse("account_login"), {"login": email, "password": "wrong-wrong"})

        event = AuditEvent.objects.get(verb=Verb.SIGN_IN_FAILED)
        assert event.target == (cast["rising"] if known else None)
        assert (event.by, event.facts) == (None, {"method": "password"})

    def test_guessing_is_slowed_and_a_key_would_still_open(self, client, cast):
        for _attempt in range(5):
            client.post(reverse("account_login"), {"login": cast["rising"].email, "password": "wrong-wrong"})

        client.post(reverse("account_login"), {"login": cast["rising"].email, "password": PASSWORD})

        assert SESSION_KEY not in client.session
        assert AuditEvent.objects.filter(verb=Verb.SIGN_IN_FAILED).count() == 5

    def test_a_failed_confirmation_is_told_from_a_failed_sign_in(self, client, cast):
        sign_in(client, cast["rising"], factor=False)

        client.post(reverse("account_reauthenticate"), {"password": "wrong-wrong"})

        assert AuditEvent.objects.get(verb=Verb.CONFIRMATION_FAILED).by == cast["rising"]
        assert not AuditEvent.objects.filter(verb=Verb.SIGN_IN_FAILED).exists()


class TestCommand:
    def run(self, *arguments):
        said = StringIO()
        call_command("end_sessions", *arguments, stdout=said)
        return said.getvalue()

    def test_ends_those_of_one_user(self, client, cast):
        other = Client()
        sign_in(client, cast["rising"])
        sign_in(other, cast["individual"])

        assert self.run("--email", cast["rising"].email) == "1 sessions ended.\n"
        assert not is_signed_in(client)
        assert is_signed_in(other)

    def test_ends_those_of_everybody(self, client, cast):
        sign_in(client, cast["rising"])

        self.run("--everybody")

        assert not is_signed_in(client)
        assert not UserSession.objects.exists()

    def test_says_that_it_knows_nobody(self, cast):
        with pytest.raises(CommandError, match="no login"):
            self.run("--email", "nobody@example.org")


class TestSecurityPage:
    def test_language_and_time_zone_are_kept(self, client, cast):
        sign_in(client, cast["rising"])

        client.post(reverse("members:security"), {"language": "fr", "time_zone": "Africa/Nairobi"})

        user = User.objects.get(pk=cast["rising"].pk)
        assert (user.language, user.time_zone) == ("fr", "Africa/Nairobi")

    def test_a_time_zone_under_its_former_name_stays_but_is_not_offered(self, client, cast):
        def offered():
            page = client.get(reverse("members:security"))
            return [value for value, _label in page.context["form"].fields["time_zone"].choices]

        sign_in(client, cast["rising"])
        assert {"UTC", "Asia/Kolkata", "Africa/Kampala", "Europe/Oslo"} <= set(offered())
        assert not {"Asia/Calcutta", "US/Eastern", "Europe/Kiev"} & set(offered())

        User.objects.filter(pk=cast["rising"].pk).update(time_zone="Asia/Calcutta")
        assert "Asia/Calcutta" in offered()
        client.post(reverse("members:security"), {"language": "fr", "time_zone": "Asia/Calcutta"})

        user = User.objects.get(pk=cast["rising"].pk)
        assert (user.language, user.time_zone) == ("fr", "Asia/Calcutta")

    @pytest.mark.parametrize(
        "typed",
        [{"language": "xx", "time_zone": "UTC"}, {"language": "fr", "time_zone": "Mars/Base"}, {"language": "fr"}],
    )
    def test_what_does_not_exist_is_refused(self, client, cast, typed):
        sign_in(client, cast["rising"])

        response = client.post(reverse("members:security"), typed)

        assert response.context["form"].errors
        user = User.objects.get(pk=cast["rising"].pk)
        assert (user.language, user.time_zone) == ("en", "UTC")

    def test_is_for_who_is_signed_in(self, client, cast):
        assert client.get(reverse("members:security")).url.startswith(reverse("account_login"))
