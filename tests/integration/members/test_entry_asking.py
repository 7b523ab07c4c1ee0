"""Asking for a link: the same answer for every address, a mail for each, and not too many."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import entry
from members.choices.applications import LinkPurpose
from members.choices.verbs import Verb
from members.models import Application, AuditEvent, EntryLink, Tier, User
from secretariat.models import Notice
from tests.signing_in import sign_in

TYPED = "somebody@example.org"


class CountingHasher(MD5PasswordHasher):
    """MD5, counting how often it is asked."""

    algorithm = "counting"
    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.fixture
def fresh_limits(db):
    """Nobody has asked for anything yet."""
    cache.clear()


@pytest.fixture
def addresses(cast):
    """An address of every kind of stranger and friend. They are equally long, so that pages can be compared."""
    kinds = {
        "member": cast["individual"].email,
        "steering": cast["steering-1"].email,
        "applicant": cast["applicant"].email,
        "out of use": cast["out-of-use"].email,
        "invited": "invited@cast.test",
        "nobody": "nobody@cast.test",
    }
    entry.invite(
        organisation=cast.organisations["institution"], email=kinds["invited"], role="delegate", by=cast["institution"]
    )
    return kinds


def shown(response, email=TYPED):
    """The page, with what differs each time blotted out: the address, the form's token, the nonce."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", response.content.decode())
    return body.replace(email, "ADDRESS")


def answer_to(path, email):
    """Everything a stranger can observe of an answer, with the address itself blotted out."""
    client = Client()
    CountingHasher.calls = 0
    with CaptureQueriesContext(connection) as queries:
        response = client.post(path, {"email": email})
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return {
        "status": response.status_code,
        "headers": {**headers, "Content-Security-Policy": ""},
        "body": shown(response, email),
        "cookies": sorted(response.cookies),
        "statements": [shape(query["sql"]) for query in queries],
        "hashes": CountingHasher.calls,
    }


def shape(sql):
    """The verb and the table of a statement, without its values."""
    words = sql.replace('"', "").split()
    tables = [word for word in words if word.startswith(("members_", "secretariat_", "portal_cache", "account_"))]
    return words[0], tables[0].partition("(")[0].partition(".")[0] if tables else ""


@pytest.mark.django_db
class TestTheSameAnswer:
    @pytest.mark.parametrize("path", ["/apply/individual/", "/enter/"])
    def test_whatever_is_known_of_the_address(self, path, addresses, fresh_limits, settings):
        settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
        answers = {}
        for kind, email in addresses.items():
            cache.clear()
            answer_to(path, "warm-up@cast.test")
            cache.clear()
            answers[kind] = answer_to(path, email)

        expected = answers["nobody"]
        assert expected["status"] == 200
        assert expected["hashes"] == 0
        assert ("INSERT", "members_entrylink") in expected["statements"]
        assert {kind for kind, answer in answers.items() if answer != expected} == set()

    def test_the_answer_names_the_address_as_typed_and_nothing_else(self, client, cast, fresh_limits):
        body = client.post("/enter/", {"email": cast["individual"].email}).content.decode()

        assert cast["individual"].email in body
        assert cast.person("individual").name not in body

    def test_a_password_reset_answers_alike_too(self, addresses, fresh_limits, settings):
        settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
        answers = {}
        for kind, email in addresses.items():
            cache.clear()
            answers[kind] = answer_to(reverse("account_reset_password"), email)

        assert answers["nobody"]["headers"]["Location"] == reverse("account_reset_password_done")
        assert {kind for kind, answer in answers.items() if answer != answers["nobody"]} == set()

    def test_a_wrong_password_answers_alike_too(self, addresses, fresh_limits, settings):
        settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]
        for user in User.objects.all():
            user.set_password("another-password-of-theirs")
            user.save()
        answers = {}
        for kind, email in addresses.items():
            cache.clear()
            client = Client()
            CountingHasher.calls = 0
            with CaptureQueriesContext(connection) as queries:
                response = client.post(reverse("account_login"), {"login": email, "password": "wrong-wrong-wrong"})
            answers[kind] = (response.status_code, shown(response, email), CountingHasher.calls, len(queries))

        assert {kind for kind, answer in answers.items() if answer != answers["nobody"]} == set()


@pytest.mark.django_db
class TestTheLink:
    def test_is_written_with_the_record_and_its_notice(self, client, cast, fresh_limits):
        before = AuditEvent.objects.filter(verb=Verb.ENTRY_ASKED).count()

        client.post("/apply/rising-leaders/", {"email": " Somebody@Example.ORG "}, headers={"accept-language": "fr"})

        link = EntryLink.objects.get()
        assert (link.email, link.purpose, link.tier.short_name) == (TYPED, LinkPurpose.APPLICATION, "rising-leaders")
        assert link.language == "fr"
        assert AuditEvent.objects.filter(verb=Verb.ENTRY_ASKED).count() == before + 1
        notice = Notice.objects.get(address=TYPED)
        assert notice.user is None
        assert notice.language == "fr"

    def test_its_secret_is_nowhere_in_the_database(self, client, cast, fresh_limits):
        client.post("/enter/", {"email": TYPED})
        secret = entry.address_of(EntryLink.objects.get()).rstrip("/").rpartition("/")[2]

        assert len(secret) == 43
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND data_type IN ('text', 'character varying', 'jsonb')"
            )
            for table, column in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', [f"%{secret}%"])
                assert cursor.fetchone() == (0,), (table, column)

    def test_the_record_holds_no_address(self, client, cast, fresh_limits):
        client.post("/enter/", {"email": TYPED})

        assert TYPED not in str(AuditEvent.objects.get(verb=Verb.ENTRY_ASKED).facts)

    def test_asking_opens_no_login_and_no_application(self, client, cast, fresh_limits):
        users, applications = User.objects.count(), Application.objects.count()

        client.post("/apply/individual/", {"email": TYPED})

        assert (User.objects.count(), Application.objects.count()) == (users, applications)
        assert not EmailAddress.objects.filter(email=TYPED).exists()

    @pytest.mark.parametrize(
        "typed", ["", "no-address", "a@b", "x" * 250 + "@example.org", "two@example.org,three@example.org"]
    )
    def test_what_is_no_address_is_refused_beside_the_field(self, client, cast, fresh_limits, typed):
        response = client.post("/apply/individual/", {"email": typed})

        assert response.status_code == 200
        assert "email" in response.context["form"].errors
        assert not EntryLink.objects.exists()

    def test_an_unknown_tier_is_not_found(self, client, cast):
        assert client.get("/apply/gold/").status_code == 404
        assert client.post("/apply/gold/", {"email": TYPED}).status_code == 404
        assert not EntryLink.objects.exists()


@pytest.mark.django_db
class TestLimits:
    def test_one_address_gets_three_links_an_hour_and_the_answer_stays_the_same(self, client, cast, fresh_limits):
        answers = [client.post("/enter/", {"email": TYPED}) for _attempt in range(5)]

        assert {answer.status_code for answer in answers} == {200}
        assert len({shown(answer) for answer in answers}) == 1
        assert EntryLink.objects.count() == 3
        assert Notice.objects.filter(address=TYPED).count() == 3

    def test_one_network_address_gets_twenty_links_an_hour(self, client, cast, fresh_limits):
        for number in range(23):
            client.post("/enter/", {"email": f"somebody-{number}@example.org"})

        assert EntryLink.objects.count() == 20

    def test_looking_at_the_page_costs_nothing(self, client, cast, fresh_limits):
        for _attempt in range(30):
            client.get("/enter/")
        client.post("/enter/", {"email": TYPED})

        assert EntryLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_when_asked_all_at_once(cast, fresh_limits):
    def ask(_number):
        try:
            return Client().post("/enter/", {"email": TYPED}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(ask, range(12))) == {200}

    assert EntryLink.objects.count() == 3


@pytest.mark.django_db
class TestWhoIsSignedIn:
    def test_starts_at_once_without_a_mail(self, client, cast):
        sign_in(client, cast["applicant"])

        response = client.post("/apply/individual/")

        application = Application.objects.get(applicant=cast["applicant"])
        assert application.tier == Tier.objects.get(short_name="individual")
        assert response.url == reverse("members:application", args=[application.number])
        assert not EntryLink.objects.exists()

    def test_goes_on_with_the_pending_one(self, client, cast):
        sign_in(client, cast["applicant"])
        first = client.post("/apply/individual/").url

        assert client.post("/apply/individual/").url == first
        assert Application.objects.filter(applicant=cast["applicant"]).count() == 1

    def test_is_told_on_the_page_why_not(self, client, cast):
        sign_in(client, cast["individual"])

        response = client.post("/apply/individual/")

        assert response.status_code == 200
        assert response.context["form"].non_field_errors()
        assert not Application.objects.filter(applicant=cast["individual"]).exists()


@pytest.mark.django_db
def test_there_is_no_sign_up(client, cast):
    users = User.objects.count()

    response = client.post(reverse("account_signup"), {"email": TYPED, "password1": "the heron crossed slowly"})

    assert response.status_code == 200
    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert User.objects.count() == users
