"""By which address attempts are counted: the one that the counted proxies saw, whatever a visitor claims."""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import EntryLink

pytestmark = pytest.mark.django_db
ALLOWED = 20
"""Links an hour for one network address (`ACCOUNT_RATE_LIMITS`)."""


def ask(number, **headers):
    Client(headers=headers).post(reverse("members:enter"), {"email": f"reader-{number}@example.org"})


def test_without_a_proxy_a_forwarding_header_changes_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number in range(ALLOWED + 5):
        ask(number, x_forwarded_for=f"203.0.113.{number}", x_real_ip=f"203.0.113.{number}")

    assert EntryLink.objects.count() == ALLOWED


def test_behind_a_proxy_what_stands_before_its_own_entry_is_not_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(ALLOWED + 5):
        ask(number, x_forwarded_for=f"203.0.113.{number}, 198.51.100.7")
    assert EntryLink.objects.count() == ALLOWED

    ask(99, x_forwarded_for="203.0.113.1, 198.51.100.8")
    assert EntryLink.objects.count() == ALLOWED + 1
