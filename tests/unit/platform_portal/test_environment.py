"""What the portal says when its environment is wrong: the variable's name, and what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from platform_portal import environment

LONG_KEY = "k" * 50


def test_production_is_the_default():
    assert environment.mode({}) == environment.PRODUCTION


def test_an_unknown_mode_is_refused_with_the_known_ones():
    with pytest.raises(ImproperlyConfigured, match="'staging'. Set it to one of: production, demo, test"):
        environment.mode({"PORTAL_MODE": "staging"})


@pytest.mark.parametrize("value", [{}, {"DATABASE_URL": ""}, {"DATABASE_URL": "  "}])
def test_what_production_needs_is_named_with_a_way_out(value):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not set.*Do this.*make run"):
        environment.required(value, "DATABASE_URL", advice="Do this.")


@pytest.mark.parametrize(("key", "message"), [("", "SECRET_KEY is not set"), ("short", "SECRET_KEY has 5 characters")])
def test_a_weak_secret_key_is_refused(key, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.secret_key({"SECRET_KEY": key})


def test_a_local_secret_key_is_made_once_and_kept_private(tmp_path):
    first = environment.local_secret_key(tmp_path / "var")

    assert environment.local_secret_key(tmp_path / "var") == first
    assert len(first) >= environment.SHORTEST_SECRET_KEY
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("hosts", "message"),
    [("", "ALLOWED_HOSTS is not set"), (" , ", "ALLOWED_HOSTS is not set"), ("a.org,*", "contains")],
)
def test_hosts_must_be_named(hosts, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.allowed_hosts({"ALLOWED_HOSTS": hosts})


def test_hosts_are_a_list():
    assert environment.allowed_hosts({"ALLOWED_HOSTS": "portal.example.org, www.example.org"}) == [
        "portal.example.org",
        "www.example.org",
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "BASE_URL is not set"),
        ("http://portal.example.org", "https:// address without a path"),
        ("https://portal.example.org/members", "https:// address without a path"),
        ("portal.example.org", "https:// address without a path"),
        ("https://elsewhere.example.org", "ALLOWED_HOSTS lacks"),
    ],
)
def test_links_in_mails_must_lead_to_the_portal_itself(address, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.base_url({"BASE_URL": address}, ["portal.example.org"])


def test_the_address_has_no_slash_at_its_end():
    address = environment.base_url({"BASE_URL": "https://portal.example.org/"}, ["portal.example.org"])

    assert address == "https://portal.example.org"


def test_demo_is_not_served_to_others():
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS names portal.example.org.*demo.*known to everyone"):
        environment.ensure_loopback("ALLOWED_HOSTS", ["localhost", "portal.example.org"], where="demo")


def test_demo_is_served_on_loopback():
    environment.ensure_loopback("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], where="demo")


@pytest.mark.parametrize("value", ["-1", "two", "1.5", ""])
def test_a_count_is_a_whole_number(value):
    with pytest.raises(ImproperlyConfigured, match="PORTAL_TRUSTED_PROXIES"):
        environment.whole_number({"PORTAL_TRUSTED_PROXIES": value}, "PORTAL_TRUSTED_PROXIES", 0)


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "use_ssl"),
    [
        ("smtp://relay.example.org", 587, True, False),
        ("smtp://relay.example.org:2525?tls=starttls", 2525, True, False),
        ("smtp://relay.example.org?tls=implicit", 465, False, True),
        ("smtp://localhost", 25, False, False),
    ],
)
def test_mail_goes_out_encrypted_except_on_this_machine(url, port, use_tls, use_ssl):
    options = environment.mailer(url, tls_demanded=True)["OPTIONS"]

    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, use_tls, use_ssl)
    assert options["timeout"] == environment.SMTP_TIMEOUT_SECONDS


def test_mail_credentials_may_hold_any_character():
    options = environment.mailer("smtp://portal%40example.org:p%2Fw%3A@relay.example.org", tls_demanded=True)["OPTIONS"]

    assert (options["username"], options["password"]) == ("portal@example.org", "p/w:")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("smtp://relay.example.org?tls=none", "tls=none to another machine"),
        ("smtp://relay.example.org?tls=perhaps", "Use one of: none, starttls, implicit"),
        ("relay.example.org:587", "must look like"),
        ("https://relay.example.org", "must look like"),
    ],
)
def test_mail_in_the_clear_is_refused(url, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.mailer(url, tls_demanded=True)
