"""Individuals whose organisation takes part are led to the way in through it."""

import pytest

from members.actions import applications, organisations, reference, rights
from members.choices.applications import ApplicationState, HolderKind, Step
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import Affiliation, AuditEvent
from members.queries import answers
from tests.applying import acts, again, page, send, url
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def own(client):
    """Signs the client in as the applicant of an application."""
    return lambda application: sign_in(client, application.applicant)


class TestAffiliated:
    typed = {"standing": "affiliated", "organisation_1": "  institute of civic MEMORY ", "position_1": "Fellow"}

    @pytest.fixture
    def institute(self):
        return made.member("Institute of Civic Memory", acronym="ICM")

    def test_an_individual_is_told_and_shown_the_two_ways_on(self, own, institute):
        application = made.draft("individual")
        response = send(own(application), application, Step.AFFILIATION, self.typed)
        text = response.content.decode()
        assert response.status_code == 200
        assert "Institute of Civic Memory takes part in the platform. You can join through it." in text
        assert url("application-ask", application, institute.slug) in text
        assert url("application-left", application, institute.slug) in text
        assert again(application).answers[Step.AFFILIATION]["position_1"] == "Fellow"

    def test_the_acronym_tells_it_too(self, institute):
        application = made.draft("individual")
        values = self.typed | {"organisation_1": "icm"}
        [problem] = answers.problems_of(application, Step.AFFILIATION, values, on=today())
        assert (problem.code, problem.field) == ("affiliated", "organisation_1")

    @pytest.mark.parametrize("tier", ["rising-leaders", "steering"])
    def test_other_tiers_are_open_to_them(self, institute, tier):
        application = made.draft(tier, holder_kind=HolderKind.PERSON)
        assert answers.problems_of(application, Step.AFFILIATION, self.typed, on=today()) == []

    def test_an_organisation_that_takes_no_part_is_no_obstacle(self):
        made.organisation("Institute of Civic Memory")
        application = made.draft("individual")
        assert answers.problems_of(application, Step.AFFILIATION, self.typed, on=today()) == []

    def test_one_that_joins_before_the_application_is_sent_stops_it(self):
        application = made.finished("individual")
        made.save(application, Step.AFFILIATION, self.typed)
        application = again(application)
        made.member("Institute of Civic Memory")
        facts = {"application": application, "revision": application.revision, "by": application.applicant}
        with refused("incomplete"):
            applications.submit(**facts)
        assert (again(application).state, application.versions.count()) == (ApplicationState.DRAFT, 0)

    def test_an_affiliation_on_record_counts_though_nothing_was_typed(self, institute):
        user = made.login()
        organisations.affiliate(person=made.person(user=user), organisation=institute, by=None)
        application = made.draft("individual", user=user)
        [problem] = answers.problems_of(application, Step.AFFILIATION, {"standing": "independent"}, on=today())
        assert (problem.code, problem.field) == ("affiliated", "standing")

    def test_asking_tells_the_representatives_and_keeps_the_answers(self, own, institute):
        application = made.draft("individual")
        client = own(application)
        send(client, application, Step.AFFILIATION, self.typed)
        asking = url("application-ask", application, institute.slug)
        assert application.applicant.email in client.get(asking).content.decode()
        assert acts(application, Verb.REPRESENTATIVE_ASKED) == [0]
        for _time in range(2):
            assert client.post(asking).status_code == 302
        [event] = AuditEvent.objects.filter(verb=Verb.REPRESENTATIVE_ASKED)
        assert event.facts == {"organisation": institute.pk}
        assert again(application).answers[Step.AFFILIATION]["organisation_1"] == self.typed["organisation_1"].strip()
        assert "You asked its representatives" in client.get(page(application, Step.AFFILIATION)).content.decode()

    def test_nobody_asks_an_organisation_they_have_not_named(self, own, institute):
        application = made.draft("individual")
        assert own(application).post(url("application-ask", application, institute.slug)).status_code == 404
        facts = {"application": application, "organisation": institute, "by": application.applicant}
        with refused("not-tied"):
            applications.ask_representative(**facts)

    @pytest.mark.parametrize("act", ["application-left", "application-ask"])
    def test_nobody_finds_out_by_it_which_organisations_are_known(self, own, institute, act):
        application, apart = made.draft("individual"), made.organisation("Institute Apart")
        client, found = own(application), []
        for slug in (institute.slug, apart.slug, "no-such-place"):
            for ask in (client.get, client.post):
                answer = ask(url(act, application, slug))
                found.append((ask.__name__, answer.status_code, answer.get("Location"), answer.content.count(b"\n")))
        assert len(set(found)) == 2, "one answer to looking, one to pressing, whichever organisation it is"
        assert acts(application, Verb.LEFT_ORGANISATION, Verb.REPRESENTATIVE_ASKED) == [0, 0]

    def test_who_has_left_says_so_and_goes_on(self, own, institute):
        user = made.login()
        term = organisations.affiliate(person=made.person(user=user), organisation=institute, by=None)
        application = made.draft("individual", user=user)
        client = own(application)
        send(client, application, Step.AFFILIATION, self.typed)
        client.post(url("application-left", application, institute.slug))
        application = again(application)
        assert application.answers[Step.AFFILIATION]["standing"] == "independent"
        assert not Affiliation.objects.in_force(on=today()).filter(pk=term.pk).exists()
        kept = application.answers[Step.AFFILIATION]
        assert answers.problems_of(application, Step.AFFILIATION, kept, on=today()) == []
        assert acts(application, Verb.LEFT_ORGANISATION) == [1]

    def test_who_speaks_for_it_does_not_leave_by_saying_so(self, own, institute):
        user = made.login()
        made_person = made.person(user=user)
        organisations.appoint_representative(
            organisation=institute, person=made_person, role=RepresentationRole.DELEGATE, by=None
        )
        rights.recompute(user)
        application = made.draft("individual", user=user)
        response = own(application).post(url("application-left", application, institute.slug))
        assert "It must end that first." in response.content.decode()
        assert acts(application, Verb.LEFT_ORGANISATION) == [0]

    def test_an_organisation_does_not_apply_for_the_tier_it_is_in(self, own, institute):
        application = made.draft("institutional")
        values = made.good_answers(application, Step.ORGANISATION) | {"name": "Institute of Civic Memory"}
        response = send(own(application), application, Step.ORGANISATION, values)
        assert set(response.context["form"].errors) == {"name"}
        steering = made.draft("steering", holder_kind=HolderKind.ORGANISATION)
        assert answers.problems_of(steering, Step.ORGANISATION, values, on=today()) == []
