"""The demonstration's mailbox reads what Django's file backend writes."""

from datetime import UTC, datetime

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend

from platform_portal.mailbox import Mailbox


def write(folder, *letters):
    """Letters by one connection, so in one file."""
    backend = EmailBackend(file_path=str(folder))
    for subject, text, date in letters:
        letter = EmailMultiAlternatives(
            subject, text, "portal@demo.test", ["applicant@demo.test"], headers={"Date": date, "X-Notice": "7"}
        )
        letter.attach_alternative(f"<p>{text}</p>", "text/html")
        backend.send_messages([letter])


def test_letters_are_read_newest_first_whatever_file_they_are_in(tmp_path):
    write(
        tmp_path,
        ("First", "One", "Mon, 23 Nov 2026 09:00:00 +0000"),
        ("Third", "Three", "Mon, 23 Nov 2026 11:00:00 +0000"),
    )
    write(tmp_path, ("Second", "Two", "Mon, 23 Nov 2026 10:00:00 +0000"))

    assert [letter.subject for letter in Mailbox(tmp_path)] == ["Third", "Second", "First"]
    assert Mailbox(tmp_path)[1].sent_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_a_letter_has_its_people_its_headers_its_text_and_its_links(tmp_path):
    text = "Grüße.\nOpen http://localhost:8000/enter/abc-DEF_1/. Or (http://localhost:8000/today/)."
    write(tmp_path, ("Bienvenue à toutes", text, "Mon, 23 Nov 2026 09:00:00 +0000"))

    [letter] = Mailbox(tmp_path)

    assert letter.subject == "Bienvenue à toutes"
    assert letter.recipients == "applicant@demo.test"
    assert letter.text == text
    assert letter.links == ["http://localhost:8000/enter/abc-DEF_1/", "http://localhost:8000/today/"]
    assert ("X-Notice", "7") in letter.headers


def test_an_empty_or_missing_folder_is_an_empty_mailbox(tmp_path):
    assert list(Mailbox(tmp_path)) == []
    assert list(Mailbox(tmp_path / "absent")) == []
