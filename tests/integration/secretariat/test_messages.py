"""What a reader reads: in their language and zone, the same in mail and inbox, without names, with a way on."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.utils import translation

from members.actions import applications, entry, organisations, referees, screening
from members.choices.bodies import RepresentationRole
from members.kernel.clock import today
from members.models import Application, Tier
from secretariat.actions import notices
from secretariat.choices import Kind, NoticeState
from secretariat.emails.values import MOST
from secretariat.models import Notice, NoticeText
from secretariat.tasks import delivery
from tests.factories import ballots as made
from tests.factories import members as drafts

NAME = "Awa Testcase"


@pytest.fixture
def world(cast):
    """The cast, and nothing told yet of how it came about."""
    Notice.objects.all().delete()
    return cast


def sent_to(address):
    """The mails that left for an address, after everything that waits was sent."""
    delivery.deliver_due()
    return [letter for letter in mail.outbox if letter.to == [address]]


def test_a_mail_says_the_same_as_text_and_as_html_and_leads_to_the_page(world):
    ballot = made.opened(world)
    (letter,) = sent_to("steering-1@cast.test")
    html = letter.alternatives[0].content
    for words in (ballot.number, f"{settings.BASE_URL}/ballots/{ballot.number}/", "because you sit on the steering"):
        assert words in letter.body
        assert words in html
    assert letter.subject == f"Ballot {ballot.number} waits for your position"
    assert "<img" not in html
    assert letter.message()["Reply-To"] == settings.CONTACT_EMAIL
    assert "This may have reached you before" not in letter.body


def test_a_deadline_has_the_readers_zone_and_utc(world):
    user = world["steering-2"]
    user.time_zone = "Asia/Kathmandu"
    user.save()
    ballot = made.opened(world)
    local = sent_to(user.email)[0].body
    assert "in Kathmandu (" in local
    assert f"{ballot.closes_at:%H:%M} UTC)" in local


def test_a_zone_unknown_to_this_machine_stops_no_mail(world):
    user = world["steering-2"]
    user.time_zone = "Atlantis/Capital"
    user.save()
    made.opened(world)
    assert len(sent_to(user.email)) == 1


def test_readers_get_their_own_language_and_direction(world):
    user = world["steering-3"]
    user.language = "ar"
    user.save()
    made.opened(world)
    (arabic,), (english,) = sent_to(user.email), sent_to("steering-1@cast.test")
    assert '<html lang="ar" dir="rtl">' in arabic.alternatives[0].content
    assert '<html lang="en" dir="ltr">' in english.alternatives[0].content
    assert translation.get_language() == "en"


def test_seats_and_staff_read_numbers_and_no_names(world):
    ballot = made.voted(world, ["yes"] * 5)
    delivery.deliver_due()
    told = [letter for letter in mail.outbox if letter.to != ["applicant@cast.test"]]
    assert len(told) == 14  # six at the opening, eight at the close
    assert not [letter for letter in told if NAME in letter.body + letter.subject + letter.alternatives[0].content]
    assert all(ballot.number in letter.subject for letter in told)


def test_the_same_message_id_whichever_attempt_and_no_tracking(world):
    made.opened(world)
    notice = Notice.objects.get(user=world["steering-1"])
    first = sent_to("steering-1@cast.test")[0].message()
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.UNCERTAIN, sent_at=None)
    assert notices.try_again(public_id=notice.public_id)
    again = sent_to("steering-1@cast.test")[1]
    assert first["Message-ID"] == again.message()["Message-ID"] == notice.message_id
    assert (first["X-Portal-Resent"], again.message()["X-Portal-Resent"]) == (None, "1")
    assert "This may have reached you before" in again.body
    assert "This may have reached you before" in again.alternatives[0].content


def test_a_link_opens_what_it_is_for_and_stands_in_the_mail_alone(world):
    tier = Tier.objects.get(short_name="individual")
    link = entry.ask(email="someone@example.test", language="fr", tier=tier)
    (letter,) = sent_to("someone@example.test")
    assert settings.BASE_URL + entry.address_of(link) in letter.body
    assert entry.address_of(link) not in letter.subject


def test_an_invitation_names_the_organisation_and_the_role(world):
    organisation = world.organisations["institution"]
    by = world["institution"]
    entry.invite(organisation=organisation, email="new@example.test", role=RepresentationRole.DELEGATE, by=by)
    (letter,) = sent_to("new@example.test")
    assert organisation.name in letter.body
    assert "Delegate" in letter.body


def test_a_referee_learns_who_applies_and_where_to_write(world):
    row = made.recommended(world)
    referee = row.referees.create(name="A Referee", email="referee@example.test", relationship="Colleague")
    referees.invite(referee=referee, by=world["applicant"])
    (letter,) = sent_to("referee@example.test")
    assert NAME in letter.body
    assert NAME not in letter.subject
    assert settings.BASE_URL + referees.address_of(referee) in letter.body


FORGED = "Alamy\n\nYOUR PORTAL ACCOUNT IS LOCKED.\nUnlock it here:\nhttps://evil.example/unlock\n\n" + "x" * 2000


def assert_no_forgery(letter):
    """In both bodies the name stands on its own line, cut short, and nothing of it is a link."""
    html = letter.alternatives[0].content
    for body in (letter.body, html):
        assert "Alamy YOUR PORTAL ACCOUNT IS LOCKED. Unlock it here: https: //evil. example/unlock" in body
        assert "evil.example" not in body
        assert "x" * MOST not in body
    assert next(line for line in letter.body.splitlines() if "LOCKED" in line).partition(": ")[2].startswith("Alamy")
    assert {link.startswith(settings.BASE_URL) for link in re.findall(r'href="([^"]*)"', html)} == {True}


def with_a_forged_name(user, **answers):
    """A draft whose name was saved before names were one line."""
    row = drafts.draft("individual", user=user)
    Application.objects.filter(pk=row.pk).update(answers=answers | {"identity": {"name": FORGED}})
    return Application.objects.get(pk=row.pk)


def test_a_forged_name_writes_nothing_into_the_mail_to_a_referee(world):
    row = with_a_forged_name(world["stranger"])
    referee = row.referees.create(name="A Referee", email="referee@example.test", relationship="Colleague")
    referees.invite(referee=referee, by=world["stranger"])
    (letter,) = sent_to("referee@example.test")
    assert_no_forgery(letter)


def test_a_forged_name_writes_nothing_into_the_mail_to_representatives(world):
    user, employer = world["stranger"], world.organisations["institution"]
    row = with_a_forged_name(user, affiliation={"standing": "affiliated", "organisation_1": employer.name})
    applications.ask_representative(application=row, organisation=employer, by=user)
    (letter,) = sent_to("institution@cast.test")
    assert_no_forgery(letter)
    assert f"E-mail address: {user.email}\n" in letter.body


def test_a_letter_goes_out_as_it_was_written(world):
    row = made.recommended(world)
    text = "Dear applicant,\n\nthe pièces jointes <are> missing.\n\nThe Secretariat"
    by = world["secretariat-1"]
    screening.send_letter(application=row, template_key="note", subject="About your years", body=text, by=by)
    (mailed,) = sent_to("applicant@cast.test")
    assert text in mailed.body
    assert "the pièces jointes &lt;are&gt; missing." in mailed.alternatives[0].content
    assert "About your years" not in mailed.subject


def test_an_account_mail_loses_its_text_when_it_has_left(world):
    user = world["individual"]
    notices.send_text(email=user.email, user=user, subject="Reset", text="Secret: 4711", kind="password_reset_key")
    (letter,) = sent_to(user.email)
    assert "Secret: 4711" in letter.body
    assert "Secret: 4711" in letter.alternatives[0].content
    assert not NoticeText.objects.exists()
    assert Notice.objects.get(kind=Kind.ACCOUNT).state == NoticeState.SENT


def test_the_end_of_a_term_is_said_as_its_last_day(world):
    made.voted(world, ["yes"] * 5)
    delivery.deliver_due()
    (letter,) = [letter for letter in mail.outbox if letter.subject.startswith("Welcome")]
    assert f"From: {today().day} " in letter.body
    assert "Last day: " in letter.body


def test_a_representation_names_the_organisation_to_whom_it_concerns(world):
    organisation, person = world.organisations["institution"], world.person("individual")
    organisations.appoint_representative(
        organisation=organisation, person=person, role=RepresentationRole.ALTERNATE, by=world["institution"]
    )
    (letter,) = sent_to("individual@cast.test")
    assert organisation.name in letter.body
    assert organisation.name not in letter.subject
