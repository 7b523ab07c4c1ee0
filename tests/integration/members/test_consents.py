"""Consents: noted when somebody fills a part of their profile, taken back at once, and never rewritten."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from members.actions import consents, people
from members.choices.audiences import LegalBasis
from members.choices.own_data import WORDINGS, Purpose
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, Consent, Person
from members.permissions.fields import FIELDS
from members.queries.people import project
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def said() -> list[tuple[str, bool]]:
    return list(Consent.objects.order_by("pk").values_list("purpose", "given"))


def change(user, **fields):
    person = Person.objects.get(user=user)
    return people.change(person=person, by=user, revision=person.revision, **fields)


def test_every_field_that_is_kept_by_consent_has_words():
    by_consent = {name for name, field in FIELDS.items() if field.basis == LegalBasis.CONSENT}
    assert {purpose.value for purpose in Purpose} == by_consent == {purpose.value for purpose in WORDINGS}


def test_filling_gives_it_once_and_emptying_takes_it_back(cast):
    user = cast["individual"]
    change(user, biography="Born.", headline="")
    change(user, biography="Born and raised.")
    change(user, biography="")

    assert said() == [("biography", True), ("biography", False)]


def test_what_an_officer_enters_is_nobodys_consent(cast):
    person = cast.person("individual")
    people.change(person=person, by=cast["secretariat-1"], revision=person.revision, biography="Entered.")
    assert said() == []


def test_the_switch_of_the_directory_is_a_consent_too(cast, client):
    user = cast["individual"]
    sign_in(client, user)
    page = reverse("members:profile-edit")
    client.post(page, {"name": "A Name", "revision": cast.person("individual").revision, "listed": "on"})

    assert said() == [("listed", True)]


def test_taken_back_the_text_is_gone_at_once(cast, client):
    user = cast["individual"]
    change(user, biography="Something to read.")
    sign_in(client, user)
    page = reverse("members:own-data-consent-withdraw", args=["biography"])
    assert "deleted from your profile at once" in client.get(page).content.decode()
    assert Person.objects.get(user=user).biography

    client.post(page)

    assert Person.objects.get(user=user).biography == ""
    assert said() == [("biography", True), ("biography", False)]
    assert AuditEvent.objects.get(verb=Verb.CONSENT_WITHDRAWN).facts == {"purpose": "biography"}
    listing = client.get(reverse("members:own-data-consents")).content.decode()
    assert "Taken back: Your biography" in listing


def test_no_longer_listed_members_do_not_find_one(cast, client):
    user = cast["individual"]
    sign_in(client, user)
    client.post(reverse("members:own-data-consent-withdraw", args=["listed"]))

    assert project(cast["rising"], Person.objects.get(user=user), on=today()) is None
    assert said() == [("listed", False)]


def test_what_is_not_there_is_not_taken_back(cast, client):
    user = cast["individual"]
    with refused("withdrawn"):
        consents.withdraw(person=user.person, purpose=Purpose.WEBSITE, by=user)
    sign_in(client, user)
    assert client.get(reverse("members:own-data-consent-withdraw", args=["name"])).status_code == 404
    assert said() == []


def test_the_history_is_never_rewritten(cast):
    change(cast["individual"], biography="Born.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(given=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.all().delete()
