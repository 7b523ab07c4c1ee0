"""What others read of an application: its title before each viewer, what admission takes from it, the tiers' pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from members.actions import organisations, people, reference
from members.choices.applications import ApplicationState, HolderKind, Step
from members.kernel.clock import database_now, today
from members.models import Application, Tier
from members.queries import applications as reads
from members.reference.tiers import TIERS
from members.rules import answers as rules
from tests.factories import members as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


def title(viewer, application):
    return reads.title_for(viewer, application, on=today())


def admitted(application, **columns):
    Application.objects.filter(pk=application.pk).update(
        state=ApplicationState.ADMITTED, ended_at=database_now(), **columns
    )
    return Application.objects.with_subject().get(pk=application.pk)


class TestTitles:
    def test_who_has_a_right_on_it_reads_the_name(self, cast):
        application = made.submitted("individual")
        assert title(application.applicant, application) == "Awa Example"
        assert title(cast["secretariat-1"], application) == "Awa Example"

    @pytest.mark.parametrize("name", ["individual", "steering-1", "stranger", "applicant"])
    def test_everybody_else_reads_of_an_applicant_from_africa(self, cast, name):
        assert title(cast[name], made.submitted("individual")) == "an applicant from Africa"

    @pytest.mark.parametrize("nobody", [None, AnonymousUser()])
    def test_so_does_the_public(self, nobody):
        assert title(nobody, made.submitted("individual")) == "an applicant from Africa"
        assert title(nobody, made.submitted("rising-leaders")) == "an applicant from Africa"
        assert title(nobody, made.submitted("institutional")) == "an institution from Africa"
        assert title(nobody, made.draft("individual")) == "an applicant"

    @pytest.mark.parametrize(
        ("language", "said"),
        [("en", "an institution from the Americas"), ("fr", "une institution des Amériques")],
    )
    def test_a_continent_stands_as_its_language_has_it_there(self, language, said):
        application = made.draft("institutional")
        application.answers = {Step.ORGANISATION: {"country": "BR"}}
        with override(language):
            assert title(None, application) == said

    def test_an_admitted_organisation_is_public(self):
        assert title(None, admitted(made.submitted("institutional"))) == "Institute of Examples"

    def test_an_admitted_person_is_known_to_members_only(self, cast):
        application = made.submitted("individual")
        person = people.enter(name="Awa Example", user=application.applicant, by=None)
        made.memberships.grant(tier_terms=application.terms, person=person, by=None)
        application = admitted(application, person=person)
        assert title(cast["rising"], application) == "Awa Example"
        assert title(cast["stranger"], application) == "an applicant from Africa"
        assert title(None, application) == "an applicant from Africa"

    def test_unsent_changes_do_not_show(self, cast):
        application = made.in_state("information")
        made.save(application, Step.IDENTITY, made.good_answers(application, Step.IDENTITY) | {"name": "Unsent"})
        assert title(cast["secretariat-1"], Application.objects.with_subject().get()) == "Awa Example"

    def test_thirty_titles_cost_as_many_statements_as_one(self, cast):
        first = made.submitted("individual")
        everything = [first, *(made.draft("individual") for _number in range(29))]
        counts = []
        for rows in ([first], everything):
            viewer = type(cast["secretariat-1"]).objects.get(pk=cast["secretariat-1"].pk)
            with CaptureQueriesContext(connection) as asked:
                reads.titles_for(viewer, rows, on=today())
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestAdmission:
    def test_a_person_can_be_made_of_a_version(self):
        version = made.submitted("individual").versions.get()
        person = people.enter(**reads.person_fields(version), by=None)
        assert (person.name, person.website, person.country_id) == ("Awa Example", "https://awa.example", "SN")
        assert {entry.code for entry in person.languages.all()} == {"fr", "en", "wo"}
        assert {entry.code for entry in person.regions.all()} == {"011"}
        assert person.expertise.count() == 2

    def test_of_an_organisations_version_the_person_who_speaks_for_it(self):
        version = made.submitted("institutional").versions.get()
        fields = reads.person_fields(version)
        assert (fields["name"], fields["headline"]) == ("Awa Example", "Director")
        assert "expertise" not in fields
        organisation = organisations.enter(**reads.organisation_fields(version), by=None)
        assert (organisation.name, organisation.acronym, organisation.country_id) == (
            "Institute of Examples",
            "IOE",
            "SN",
        )

    def test_declared_relations_are_seats(self, cast):
        application = made.finished("individual")
        values = {"relation": "some", "seats": ["2"], "details": "I worked there."}
        application = made.save(application, Step.CONFLICTS, values)
        made.applications.submit(application=application, revision=application.revision, by=application.applicant)
        version = application.versions.get()
        assert [seat.number for seat in reads.declared_seats(version)] == [2]

    def test_present_posts_are_those_of_who_belongs_somewhere(self):
        application = made.finished("rising-leaders")
        values = {"standing": "affiliated", "organisation_2": "A Newspaper", "position_2": "Editor"}
        application = made.save(application, Step.AFFILIATION, values)
        made.applications.submit(application=application, revision=application.revision, by=application.applicant)
        assert reads.present_posts(application.versions.get()) == [("A Newspaper", "Editor")]


class TestStory:
    def test_a_submitted_application_tells_what_was_and_what_is_to_come(self):
        moments = reads.story(made.submitted("individual"))
        assert [moment.ahead for moment in moments] == [False, False, True, True, True]

    def test_a_withdrawn_one_has_nothing_to_come(self):
        application = made.submitted("individual")
        made.applications.withdraw(application=application, by=application.applicant)
        moments = reads.story(Application.objects.get(pk=application.pk))
        assert not any(moment.ahead for moment in moments)

    def test_a_refusal_gives_its_reason(self):
        application = made.submitted("individual")
        columns = {"state": "refused", "ended_at": database_now(), "outcome_reason": "Too early yet."}
        Application.objects.filter(pk=application.pk).update(**columns)
        last = reads.story(Application.objects.get(pk=application.pk))[-1]
        assert (last.text, last.detail, last.tone) == ("Not admitted", "Too early yet.", "bad")


class TestTiersPages:
    def test_the_four_stand_side_by_side_with_a_way_to_apply(self, client):
        text = client.get(reverse("members:tiers")).content.decode()
        for data in TIERS:
            assert data["name"] in text
            assert data["terms"]["summary"] in text
            assert reverse("members:apply", args=[data["short_name"]]) in text
        assert text.count("two thirds of the deciding votes must be Yes") == 4

    @pytest.mark.parametrize("data", TIERS, ids=lambda data: data["short_name"])
    def test_each_by_itself(self, client, data):
        text = client.get(reverse("members:tier", args=[data["short_name"]])).content.decode()
        for sentence in (*data["terms"]["gives"], *data["terms"]["criteria"]):
            assert sentence.replace("'", "&#x27;") in text
        assert ("before you give a name" in text) == (Step.SAFETY in data["terms"]["steps"])

    def test_an_unknown_tier_and_one_without_terms_are_not_there(self, client):
        Tier.objects.create(short_name="fifth", name="Fifth", ring=9)
        for name in ("fifth", "sixth"):
            assert client.get(reverse("members:tier", args=[name])).status_code == 404
        assert client.get(reverse("members:tiers")).status_code == 200

    def test_every_page_of_every_tier_has_questions_or_rows_of_its_own(self):
        for tier in Tier.objects.with_terms():
            terms = tier.current_terms
            for kind in (HolderKind.PERSON, HolderKind.ORGANISATION):
                for step in rules.steps_of(terms.steps, held_by=terms.holder_kind, holder_kind=kind):
                    asked = rules.questions_of(
                        step, holder_kind=kind, statements=terms.statements, commitments=terms.commitments
                    )
                    assert asked or step in (Step.REFEREES, Step.DOCUMENTS)
