"""Second factors in a real browser: a passkey is set up where one is demanded, and signs in alone afterwards."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import expect

from members.actions import accounts
from members.models import User
from tests import people
from tests.browser.actors import ARGON2, follow, heading, press
from tests.people import PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def member():
    """A steering member with a password and no second factor yet."""
    cache.clear()
    user = people.assemble()["steering-2"]
    accounts.prove_address(user)
    User.objects.filter(pk=user.pk).update(password=ARGON2.encode(PASSWORD, ARGON2.salt()))
    return user


def give_device(page):
    """Let the browser's device answer for passkeys, as a finger on the sensor does."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def type_password(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def sign_out(page):
    page.goto("/accounts/logout/")
    press(page, "Sign out")


def test_a_passkey_is_set_up_where_it_is_demanded_and_signs_in_alone(member, visit):
    page = visit()
    give_device(page)
    type_password(page, member)
    assert heading(page) == "Set up a second factor"
    page.goto("/ballots/")
    assert heading(page) == "Set up a second factor"

    follow(page, "Add a key")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Confirm")
    assert page.get_by_label("Sign in with this key alone").is_checked()
    press(page, "Add the key")
    expect(page).to_have_url(re.compile("/accounts/2fa/recovery-codes/"))
    assert Authenticator.objects.filter(user=member, type="webauthn").count() == 1
    page.goto("/ballots/")
    assert heading(page) == "Ballots"

    sign_out(page)
    page.goto("/accounts/login/")
    press(page, "Sign in with a passkey")
    expect(page).to_have_url(re.compile("/today/"))
    page.goto("/ballots/")
    assert heading(page) == "Ballots"


def test_printed_codes_do_without_javascript(member, visit):
    page = visit(java_script_enabled=False)
    type_password(page, member)
    follow(page, "Print codes")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Confirm")
    press(page, "Make codes")
    codes = Authenticator.objects.get(user=member).wrap().get_unused_codes()
    expect(page.get_by_text(codes[0])).to_be_visible()

    sign_out(page)
    type_password(page, member)
    assert heading(page) == "Second factor"
    page.get_by_label("Code").fill(codes[0])
    press(page, "Sign in")

    expect(page).to_have_url(re.compile("/today/"))
