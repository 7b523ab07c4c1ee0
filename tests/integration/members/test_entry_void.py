"""Links on their way are void once a way of signing in has changed: whoever read the mail before comes in no more."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.actions import entry
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import Application, AuditEvent, EntryLink, Tier, User
from secretariat.models import NoticeText
from tests.people import PASSWORD
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PASSWORD = "the heron crossed the river"
NEW_ADDRESS = "rising-anew@example.org"
CHANGED = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def user(cast):
    return cast["rising"]


def confirmed(client, user, *, factor=False):
    """Signed in, and asked who one is a moment ago."""
    sign_in(client, user, factor=factor, confirmed=factor)
    if not factor:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def change_password(client, user):
    sign_in(client, user, factor=False).post(reverse("account_change_password"), CHANGED)


def reset_password(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})
    text = NoticeText.objects.get(notice__facts={"about": "password_reset_key"}).plain
    address = next(word for word in text.split() if word.startswith("http"))
    form = client.get("/" + address.split("/", 3)[3])
    client.post(form.url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


def set_up_codes(client, user):
    confirmed(client, user).post(reverse("mfa_generate_recovery_codes"))


def remove_app(client, user):
    confirmed(client, user, factor=True).post(reverse("mfa_deactivate_totp"))


def change_address(client, user):
    confirmed(client, user).post(reverse("account_email"), {"action_add": "", "email": NEW_ADDRESS})
    text = NoticeText.objects.get(notice__address=NEW_ADDRESS, notice__facts={"about": "email_confirmation"}).plain
    client.post(reverse("account_email_verification_sent"), {"code": text.split("\n\n")[1].strip()})


CHANGES = (change_password, reset_password, set_up_codes, remove_app, change_address)


def link_to(email, tier=None):
    return entry.ask(email=email, language="en", tier=Tier.objects.get(short_name=tier) if tier else None)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changes_they_let_nobody_in(client, user, change):
    addresses = [user.email, NEW_ADDRESS] if change is change_address else [user.email]
    links = [link_to(email, tier) for email in addresses for tier in (None, "individual")]
    change(client, user)
    assert AuditEvent.objects.filter(verb=Verb.FACTOR_CHANGED).count() == 1
    before = Application.objects.count(), User.objects.count(), AuditEvent.objects.count()

    for link in links:
        other = Client()
        assert other.post(entry.address_of(link)).status_code == 410
        assert SESSION_KEY not in other.session

    assert (Application.objects.count(), User.objects.count(), AuditEvent.objects.count()) == before


def test_a_fresh_one_lets_in_as_ever(client, user):
    change_password(client, user)
    other = Client()
    other.post(entry.address_of(link_to(user.email)))
    assert SESSION_KEY in other.session


def test_those_of_others_and_what_an_organisation_offers_stay(client, user, cast):
    asked = link_to(cast["individual"].email)
    invited = entry.invite(
        organisation=cast.organisations["institution"], email=user.email, role="delegate", by=cast["institution"]
    )
    change_password(client, user)
    usable = EntryLink.objects.usable(at=database_now())
    assert set(usable.values_list("pk", flat=True)) == {asked.pk, invited.pk}


def test_a_wrong_password_voids_none(client, user):
    link = link_to(user.email)
    sign_in(client, user).post(reverse("account_change_password"), CHANGED | {"oldpassword": "not it"})
    assert EntryLink.objects.usable(at=database_now()).filter(pk=link.pk).exists()
