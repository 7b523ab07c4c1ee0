"""Whoever's login is put out of use is told, though they cannot sign in to read it; nobody else is."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from members.actions import accounts
from members.kernel.refusals import Refused
from members.models import User
from secretariat.choices import Kind
from secretariat.models import Notice
from secretariat.tasks import delivery
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    """The cast, and nothing told yet of how it came about."""
    Notice.objects.all().delete()
    return cast


def test_the_holder_gets_one_mail_in_their_language_and_nobody_else_is_told(client, world):
    User.objects.filter(pk=world["rising"].pk).update(language="fr")
    sign_in(client, world["secretariat-1"])
    chosen = {"action": "close_logins", "_selected_action": [world["rising"].pk], "index": "0"}
    client.post(reverse("admin:members_user_changelist"), chosen)
    notice = Notice.objects.get()
    assert (notice.kind, notice.user, notice.in_inbox) == (Kind.LOGIN_CLOSED, world["rising"], False)
    delivery.deliver_due()
    [letter] = mail.outbox
    assert letter.to == ["rising@cast.test"]
    assert letter.subject.startswith("Votre compte est hors")
    assert letter.message()["Reply-To"] == settings.CONTACT_EMAIL
    assert "secretariat-1" not in letter.body
    assert "Officer" not in letter.body


def test_what_is_refused_or_only_ends_sessions_or_reopens_tells_nobody(world):
    officer = world["secretariat-1"]
    for user in (officer, world["out-of-use"]):
        with pytest.raises(Refused):
            accounts.close_login(user=user, by=officer)
    accounts.end_sessions(user=world["rising"], by=officer)
    accounts.reopen_login(user=world["out-of-use"], by=officer)
    assert not Notice.objects.exists()
