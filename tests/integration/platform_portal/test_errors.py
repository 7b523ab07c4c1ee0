"""Error pages say what to do, and nothing about the machine."""

import pytest
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from members.kernel.tokens import new_token
from members.models import User
from platform_portal import errors
from platform_portal.logs import LineFormatter


@pytest.mark.django_db
def test_an_absent_page_is_a_page_of_the_portal(client):
    response = client.get("/nothing-here/")

    assert response.status_code == 404
    assert response.content.count(b"<h1") == 1


@pytest.mark.django_db
def test_a_form_without_its_token_says_how_to_go_on():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@example.org"})

    assert response.status_code == 403
    assert response.content.count(b"<h1") == 1


def test_a_fault_of_the_portal_shows_nothing_of_it(rf):
    try:
        raise ValueError("a secret of the machine")
    except ValueError:
        response = errors.server_error(rf.get("/"))

    assert response.status_code == 500
    assert b"secret" not in response.content
    assert "Retry-After" not in response


def test_a_database_that_does_not_answer_is_a_pause_not_a_fault(rf):
    try:
        raise OperationalError("connection to server on socket failed")
    except OperationalError:
        response = errors.server_error(rf.get("/"))

    assert response.status_code == 503
    assert int(response["Retry-After"]) == errors.RETRY_AFTER_SECONDS
    assert b"socket" not in response.content


@pytest.mark.parametrize(
    ("handler", "status"),
    [(errors.bad_request, 400), (errors.permission_denied, 403), (errors.page_not_found, 404)],
)
@pytest.mark.django_db
def test_each_refusal_has_its_page(rf, handler, status):
    response = handler(rf.get("/"), Http404("a secret of the machine"))

    assert response.status_code == status
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_the_address_of_a_button_is_no_page_and_says_so(client):
    client.force_login(User.objects.create_user("reader@example.org"))
    response = client.get(reverse("members:desk-prepare", args=["APP-2026-0001"]))

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response.content.count(b"<h1") == 1
    assert b"belongs to a button" in response.content


@pytest.mark.django_db
def test_who_was_refused_what_is_in_the_log_and_no_secret_of_an_address(client, caplog):
    reader = User.objects.create_user("reader@example.org")
    client.force_login(reader)
    token = new_token()

    assert client.get(reverse("health-status")).status_code == 403
    assert Client(enforce_csrf_checks=True).post(reverse("members:entry-link", args=[token])).status_code == 403

    lines = [LineFormatter().format(record) for record in caplog.records]
    assert [(record.name, record.getMessage()) for record in caplog.records if record.name == "portal.security"] == [
        ("portal.security", f"access refused to {reader.public_id}: GET health-status")
    ]
    assert not [line for line in lines if token in line or "reader@" in line]
    assert any("/enter/…/" in line for line in lines)
