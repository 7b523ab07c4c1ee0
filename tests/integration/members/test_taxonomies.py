"""Entries of governed lists are retired, or merged into another without a link being lost."""

import pytest
from django.urls import reverse

from members.actions import people, taxonomies
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, Country, Expertise, Language, Organisation, Person, Region
from members.queries import answers
from members.queries.applications import person_fields
from members.queries.taxonomies import links_of
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(cast):
    """Two fields of expertise; one person has both, another the first alone."""
    leaves = Expertise.objects.filter(parent__isnull=False).order_by("code")
    first, second = leaves[0], leaves[1]
    cast.person("individual").expertise.set([first, second])
    cast.person("rising").expertise.set([first])
    return first, second


def page(entry) -> str:
    return reverse(f"admin:members_{entry._meta.model_name}_merge", args=[entry.pk])


def test_every_link_moves_and_the_entry_stays_as_retired(entries, cast):
    first, second = entries
    taxonomies.merge(first, into=second, by=cast["secretariat-1"])

    first.refresh_from_db()
    assert (first.merged_into, first.retired_on) == (second, today())
    assert set(cast.person("individual").expertise.all()) == {second}
    assert set(cast.person("rising").expertise.all()) == {second}
    event = AuditEvent.objects.get(verb=Verb.REFERENCE_MERGED)
    assert event.facts["into"] == second.pk
    assert {link: moved for link, moved in event.facts["moved"].items() if moved} == {"person.expertise": 2}


def test_a_country_takes_its_people_and_organisations_along(cast):
    kenya, nepal = Country.objects.get(code="KE"), Country.objects.get(code="NP")
    person = cast.person("individual")
    people.change(person=person, by=person.user, revision=person.revision, country=kenya)
    taxonomies.merge(kenya, into=nepal, by=None)

    assert Person.objects.get(pk=person.pk).country == nepal
    assert not Organisation.objects.filter(country=kenya).exists()
    assert AuditEvent.objects.get(verb=Verb.REFERENCE_MERGED).facts["code"] == "KE"


def test_children_move_under_the_other_parent(cast):
    africa, asia = Region.objects.get(code="002"), Region.objects.get(code="142")
    children = set(africa.children.values_list("pk", flat=True))
    assert children
    taxonomies.merge(africa, into=asia, by=None)
    assert children <= set(asia.children.values_list("pk", flat=True))


def test_every_table_that_points_at_a_list_is_known():
    known = {
        f"{link.table._meta.model_name}.{link.column}"
        for model in (Expertise, Region, Country, Language)
        for link in links_of(model)
    }
    assert known >= {"person.expertise", "person.regions", "person.languages", "person.country"}
    assert known >= {"organisation.country", "country.region", "region.parent", "expertise.parent"}


@pytest.mark.parametrize("code", ["itself", "merged", "retired", "cycle"])
def test_what_makes_no_sense_is_refused_and_nothing_moves(entries, cast, code):
    first, second = entries
    entry, into = {
        "itself": (first, first),
        "merged": (first, second),
        "retired": (first, second),
        "cycle": (first.parent, first),
    }[code]
    if code == "merged":
        other = Expertise.objects.filter(parent__isnull=False).order_by("code")[2]
        taxonomies.merge(first, into=other, by=None)
    if code == "retired":
        Expertise.objects.filter(pk=second.pk).update(retired_on=today())
    before = AuditEvent.objects.count()

    with refused(code):
        taxonomies.merge(entry, into=into, by=None)

    assert AuditEvent.objects.count() == before
    assert second in cast.person("individual").expertise.all()


def test_merged_twice_the_first_leads_to_the_last(entries, cast):
    first, second = entries
    third = Expertise.objects.filter(parent__isnull=False).order_by("code")[2]
    taxonomies.merge(first, into=second, by=None)
    taxonomies.merge(second, into=third, by=None)

    assert set(Expertise.objects.of_codes([first.code, second.code])) == {third}


class TestOldCodes:
    def test_a_saved_address_finds_whom_it_found(self, entries, cast, client):
        first, second = entries
        taxonomies.merge(first, into=second, by=None)
        sign_in(client, cast["individual"])

        found = client.get(reverse("members:directory"), {"expertise": first.code})

        assert [view.name for view in found.context["people"]] == ["Individual Member", "Rising-Leaders Member"]
        assert f'value="{first.code}"' not in found.content.decode()

    def test_answers_of_applications_still_say_it_and_count(self, entries, cast):
        first, second = entries
        application = made.finished("individual")
        values = application.answers["expertise"] | {"expertise": [first.code]}
        application = made.save(application, "expertise", values)
        taxonomies.merge(first, into=second, by=None)

        words = {row.name: row.value for section in answers.in_words(application) for row in section.rows}
        assert words["expertise"] == str(second)
        assert not [p for p in answers.unfinished(application, on=today()) if p.step == "expertise"]
        version = made.applications.submit(
            application=application, revision=application.revision, by=application.applicant
        )
        assert person_fields(version)["expertise"] == [second]


class TestThePage:
    def test_it_shows_what_moves_and_then_does_it(self, entries, cast, client):
        first, second = entries
        sign_in(client, cast["secretariat-1"])
        change = client.get(reverse("admin:members_expertise_change", args=[first.pk])).content.decode()
        assert "merge/" in change

        shown = client.get(page(first), {"into": second.pk})
        assert ("People: expertise", 2) in shown.context["counts"]
        assert shown.context["into"] == second
        first.refresh_from_db()
        assert first.merged_into is None

        client.post(page(first), {"into": second.pk})
        first.refresh_from_db()
        assert first.merged_into == second

    def test_it_takes_a_fresh_factor_and_the_secretariat(self, entries, cast, client):
        first, second = entries
        sign_in(client, cast["secretariat-1"], fresh=False)
        assert client.post(page(first), {"into": second.pk}).status_code == 302
        sign_in(client, cast["individual"])
        assert client.post(page(first), {"into": second.pk}).status_code in {302, 403, 404}
        first.refresh_from_db()
        assert first.merged_into is None

    def test_a_retired_country_is_no_longer_offered_and_stays_where_it_is(self, cast, client):
        kenya, person = Country.objects.get(code="KE"), cast.person("individual")
        people.change(person=person, by=person.user, revision=person.revision, country=kenya)
        Country.objects.filter(code="KE").update(retired_on=today())
        offered = {}
        for name in ("individual", "rising"):
            sign_in(client, cast[name])
            form = client.get(reverse("members:profile-edit")).context["form"]
            offered[name] = form.fields["country"].queryset.filter(code="KE").exists()
        assert offered == {"individual": True, "rising": False}
