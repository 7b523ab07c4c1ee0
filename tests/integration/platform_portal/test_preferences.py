"""Choosing a language, reading in one's own time zone, and leaving at once."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from members.kernel.instants import zone_of
from members.models import User
from tests.signing_in import sign_in


@pytest.mark.django_db
def test_a_visitor_chooses_a_language_and_comes_back_to_the_page(client, settings):
    response = client.post(reverse("set-language"), {"language": "ar", "next": "/privacy/?part=2"})

    assert response.status_code == 302
    assert response["Location"] == "/privacy/?part=2"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME]["httponly"]
    assert 'dir="rtl"' in client.get(reverse("privacy")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", ""],
)
def test_the_way_back_never_leads_elsewhere(client, elsewhere):
    response = client.post(reverse("set-language"), {"language": "fr", "next": elsewhere})

    assert response["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "xx", "en\r\nSet-Cookie: a=b", "../ar"])
def test_a_language_the_portal_does_not_speak_changes_nothing(client, settings, cast, language):
    sign_in(client, cast["individual"])

    response = client.post(reverse("set-language"), {"language": language, "next": "/"})

    assert response.status_code == 400
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    assert User.objects.get(pk=cast["individual"].pk).language == "en"


def test_a_chosen_language_is_kept_with_the_login_and_wins_over_the_browser(client, settings, cast):
    sign_in(client, cast["individual"])
    client.post(reverse("set-language"), {"language": "fr", "next": "/"})
    del client.cookies[settings.LANGUAGE_COOKIE_NAME]

    html = client.get(reverse("about"), headers={"Accept-Language": "es"}).content.decode()

    assert User.objects.get(pk=cast["individual"].pk).language == "fr"
    assert '<html lang="fr"' in html


def test_a_get_changes_no_language(client, cast):
    sign_in(client, cast["individual"])

    assert client.get(reverse("set-language"), {"language": "fr"}).status_code == 405
    assert User.objects.get(pk=cast["individual"].pk).language == "en"


def test_the_time_zone_of_one_reader_does_not_reach_the_next(client, cast):
    User.objects.filter(pk=cast["individual"].pk).update(time_zone="Africa/Nairobi")
    sign_in(client, cast["individual"])

    client.get(reverse("about"))

    assert timezone.get_current_timezone_name() == "UTC"


def test_an_unknown_time_zone_is_read_as_utc():
    assert zone_of("Mars/Olympus_Mons").key == "UTC"
    assert zone_of("../etc/passwd").key == "UTC"


def test_leaving_at_once_ends_the_session_and_clears_the_browser(client, cast):
    sign_in(client, cast["steering-1"])
    key = client.session.session_key

    response = client.post(reverse("leave"))

    assert response.status_code == 302
    assert response["Location"] == reverse("leave")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_page_after_leaving_says_nothing_of_the_platform(client):
    html = client.get(reverse("leave")).content.decode().lower()

    assert html.count("<h1") == 1
    assert not any(word in html for word in ("prevention", "platform", "portal", "stylesheet", "/static/", "sign in"))


def test_opening_the_address_of_leaving_signs_nobody_out(client, cast):
    sign_in(client, cast["steering-1"])

    client.get(reverse("leave"))

    assert "_auth_user_id" in client.session


def test_leaving_is_in_reach_on_every_page_of_someone_signed_in(client, cast):
    sign_in(client, cast["individual"])

    html = client.get(reverse("accessibility")).content.decode()

    assert f'action="{reverse("leave")}"' in html
