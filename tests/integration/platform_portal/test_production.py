"""What every response carries in production: asked of a process in production mode, on this worker's test database."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.integration.platform_portal.test_settings import COMPLETE
from tests.portal import collect_as_in_production, database_url

pytestmark = pytest.mark.django_db

ASK = """
import json
import django
django.setup()
from django.db import transaction
from django.test import Client
from members.actions import accounts

def seen(response):
    said = {name: dict(cookie) for name, cookie in response.cookies.items()}
    return {"status": response.status_code, "headers": dict(response.headers), "cookies": said}

asked = {}
with transaction.atomic():
    reader, right = "reader@example.org", "seven-grey-herons-9"
    accounts.open_login(email=reader, password=right, by=None)
    client = Client(headers={"host": "portal.example.org", "x-forwarded-proto": "https"})
    asked["page"] = client.get("/")
    asked["absent"] = client.get("/nothing-here/")
    asked["alive"] = client.get("/health/live")
    asked["static file"] = client.get("/static/img/favicon.svg")
    asked["form"] = client.get("/accounts/login/")
    asked["wrong password"] = client.post("/accounts/login/", {"login": reader, "password": "x"})
    asked["language"] = client.post("/language/", {"language": "fr"})
    asked["sign-in"] = client.post("/accounts/login/", {"login": reader, "password": right})
    asked["plain HTTP"] = Client(headers={"host": "portal.example.org"}).get("/")
    asked["another host"] = Client(headers={"host": "elsewhere.example", "x-forwarded-proto": "https"}).get("/")
    asked["forged host"] = Client(
        headers={"host": "portal.example.org", "x-forwarded-host": "elsewhere.example"}
    ).get("/about/")
    print(json.dumps({name: seen(response) for name, response in asked.items()}))
    transaction.set_rollback(True)
"""


@pytest.fixture(scope="module")
def production(django_db_setup, django_db_blocker, tmp_path_factory):
    """The responses by name: status, headers, and cookies with their attributes."""
    with django_db_blocker.unblock():
        collect_as_in_production()
        address = database_url()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {
        "DJANGO_SETTINGS_MODULE": "platform_portal.settings",
        "DATABASE_URL": address,
        "REDIS_URL": settings.REDIS_URL,
        "PORTAL_TRUSTED_PROXIES": "1",
        "PORTAL_VAR": str(tmp_path_factory.mktemp("var")),
        "PORTAL_STATIC": str(settings.STATIC_ROOT),
    }
    process = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=kept | COMPLETE | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_the_walk_meets_what_it_should(production):
    statuses = {name: response["status"] for name, response in production.items()}

    assert statuses == {
        "page": 200,
        "absent": 404,
        "alive": 200,
        "static file": 200,
        "form": 200,
        "wrong password": 200,
        "language": 302,
        "sign-in": 302,
        "plain HTTP": 301,
        "another host": 400,
        "forged host": 301,
    }


def test_every_cookie_is_bound_to_the_host_over_https_and_out_of_reach_of_scripts(production):
    cookies = {name: cookie for response in production.values() for name, cookie in response["cookies"].items()}

    assert set(cookies) >= {"__Host-session", "__Host-csrf", "__Host-language"}
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert cookie["path"] == "/"
        assert cookie["samesite"] == "Lax"
        assert cookie["domain"] == ""


def test_every_response_over_https_asks_for_https_from_then_on(production):
    over_http = {"plain HTTP", "forged host"}
    for name, response in production.items():
        if name not in over_http:
            assert response["headers"]["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_plain_http_leads_to_https_on_the_same_host(production):
    assert production["plain HTTP"]["headers"]["Location"] == "https://portal.example.org/"


def test_a_host_that_a_visitor_claims_by_a_forwarding_header_is_not_believed(production):
    assert production["forged host"]["headers"]["Location"] == "https://portal.example.org/about/"


@pytest.mark.parametrize("name", ["page", "absent", "alive", "static file", "language", "sign-in"])
def test_no_response_may_be_framed_or_taken_for_something_else(production, name):
    headers = production[name]["headers"]

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["page", "absent", "form", "wrong password"])
def test_every_page_has_the_policies(production, name):
    headers = production[name]["headers"]

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
