"""People who use the portal in a browser: they read their mail, sign in, apply, screen and vote."""

import re
import time
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import Argon2PasswordHasher

from members.actions import accounts
from members.models import User
from tests.people import PASSWORD
from tests.portal import wait_until

PERIOD_SECONDS = 30
TYPED_WITHIN_SECONDS = 4
ARGON2 = Argon2PasswordHasher()


def code_now(user: User) -> str:
    """The code that the user's authenticator app shows now; the app is enrolled first if there is none.

    Like people, it waits for the next code where the time that is left would not do for typing this one.
    """
    if (left := PERIOD_SECONDS - time.time() % PERIOD_SECONDS) < TYPED_WITHIN_SECONDS:
        time.sleep(left)
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    secret = decrypt((app or TOTP.activate(user, generate_totp_secret()).instance).data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_SECONDS))


def may_sign_in(user: User, password=PASSWORD):
    """Let somebody of the cast sign in at the running portal: proven address, a password hashed as it does, an app."""
    accounts.prove_address(user)
    User.objects.filter(pk=user.pk).update(password=ARGON2.encode(password, ARGON2.salt()))
    code_now(user)


def link_in_mail(sink, address, *, containing, beyond=0) -> str:
    """The path of a link with some words in it, from the newest mail to an address beyond the first so many."""

    def found():
        for message in reversed(sink.to(address)[beyond:]):
            text = message.get_body(("plain",)).get_content()
            links = [link for link in re.findall(r"https?://\S+", text) if containing in link]
            if links:
                parts = urlsplit(links[-1])
                return parts.path + (f"?{parts.query}" if parts.query else "")
        return None

    return wait_until(found, what=f"a mail to {address} with a link to {containing}")


def mail_about(sink, address, words):
    """The newest mail to an address that has some words in it, once it has come."""
    return wait_until(
        lambda: next(
            (
                message
                for message in reversed(sink.to(address))
                if words in message["Subject"] or words in message.get_body(("plain",)).get_content()
            ),
            None,
        ),
        what=f"a mail to {address} that says {words}",
    )


def press(page, name):
    """Press the button of this name in the page's main part, and wait for the page that follows."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page, name):
    """Follow the link of this name in the page's main part."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def heading(page) -> str:
    """The page's one main heading."""
    assert page.locator("h1").count() == 1
    return page.locator("h1").inner_text()


def fill(page, values):
    """Fill a form by the names of its fields, as a reader would: whatever kind each field is."""
    for name, value in values.items():
        field = page.locator(f"[name='{name}']")
        kind = field.first.evaluate("element => element.type")
        if value == "on":
            field.check(force=True)
        elif kind in ("radio", "checkbox"):
            for wanted in value if isinstance(value, list) else [value]:
                page.locator(f"[name='{name}'][value='{wanted}']").check(force=True)
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def sign_in(page, user: User, password=PASSWORD):
    """Sign in by the ordinary form, with the second factor if it is asked for."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", password)
    needs_code = Authenticator.objects.filter(user=user).exists()
    press(page, "Sign in")
    if needs_code:
        page.fill("[name=code]", code_now(user))
        press(page, "Sign in")
    assert heading(page) == "Today", page.locator("main").inner_text()
