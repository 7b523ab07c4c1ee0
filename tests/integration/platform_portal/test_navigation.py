"""The navigation shows what a person may open, and nothing else."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from platform_portal.navigation import navigation_of
from secretariat.choices import Kind
from secretariat.models import Notice
from secretariat.queries import unread_count
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def navigation(cast, rf, who, path="/", **marks):
    """The navigation of one of the cast, as it is on a page."""
    request = rf.get(path)
    request.user, request.now, request.today = cast[who], NOW, NOW.date()
    for name, value in marks.items():
        setattr(request, name, value)
    return navigation_of(request)


def entries(shown):
    return [entry for section in shown.sections for entry in section.entries]


def names(cast, rf, who, **marks):
    """The addresses in the rail of one of the cast."""
    return {entry.url for entry in entries(navigation(cast, rf, who, **marks))}


SHOWN = {
    "individual": {"members:directory", "members:membership", "members:decisions"},
    "steering-1": {"members:directory", "members:ballots"},
    "secretariat-1": {"members:ballots", "members:desk-applications", "admin:index"},
    "stranger": {"today", "secretariat:inbox", "members:decisions"},
}
HIDDEN = {
    "individual": {"members:ballots", "members:desk-applications", "admin:index"},
    "steering-1": {"members:desk-applications", "admin:index"},
    "secretariat-1": {"members:applications"},
    "stranger": {"members:directory", "members:organisations", "members:profile", "members:ballots"},
}


@pytest.mark.parametrize("who", SHOWN)
def test_each_person_is_shown_what_they_may_open(cast, rf, who):
    rail = names(cast, rf, who)

    assert {reverse(name) for name in SHOWN[who]} <= rail
    assert rail.isdisjoint({reverse(name) for name in HIDDEN[who]})


@pytest.mark.parametrize("who", ["individual", "steering-1", "secretariat-1", "institution", "rising"])
def test_everything_in_the_rail_opens(client, cast, rf, who):
    sign_in(client, cast[who])

    refused = [url for url in names(cast, rf, who) if client.get(url, follow=True).status_code != 200]

    assert not refused


def test_a_visitor_has_no_rail_and_no_search(client, db):
    html = client.get(reverse("about")).content.decode()

    assert 'class="rail"' not in html
    assert 'role="search"' not in html
    assert reverse("account_login") in html


def test_the_page_one_is_on_is_marked_once(cast, rf):
    shown = navigation(cast, rf, "individual", reverse("members:membership"))

    assert [entry.url_name for entry in entries(shown) if entry.current] == ["members:membership"]


def test_the_bar_on_a_phone_has_four_entries_at_most(cast, rf):
    assert len(navigation(cast, rf, "secretariat-1").bar) == 4


def test_a_session_without_its_second_factor_is_shown_the_way_out_only(cast, rf):
    shown = navigation(cast, rf, "steering-1", is_confined=True)

    assert [entry.url_name for entry in entries(shown)] == ["account_logout"]
    assert shown.search_url == ""


def test_the_inbox_says_how_many_notices_are_unread(cast, rf):
    reader = cast["individual"]
    Notice.objects.create(kind=Kind.ACCOUNT, user=reader, language="en", facts={}, in_inbox=True)

    inbox = next(e for e in entries(navigation(cast, rf, "individual")) if e.url_name == "secretariat:inbox")

    assert inbox.count == unread_count(reader) > 0


def test_the_frame_is_drawn_of_what_the_reader_is_told_and_of_nothing_else(cast, rf):
    one, other = (navigation(cast, rf, who, "/today/") for who in ("individual", "steering-1"))
    assert "members:ballots" in {entry.url_name for entry in entries(other)}

    for part in ("sections", "tab_bar"):
        assert reverse("members:ballots") not in one.drawn[part]
        assert reverse("members:ballots") in other.drawn[part]
    Notice.objects.filter(user=cast["individual"]).update(read_at=NOW)
    assert 'class="badge"' not in navigation(cast, rf, "individual", "/today/").drawn["sections"]
    Notice.objects.create(kind=Kind.ACCOUNT, user=cast["individual"], language="en", facts={}, in_inbox=True)
    assert 'class="badge"' in navigation(cast, rf, "individual", "/today/").drawn["sections"]
