"""The inbox: one's own notices and nobody else's, read when one says so, in a fixed number of statements."""

import re
import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.audit import record
from members.choices.verbs import Verb
from secretariat.choices import Kind
from secretariat.models import Notice
from secretariat.queries import unread_count
from tests.factories import ballots as made

INBOX = reverse("secretariat:inbox")


@pytest.fixture
def world(cast):
    """The cast, and nothing told yet of how it came about."""
    Notice.objects.all().delete()
    return cast


@pytest.fixture
def reader(world, client):
    """Somebody who reads their inbox: the applicant, who needs no second factor."""
    client.force_login(world["applicant"])
    return world["applicant"]


def submitted(world, times=1):
    """Acts on one application, each of which tells the applicant."""
    row = made.recommended(world)
    for _ in range(times):
        with transaction.atomic():
            record(Verb.APPLICATION_SUBMITTED, target=row, by=world["applicant"])
    return row


def own(reader):
    return Notice.objects.in_inbox_of(reader).order_by("-pk")


def statements(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_shows_what_was_told_and_marks_what_is_unread(reader, world, client):
    row = submitted(world, times=2)
    first, second = own(reader)
    client.post(reverse("secretariat:notice-read", args=[first.public_id]))
    page = client.get(INBOX).content.decode()
    assert page.count(f"Your application {row.number} has been received") == 3  # two titles, one button
    assert len(re.findall(r'class="pill now">.*?Unread', page, re.DOTALL)) == 1
    assert str(second.public_id) in page
    unread = client.get(INBOX, {"show": "unread"}).content.decode()
    assert str(first.public_id) not in unread
    assert str(second.public_id) in unread


def test_looking_changes_nothing(reader, world, client):
    submitted(world)
    notice = own(reader).get()
    client.get(INBOX)
    client.get(reverse("secretariat:notice", args=[notice.public_id]))
    assert unread_count(reader) == 1


def test_a_notice_says_what_the_mail_says_and_leads_on(reader, world, client):
    row = submitted(world)
    page = client.get(reverse("secretariat:notice", args=[own(reader).get().public_id])).content.decode()
    assert f"<h1>Your application {row.number} has been received</h1>" in page
    assert reverse("members:application", args=[row.number]) in page
    assert "You get this because you applied for membership." in page


def test_a_notice_is_read_in_the_language_of_the_page(reader, world, client):
    submitted(world)
    reader.language = "ar"
    reader.save()
    page = client.get(reverse("secretariat:notice", args=[own(reader).get().public_id])).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_reading_is_noted_once_and_leads_back_to_where_the_button_was(reader, world, client):
    submitted(world)
    notice = own(reader).get()
    address = reverse("secretariat:notice-read", args=[notice.public_id])
    assert client.post(address, {"from": "notice"}).url == reverse("secretariat:notice", args=[notice.public_id])
    read_at = own(reader).get().read_at
    assert client.post(address, {"from": "unread"}).url == f"{INBOX}?show=unread"
    assert client.post(address, {"from": "https://elsewhere.test/"}).url == INBOX
    assert own(reader).get().read_at == read_at


def test_everything_can_be_marked_as_read_and_it_is_only_ones_own(reader, world, client):
    submitted(world, times=3)
    client.post(reverse("secretariat:inbox-read-all"))
    assert unread_count(reader) == 0
    assert unread_count(world["secretariat-1"]) == 3


def bare(response, public_id):
    """A page without what differs from one request to the next: the forms' tokens, and the address asked for."""
    text = response.content.decode().replace(str(public_id), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize("name", ["secretariat:notice", "secretariat:notice-read"])
def test_somebody_elses_notice_looks_like_none(reader, world, client, name):
    submitted(world)
    theirs = Notice.objects.get(user=world["secretariat-1"])
    ask = client.get if name == "secretariat:notice" else client.post
    hidden = ask(reverse(name, args=[theirs.public_id]))
    nobodys = uuid.uuid4()
    absent = ask(reverse(name, args=[nobodys]))
    assert hidden.status_code == absent.status_code == 404
    assert bare(hidden, theirs.public_id) == bare(absent, nobodys)
    assert unread_count(world["secretariat-1"]) == 1


@pytest.mark.parametrize("name", ["secretariat:notice-read", "secretariat:inbox-read-all"])
def test_reading_is_never_noted_by_a_get(reader, world, client, name):
    submitted(world)
    arguments = [own(reader).get().public_id] if name == "secretariat:notice-read" else []
    assert client.get(reverse(name, args=arguments)).status_code == 405
    assert unread_count(reader) == 1


def test_visitors_are_asked_to_sign_in(world, client):
    submitted(world)
    response = client.get(INBOX)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_an_empty_inbox_says_so(reader, client):
    assert "No notices yet" in client.get(INBOX).content.decode()
    assert "Nothing is unread" in client.get(INBOX, {"show": "unread"}).content.decode()


def test_the_number_of_statements_does_not_grow_with_the_rows(reader, world, client):
    submitted(world)
    with_one = statements(client, INBOX)
    row = made.recommended(world, tier="rising-leaders")
    for _ in range(29):
        with transaction.atomic():
            record(Verb.APPLICATION_SUBMITTED, target=row, by=reader)
    assert own(reader).count() == 30
    assert statements(client, INBOX) == with_one
    assert with_one <= 12


def test_the_badge_counts_what_is_unread(reader, world, client):
    submitted(world, times=2)
    assert unread_count(reader) == 2
    own(reader).first()
    client.post(reverse("secretariat:notice-read", args=[own(reader).first().public_id]))
    assert unread_count(reader) == 1


def test_staff_see_how_mails_stand_but_not_what_they_say_nor_strangers_addresses(world, admin_page):
    submitted(world)
    Notice.objects.create(kind=Kind.ENTRY_LINK, address="stranger@example.test", language="en", in_inbox=False)
    listing = admin_page(reverse("admin:secretariat_notice_changelist"))
    assert "applicant@cast.test" in listing
    assert "stranger@example.test" not in listing
    assert "an address without an account" in listing
    one = admin_page(reverse("admin:secretariat_notice_change", args=[Notice.objects.first().pk]))
    assert "stranger@example.test" not in one
    assert 'name="_save"' not in one


@pytest.fixture
def admin_page(world, client, settings):
    """Pages of the administration as an officer sees them, the second factor left aside."""
    settings.SECOND_FACTOR_WAIVED = True
    client.force_login(world["secretariat-1"])
    return lambda address: client.get(address).content.decode()
