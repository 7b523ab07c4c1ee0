"""How much one reads in a day, searches that are kept, and exports."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from members.actions import memberships, people, searches
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.kernel.refusals import Refused
from members.models import AuditEvent, DirectoryExport, Person, ReadingDay, SavedSearch, Tier
from members.rules.directory import MOST_A_DAY, MOST_SAVED
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

URL = reverse("members:directory")
EXPORT = reverse("members:directory-export")


def member(name, **fields) -> Person:
    person = made.person(name, **fields)
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    return person


def has_read(user, number):
    searches.count_reading(people=[uuid4() for _ in range(number)], in_office=False, on=today(), by=user)


# --- The day's profiles -------------------------------------------------------------------------------------------


def test_a_list_counts_whom_it_shows_and_each_once(client, cast):
    sign_in(client, cast["individual"])
    shown = len(client.get(URL).context["people"])
    client.get(URL)
    assert len(ReadingDay.objects.get().people) == shown


def test_when_the_day_is_spent_it_says_so_and_shows_nobody(client, cast):
    person = member("Amina Example")
    sign_in(client, cast["individual"])
    has_read(cast["individual"], MOST_A_DAY)
    for url in (URL, reverse("members:person", args=[person.public_id])):
        response = client.get(url)
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 86_400
        assert "Amina" not in response.text
        assert "secretariat@" in response.text
    suggested = client.get(URL, {"q": "amina"}, headers={"HX-Request": "true", "HX-Target": "suggestions"})
    assert "Amina Example" not in suggested.text
    own = reverse("members:person", args=[cast.person("individual").public_id])
    assert client.get(own).status_code == 200
    assert len(ReadingDay.objects.get().people) == MOST_A_DAY


def test_looking_again_is_free_and_the_next_day_begins_anew(client, cast, clock):
    person = member("Amina Example")
    page = reverse("members:person", args=[person.public_id])
    sign_in(client, cast["individual"])
    assert client.get(page).status_code == 200
    has_read(cast["individual"], MOST_A_DAY - 1)
    assert client.get(page).status_code == 200
    clock.shift(days=1)
    sign_in(client, cast["individual"])
    assert client.get(URL).status_code == 200
    searches.forget_reading(before=today())
    assert [day.on for day in ReadingDay.objects.all()] == [today()]


def test_the_secretariat_reads_more(client, cast):
    sign_in(client, cast["secretariat-1"])
    has_read(cast["secretariat-1"], MOST_A_DAY)
    assert client.get(URL).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_never_read_more_than_a_day_allows():
    user = made.login("reader@made.test")

    def read(_number):
        try:
            has_read(user, 100)
        except Refused:
            return 0
        finally:
            connection.close()
        return 100

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(read, range(12))) == MOST_A_DAY
    assert len(ReadingDay.objects.get().people) == MOST_A_DAY


# --- Saved searches -----------------------------------------------------------------------------------------------


def test_a_search_is_saved_as_understood_listed_renamed_and_deleted(client, cast):
    sign_in(client, cast["individual"])
    query = "q=early&tier=individual&tier=gold&unknown=1&after=x&page=2"
    response = client.post(reverse("members:search-save"), {"name": "Early", "query": query}, follow=True)
    search = SavedSearch.objects.get()
    assert (search.user, search.query) == (cast["individual"], "q=early")
    assert "Early" in response.text
    client.post(reverse("members:search", args=[search.public_id]), {"name": "Earlier"})
    assert SavedSearch.objects.get().name == "Earlier"
    client.post(reverse("members:search-delete", args=[search.public_id]))
    assert not SavedSearch.objects.exists()


def test_another_ones_search_is_not_there(client, cast):
    search = searches.save(name="Mine", query="q=x", by=cast["individual"])
    sign_in(client, cast["institution"])
    assert "Mine" not in client.get(URL).text
    for name in ("members:search", "members:search-delete"):
        assert client.post(reverse(name, args=[search.public_id]), {"name": "Yours"}).status_code == 404
    assert SavedSearch.objects.get().name == "Mine"


def test_twenty_are_kept_and_each_name_once(client, cast):
    sign_in(client, cast["individual"])
    for number in range(MOST_SAVED):
        searches.save(name=f"Search {number}", query="q=x", by=cast["individual"])
    response = client.post(reverse("members:search-save"), {"name": "One more", "query": "q=x"})
    assert "20 searches" in response.text
    SavedSearch.objects.last().delete()
    response = client.post(reverse("members:search-save"), {"name": "Search 0", "query": "q=x"})
    assert response.context["form"].errors.keys() == {"name"}
    assert SavedSearch.objects.count() == MOST_SAVED - 1


# --- Export -------------------------------------------------------------------------------------------------------


def test_an_export_holds_what_the_search_finds_as_text_and_is_on_record(client, cast):
    member("=cmd|' /C calc'!A0", headline="Exported Person")
    member("Exported Amina", headline="+1 mediator")
    sign_in(client, cast["secretariat-1"])
    response = client.post(EXPORT, {"query": "q=exported", "reason": "To invite them."})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert response["Content-Disposition"].startswith("attachment")
    assert [row[0] for row in rows] == ["Name", "'=cmd|' /C calc'!A0", "Exported Amina"]
    assert rows[2][2] == "'+1 mediator"
    made_export = DirectoryExport.objects.get()
    assert (made_export.reason, made_export.query, made_export.rows) == ("To invite them.", "q=exported", 2)
    event = AuditEvent.objects.get(verb=Verb.DIRECTORY_EXPORTED)
    assert event.facts["rows"] == 2
    assert "exported" not in str(event.facts)


def test_without_a_reason_or_a_fresh_factor_nothing_leaves(client, cast):
    sign_in(client, cast["secretariat-1"])
    assert client.post(EXPORT, {"query": "", "reason": ""}).status_code == 200
    assert client.post(EXPORT, {"query": "q=nobodyatall", "reason": "Because."}).context["form"].errors
    sign_in(client, cast["secretariat-1"], fresh=False)
    assert client.post(EXPORT, {"query": "", "reason": "Because."}).status_code == 302
    for name in ("individual", "steering-1"):
        assert sign_in(client, cast[name]).post(EXPORT, {"query": "", "reason": "Because."}).status_code == 403
    assert not DirectoryExport.objects.exists()
    assert not AuditEvent.objects.filter(verb=Verb.DIRECTORY_EXPORTED).exists()


def test_the_office_exports_who_is_not_listed_as_it_finds_them(client, cast):
    person = member("Hidden Exported")
    people.change(person=person, by=None, revision=0, listed=False)
    sign_in(client, cast["secretariat-1"])
    response = client.post(EXPORT, {"query": "q=hidden", "reason": "To ask them."})
    assert "Hidden Exported" in b"".join(response.streaming_content).decode()
