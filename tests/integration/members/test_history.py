"""Field history: every change of what is remembered, by whatever way, and nothing personal."""

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse

from members.actions import organisations, people
from members.kernel.clock import today
from members.models import Expertise, Organisation, Person
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

REMEMBERED = {
    "CountryHistory": {"code", "region"},
    "ExpertiseHistory": {"code", "label", "retired_on", "parent"},
    "LanguageHistory": {"code", "label", "retired_on", "endonym"},
    "OrganisationHistory": {"name", "kind", "country", "parent", "website", "about"},
    "PersonHistory": {"listed", "availability"},
    "RegionHistory": {"code", "label", "retired_on", "parent"},
}
OF_THE_HISTORY = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj"}


def test_what_is_remembered_is_written_down_here_and_of_people_nothing_personal():
    found = {
        model.__name__: {field.name for field in model._meta.concrete_fields} - OF_THE_HISTORY
        for model in apps.get_app_config("members").get_models()
        if hasattr(model, "pgh_tracked_model")
    }
    assert found == REMEMBERED


def test_a_change_is_kept_with_the_time_of_the_one_clock(cast):
    row = made.organisation("Institute of Slate")
    organisations.change(organisation=row, by=None, revision=row.revision, about="On slate.", acronym="IS")
    Organisation.objects.filter(pk=row.pk).update(name="Institute of Shale")
    kept = list(row.history.order_by("pgh_id").values_list("name", "about"))
    assert kept == [
        ("Institute of Slate", ""),
        ("Institute of Slate", "On slate."),
        ("Institute of Shale", "On slate."),
    ]
    assert {event.pgh_created_at.date() for event in row.history.all()} == {today()}


def test_what_is_not_remembered_leaves_no_row(cast):
    person = cast.person("individual")
    before = person.history.count()
    people.change(person=person, by=None, revision=0, biography="Kilimanjaro", name="Another Name", headline="New")
    assert person.history.count() == before
    Person.objects.filter(pk=person.pk).update(listed=False, availability="open")
    assert person.history.latest("pgh_id").listed is False
    assert person.history.count() == before + 1


def test_nobody_rewrites_it(cast):
    history = Expertise.objects.first().history
    Expertise.objects.filter(pk=history.instance.pk).update(retired_on=today())
    for rewrite in (lambda: history.update(label="Forged"), history.all().delete):
        with pytest.raises(DatabaseError, match="append_only|[Cc]annot"), transaction.atomic():
            rewrite()
    assert history.exists()


def test_the_office_reads_what_an_organisation_was(client, cast):
    row = cast.organisations["institution"]
    Organisation.objects.filter(pk=row.pk).update(website="https://slate.example")
    Organisation.objects.filter(pk=row.pk).update(website="https://shale.example")
    url = reverse("admin:members_organisation_history", args=[row.pk])
    text = sign_in(client, cast["secretariat-1"]).get(url).text
    assert "https://slate.example" in text
    assert "https://shale.example" in text
    assert text.index("shale") < text.index("slate"), "the newest first"
    assert sign_in(client, cast["individual"]).get(url).status_code in (302, 403)
