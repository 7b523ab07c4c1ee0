"""What happened to the governed lists: who added, renamed, moved, retired or merged which entry, and when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import taxonomies
from members.kernel.clock import today
from members.models import Country, Expertise, Language, Region
from members.queries.taxonomy_history import steps_of
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

EXPERTISE = reverse("admin:members_expertise_list_history")


def told(model, cast, *, as_read_by="secretariat-1", entry=None) -> list[tuple]:
    """Of each step its entry, its lines in words, and who did it; the newest first."""
    steps = steps_of(model, viewer=cast[as_read_by], on=today(), entry=entry)
    return [
        (str(step.entry), [(line.words, line.before, line.after) for line in step.lines], step.by) for step in steps
    ]


def keep(entry, *, by, **changed):
    for name, value in changed.items():
        setattr(entry, name, value)
    return taxonomies.keep(entry, by=by, fields=list(changed))


@pytest.fixture
def field(cast):
    return Expertise.objects.filter(parent__isnull=False).order_by("code")[0]


def test_a_list_that_nobody_touched_has_no_history(cast):
    for model in (Expertise, Region, Country, Language):
        assert told(model, cast) == []


def test_each_act_is_told_with_who_and_what_was_before(cast, field):
    officer = cast["secretariat-1"]
    name, other = cast.person("secretariat-1").name, Expertise.objects.exclude(pk=field.parent_id).get(code="research")
    was, above = field.label, str(field.parent)
    keep(Expertise(code="new-field", label="A new field"), by=officer, code="new-field", label="A new field")
    keep(field, by=officer, label="Renamed field")
    keep(field, by=None, parent=other, retired_on=today())
    keep(field, by=officer, retired_on=None)
    assert told(Expertise, cast) == [
        ("Renamed field", [("Brought back into use", "", "")], name),
        ("Renamed field", [("Retired", "", ""), ("Put under another heading", above, str(other))], "the portal"),
        ("Renamed field", [("Renamed", was, "Renamed field")], name),
        ("A new field", [("Added", "", "A new field")], name),
    ]
    assert len(told(Expertise, cast, entry=field)) == 3


def test_a_merger_is_told_and_so_is_what_it_moved_along(cast):
    officer, name = cast["secretariat-1"], cast.person("secretariat-1").name
    central, asia = Region.objects.get(code="143"), Region.objects.get(code="142")
    below = Region.objects.create(code="998", label="Below", parent=central)
    taxonomies.merge(central, into=asia, by=officer)
    steps = told(Region, cast)
    assert ("Central Asia", [("Merged into another entry", "", "Asia")], name) in steps
    assert ("Below", [("Put under another heading", "Central Asia", "Asia")], name) in steps
    assert told(Region, cast, entry=below) == [
        ("Below", [("Put under another heading", "Central Asia", "Asia")], "the portal")
    ]
    moved = {entry for entry, lines, by in told(Country, cast)}
    assert moved == {str(country) for country in Country.objects.filter(region=asia)}


def test_countries_are_told_by_their_code_and_retirement_by_the_record(cast):
    officer, name = cast["secretariat-1"], cast.person("secretariat-1").name
    kenya = Country.objects.get(code="KE")
    keep(kenya, by=officer, retired_on=today())
    keep(kenya, by=officer, retired_on=None)
    keep(kenya, by=officer, region=Region.objects.get(code="034"))
    taxonomies.merge(kenya, into=Country.objects.get(code="NP"), by=officer)
    assert told(Country, cast) == [
        ("Kenya", [("Merged into another entry", "", "Nepal")], name),
        ("Kenya", [("Put in another region", "Eastern Africa", "Southern Asia")], name),
        ("Kenya", [("Brought back into use", "", "")], name),
        ("Kenya", [("Retired", "", "")], name),
    ]
    assert told(Country, cast) == told(Country, cast, entry=kenya)


def test_a_change_that_went_past_the_acts_is_told_too(cast, field):
    Expertise.objects.filter(pk=field.pk).update(label="By hand")
    [(entry, lines, by)] = told(Expertise, cast)
    assert (entry, lines[0][0], by) == ("By hand", "Renamed", "the portal")


def test_the_page_stands_behind_the_list_and_behind_an_entry(client, cast, field):
    keep(field, by=cast["secretariat-1"], label="Renamed field")
    sign_in(client, cast["secretariat-1"])
    assert 'href="history/"' in client.get(reverse("admin:members_expertise_changelist")).text
    of_entry = reverse("admin:members_expertise_history", args=[field.pk])
    for page in (EXPERTISE, of_entry):
        text = client.get(page).text
        assert "<ins>Renamed field</ins>" in text
        assert cast.person("secretariat-1").name in text
    assert client.get(reverse("admin:members_expertise_history", args=[0])).status_code == 403
    assert "Nothing has changed" in client.get(reverse("admin:members_language_list_history")).text


def test_many_changes_take_as_many_statements_as_one_and_stand_on_pages(client, cast, field):
    sign_in(client, cast["secretariat-1"])

    def statements():
        client.get(EXPERTISE)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(EXPERTISE).status_code == 200
        return len(counted)

    keep(field, by=cast["secretariat-1"], label="Number 0")
    few = statements()
    for number in range(1, 60):
        keep(field, by=cast["secretariat-2"], label=f"Number {number}")
    assert statements() == few
    first, second = (client.get(EXPERTISE, {"page": page}).context["page"] for page in (1, 2))
    assert (len(first), len(second)) == (50, 10)
    assert second[-1].lines[0].after == "Number 0"
