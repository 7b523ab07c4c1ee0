"""The three health addresses, with the servers up and down."""

import pytest
from django.urls import reverse


def test_live_answers_without_a_database(client):
    response = client.get(reverse("health-live"))

    assert response.status_code == 200
    assert response.content == b"alive\n"


@pytest.mark.django_db
def test_ready_says_that_the_database_answers(client):
    response = client.get(reverse("health-ready"))

    assert response.status_code == 200
    assert response.content == b"ready\n"
