"""Pages that belong to one person are neither stored nor indexed."""

import pytest
from django.urls import reverse

from members.models import User

pytestmark = pytest.mark.django_db


def test_a_public_page_may_be_indexed_but_not_framed_or_embedded(client):
    response = client.get(reverse("about"))

    assert response.status_code == 200
    assert "X-Robots-Tag" not in response
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_page_for_a_signed_in_person_is_kept_by_nobody(client):
    client.force_login(User.objects.create_user("reader@example.org"))

    response = client.get(reverse("about"))

    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_answer_to_a_form_is_kept_by_nobody(client):
    response = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"


def test_what_is_absent_looks_the_same_to_a_signed_in_person(client):
    client.force_login(User.objects.create_user("reader@example.org"))

    response = client.get("/nothing-here/")

    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/nothing-here/", "/accounts/2fa/totp/deactivate/", "/admin/"])
def test_other_methods_are_refused_before_anybody_is_asked_who_they_are(
    client, django_assert_num_queries, method, path
):
    with django_assert_num_queries(0):
        response = client.generic(method, path)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert response["Cache-Control"] == "no-store, private"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response
