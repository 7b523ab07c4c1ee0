"""What only the demonstration shows, and nobody else."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.urls import reverse

from platform_portal.mailbox import Mailbox, forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(settings, tmp_path):
    """Twenty-one mails in the demonstration's folder."""
    settings.MODE, settings.MAILBOX = "demo", tmp_path
    backend = EmailBackend(file_path=str(tmp_path))
    for number in range(21):
        text = f"Open http://localhost:8000/enter/token-{number}/ <script>alert(1)</script>"
        date = {"Date": f"Mon, 23 Nov 2026 09:{number:02}:00 +0000"}
        letter = EmailMessage(
            f"Letter {number}", text, "portal@demo.test", [f"reader-{number}@demo.test"], headers=date
        )
        backend.send_messages([letter])


def test_the_mailbox_shows_each_mail_with_its_links(client, letters):
    html = client.get(reverse("demo-mailbox")).content.decode()

    assert html.index("Letter 20") < html.index("Letter 19")
    assert "reader-20@demo.test" in html
    assert '<a href="http://localhost:8000/enter/token-20/">' in html
    assert "<script>alert" not in html


def test_the_mailbox_is_paged(client, letters):
    assert "reader-0@demo.test" not in client.get(reverse("demo-mailbox")).content.decode()
    assert "reader-0@demo.test" in client.get(reverse("demo-mailbox"), {"page": 2}).content.decode()


@pytest.mark.parametrize("mode", ["production", "test"])
def test_there_is_no_mailbox_outside_the_demonstration(client, letters, settings, mode):
    settings.MODE = mode

    response = client.get(reverse("demo-mailbox"))

    assert response.status_code == 404
    assert b"Letter 20" not in response.content


def test_the_gallery_shows_every_component(client):
    html = client.get(reverse("demo-components")).content.decode()

    shown = ("countsheet", "summary-of-errors", "timeline", "tasks", "steps", "summary", "filters", "results", "chart")
    assert all(f'class="{name}' in html for name in shown)
    assert client.get(reverse("demo-components"), {"show": "confirmation"}).content.count(b"<h1") == 1


def test_there_is_no_gallery_in_production(client, settings):
    settings.MODE = "production"

    response = client.get(reverse("demo-components"))

    assert response.status_code == 404
    assert b"countsheet" not in response.content


def test_mails_that_name_somebody_who_is_erased_go_and_others_stay(letters, settings):
    assert forget(settings.MAILBOX, ["reader-7@demo.test"]) == 1

    left = [letter.recipients for letter in Mailbox(settings.MAILBOX)]
    assert len(left) == 20
    assert "reader-7@demo.test" not in left
