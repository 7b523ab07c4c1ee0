"""The pages that everyone may read."""

import pytest
from django.urls import reverse

from members.actions import reference
from tests.signing_in import sign_in

TIERS = ("steering", "institutional", "individual", "rising-leaders")
PAGES = ("home", "about", "how-we-decide", "privacy", "accessibility")


@pytest.fixture
def world(db):
    """The platform as it is after its first day: tiers and rules, no people."""
    reference.load()


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_reads_every_public_page_in_every_language(client, world, settings, name, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert 'name="robots"' not in html


@pytest.mark.parametrize("name", PAGES)
def test_public_pages_are_read_only(client, db, name):
    assert client.post(reverse(name)).status_code == 405


def test_before_there_are_rules_or_decisions_the_pages_say_so(client, db):
    assert "No rule is in force yet" in client.get(reverse("how-we-decide")).content.decode()
    assert "No decision has been taken yet" in client.get(reverse("home")).content.decode()


def test_how_decisions_are_made_is_said_from_the_rule_in_force(client, world):
    html = client.get(reverse("how-we-decide")).content.decode()

    assert "Rule M-1, version 1" in html
    assert "at least two thirds" in html
    assert (
        "9 seats, 1 recused, 8 eligible; 5 Yes, 2 No, 1 silent. 5 Yes of 7 votes are needed. Result: Approved." in html
    )


def test_the_rule_is_named_in_the_language_of_the_reader(client, world):
    html = client.get(reverse("how-we-decide"), headers={"accept-language": "fr"}).content.decode()

    assert html.count("Admission d\u2019un membre") == 2
    assert "Mise à jour du concept" in html


def test_privacy_shows_the_table_that_the_portal_goes_by(client, world):
    html = client.get(reverse("privacy")).content.decode()

    assert "E-mail address" in html
    assert "Needed to carry out the membership" in html


def test_about_names_the_four_tiers_from_the_data(client, world):
    html = client.get(reverse("about")).content.decode()

    assert all(reverse("members:tier", args=[tier]) in html for tier in TIERS)


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_costs_few_statements(client, world, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(reverse(name))


def test_a_page_of_someone_signed_in_is_theirs_alone(client, cast):
    sign_in(client, cast["individual"])

    response = client.get(reverse("about"))

    assert 'content="noindex, nofollow"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
