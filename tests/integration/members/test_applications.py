"""Applying, from the first page to the last, through the pages themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import applications, memberships, organisations, reference, rights
from members.choices.applications import ApplicationState, HolderKind, Step
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import Affiliation, Application, ApplicationVersion, AuditEvent, Tier
from members.permissions.applications import application_for
from members.permissions.table import Right
from members.queries import answers
from members.queries import applications as reads
from members.rules.answers import basis_of
from members.rules.applications import digest_of
from members.signals import application_withdrawn
from secretariat.models import Notice
from tests.factories import members as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

TIERS = [
    ("individual", ""),
    ("institutional", ""),
    ("rising-leaders", ""),
    ("steering", "organisation"),
    ("steering", "person"),
]
ROOMS = (Step.HOLDER, Step.REFEREES, Step.DOCUMENTS)


@pytest.fixture(autouse=True)
def world(db):
    reference.load()


@pytest.fixture
def own(client):
    """Signs the client in as the applicant of an application."""
    return lambda application: sign_in(client, application.applicant)


def url(name, application, *args):
    return reverse(f"members:{name}", args=[application.number, *args])


def page(application, step):
    return url("application-step", application, step)


def send(client, application, step, values, **more):
    """Send a page as a browser does: with what it was shown on."""
    shown = client.get(page(application, step))
    return client.post(page(application, step), values | {"basis": shown.context["basis"]} | more)


def again(application):
    return Application.objects.with_subject().get(pk=application.pk)


def acts(application, *verbs):
    """How often each act is on record about an application."""
    return [AuditEvent.objects.about(application).filter(verb=verb).count() for verb in verbs]


# --- The whole way ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tier", "holder"), TIERS)
def test_every_tier_is_applied_for_page_by_page(own, tier, holder):
    application = made.draft(tier)
    client = own(application)
    if holder:
        assert send(client, application, Step.HOLDER, {"holder_kind": holder}).status_code == 302
    steps = answers.steps_of(again(application))
    for step in [step for step in steps if step not in ROOMS]:
        response = send(client, application, step, made.good_answers(again(application), step))
        assert response.status_code == 302, response.context["form"].errors
    for number in range(application.terms.referees_needed):
        named = {"name": "Ada Example", "email": f"ada-{number}@made.test", "relationship": "We taught together."}
        assert client.post(page(application, Step.REFEREES), named).status_code == 302
    for kind in made.missing(application.terms.documents, holder_kind=again(application).holder_kind, present=()):
        made.document(application, kind)
    assert client.post(page(application, Step.DOCUMENTS), {"onward": "1"}).status_code == 302
    shown = client.get(url("application-check", application))
    assert [found.step for found, _url in shown.context["unfinished"]] == []
    sent = {"revision": shown.context["form"]["revision"].value(), "declaration": "on"}
    response = client.post(url("application-check", application), sent, follow=True)
    assert application.number in response.content.decode()
    application = again(application)
    assert (application.state, application.holder_kind) == (
        ApplicationState.SUBMITTED,
        holder or application.terms.holder_kind,
    )
    version = application.versions.get()
    assert set(version.answers) == set(steps) - {Step.REFEREES, Step.DOCUMENTS}
    assert len(version.documents) == application.documents.count()
    assert acts(application, Verb.APPLICATION_STARTED, Verb.APPLICATION_SUBMITTED) == [1, 1]


def test_a_finished_page_leads_to_the_next_and_a_page_from_the_check_back_to_it(own):
    application = made.draft("individual")
    client = own(application)
    response = send(client, application, Step.SAFETY, {"risk": "no"})
    assert response.url == page(application, Step.IDENTITY)
    values = made.good_answers(application, Step.IDENTITY)
    response = send(client, application, Step.IDENTITY, values, **{"return": "check"})
    assert response.url == url("application-check", application)
    response = send(client, application, Step.CONFLICTS, {"relation": "none"})
    assert response.url == url("application-check", application)


def test_what_is_known_of_the_applicant_is_filled_in_and_not_taken_for_an_answer(own):
    user = made.login()
    made.person("Awa Known", user=user, headline="Of long standing", country_id="SN")
    application = made.draft("individual", user=user)
    shown = own(application).get(page(application, Step.IDENTITY))
    assert shown.context["form"]["name"].value() == "Awa Known"
    assert shown.context["form"]["country"].value() == "SN"
    assert again(application).answers == {}
    assert (
        next(found.state for found in answers.progress(application, on=today()) if found.step == Step.IDENTITY)
        == "todo"
    )


# --- Saved as it is typed -----------------------------------------------------------------------------------------


class TestSaving:
    def test_a_wrong_answer_is_kept_as_typed_and_shown_with_what_is_wrong(self, own):
        application = made.draft("individual")
        client = own(application)
        typed = {"name": "N" * 161, "country": "ZZ", "biography": "word " * 301, "website": "no address"}
        response = send(client, application, Step.IDENTITY, typed)
        assert response.status_code == 200
        errors = response.context["form"].errors
        assert set(errors) == {"name", "country", "biography", "website"}
        kept = again(application).answers[Step.IDENTITY]
        assert (kept["name"], kept["website"], kept["country"]) == ("N" * 161, "no address", "ZZ")
        text = client.get(page(application, Step.IDENTITY)).content.decode()
        assert "N" * 161 in text
        assert "At most 160 characters; these are 161." in text

    def test_a_page_half_done_is_kept_and_asks_for_nothing_when_it_is_opened_again(self, own):
        application = made.draft("individual")
        client = own(application)
        response = send(client, application, Step.IDENTITY, {"name": "Awa"}, later="1")
        assert response.url == url("application", application)
        assert again(application).answers[Step.IDENTITY]["name"] == "Awa"
        shown = client.get(page(application, Step.IDENTITY)).context["form"]
        assert (shown["name"].value(), shown.errors) == ("Awa", {})
        tasks = {task["label"]: task["status"] for task in client.get(url("application", application)).context["tasks"]}
        assert (tasks["Who you are"], tasks["Safety"]) == ("Not finished", "Not started")

    def test_after_a_wrong_answer_the_page_can_be_mended_and_sent_again(self, own):
        application = made.draft("individual")
        client = own(application)
        wrong = send(client, application, Step.SAFETY, {})
        response = client.post(page(application, Step.SAFETY), {"risk": "no", "basis": wrong.context["basis"]})
        assert response.status_code == 302

    def test_signs_no_text_holds_do_not_break_it(self, own):
        application = made.draft("individual")
        send(own(application), application, Step.IDENTITY, {"name": "A\x00wa\r\nB "})
        assert again(application).answers[Step.IDENTITY]["name"] == "Awa\nB"

    def test_saving_the_same_twice_is_one_save(self, own):
        application = made.draft("individual")
        client = own(application)
        shown = client.get(page(application, Step.SAFETY))
        for _time in range(2):
            client.post(page(application, Step.SAFETY), {"risk": "no", "basis": shown.context["basis"]})
        assert (again(application).revision, acts(application, Verb.APPLICATION_SAVED)) == (1, [1])

    def test_what_is_not_asked_is_not_kept(self, own):
        application = made.draft("individual")
        send(own(application), application, Step.SAFETY, {"risk": "no", "state": "admitted", "name": "X"})
        assert again(application).answers[Step.SAFETY] == {"risk": "no", "proceed": ""}
        assert again(application).state == ApplicationState.DRAFT

    def test_a_page_that_is_not_asked_is_not_there(self, own):
        application = made.draft("individual")
        client = own(application)
        assert client.get(page(application, Step.ORGANISATION)).status_code == 404
        assert client.post(page(application, "nonsense"), {"name": "X"}).status_code == 404
        facts = {"application": application, "step": Step.ORGANISATION, "values": {}, "basis": ""}
        with refused("not-asked"):
            applications.save(**facts, by=application.applicant)


class TestStaleWindow:
    def stale(self, own):
        """Two windows on one page; the second saves, then the first does."""
        application = made.draft("individual")
        client = own(application)
        first = client.get(page(application, Step.IDENTITY)).context["basis"]
        send(client, application, Step.IDENTITY, {"name": "Saved in the second window"})
        response = client.post(page(application, Step.IDENTITY), {"name": "Typed in the first window", "basis": first})
        return application, client, response

    def test_it_is_told_shown_both_and_overwrites_nothing(self, own):
        application, _client, response = self.stale(own)
        text = response.content.decode()
        assert response.status_code == 409
        assert "saved in another window" in text
        assert "Saved in the second window" in text
        assert 'value="Typed in the first window"' in text
        assert again(application).answers[Step.IDENTITY]["name"] == "Saved in the second window"
        assert acts(application, Verb.APPLICATION_SAVED) == [1]

    def test_saving_again_is_a_choice(self, own):
        application, client, response = self.stale(own)
        typed = {"name": "Typed in the first window", "basis": response.context["basis"]}
        client.post(page(application, Step.IDENTITY), typed)
        assert again(application).answers[Step.IDENTITY]["name"] == "Typed in the first window"

    def test_another_page_saved_meanwhile_is_no_conflict(self, own):
        application = made.draft("individual")
        client = own(application)
        first = client.get(page(application, Step.IDENTITY)).context["basis"]
        send(client, application, Step.SAFETY, {"risk": "no"})
        values = made.good_answers(application, Step.IDENTITY) | {"basis": first}
        assert client.post(page(application, Step.IDENTITY), values).status_code == 302

    def test_what_was_not_read_is_not_sent(self, own):
        application = made.finished("individual")
        client = own(application)
        before = {"revision": application.revision, "declaration": "on"}
        made.save(application, Step.SAFETY, {"risk": "perhaps", "proceed": "on"})
        response = client.post(url("application-check", application), before)
        assert "changed in another window" in response.content.decode()
        assert again(application).state == ApplicationState.DRAFT
        assert not application.versions.exists()
        now = {"revision": response.context["form"]["revision"].value(), "declaration": "on"}
        assert client.post(url("application-check", application), now).status_code == 302


# --- Sending ------------------------------------------------------------------------------------------------------


class TestSending:
    def test_unfinished_pages_are_named_with_the_way_to_them_and_nothing_is_sent(self, own):
        application = made.draft("individual")
        client = own(application)
        made.save(application, Step.IDENTITY, {"name": "Awa"})
        sent = {"revision": again(application).revision, "declaration": "on"}
        response = client.post(url("application-check", application), sent)
        text = response.content.decode()
        assert len(response.context["unfinished"]) == 9
        assert f'href="{page(application, Step.IDENTITY)}?return=check"' in text
        assert "2 referees are needed; you named 0." in text
        assert again(application).state == ApplicationState.DRAFT
        assert not ApplicationVersion.objects.exists()
        assert not Notice.objects.exists()

    def test_without_the_declaration_nothing_is_sent(self, own):
        application = made.finished("individual")
        response = own(application).post(url("application-check", application), {"revision": application.revision})
        assert set(response.context["form"].errors) == {"declaration"}
        assert not ApplicationVersion.objects.exists()

    def test_sent_twice_is_one_version(self, own):
        application = made.finished("individual")
        client = own(application)
        sent = {"revision": application.revision, "declaration": "on"}
        for _time in range(2):
            assert client.post(url("application-check", application), sent).status_code == 302
        version = applications.submit(application=application, revision=application.revision, by=application.applicant)
        assert [version] == list(application.versions.all())
        assert acts(application, Verb.APPLICATION_SUBMITTED) == [1]
        assert AuditEvent.objects.filter(verb=Verb.REFEREE_INVITED).count() == 2

    def test_a_version_holds_all_of_it_and_its_digest(self):
        application = made.submitted("institutional")
        version = application.versions.get()
        assert version.answers[Step.ORGANISATION]["name"] == "Institute of Examples"
        assert {document["sha256"] for document in version.documents} == set(
            application.documents.values_list("sha256", flat=True)
        )
        facts = {"tier": "institutional", "terms": application.terms.version, "holder_kind": "organisation"}
        assert version.digest == digest_of(
            number=application.number, version=1, answers=version.answers, documents=version.documents, **facts
        )

    def test_the_secretariat_knows_of_it_from_then_on_and_not_before(self, cast):
        application = made.finished("individual")
        office = cast["secretariat-1"]
        assert not self.seen(office, application)
        applications.submit(application=application, revision=application.revision, by=application.applicant)
        assert self.seen(office, application)
        assert application_for(office, application.number, to=Right.SCREEN_APPLICATION, on=today()) == application

    def seen(self, user, application):
        rows = reads.doors.visible_to(user, right=Right.READ_DOSSIER, on=today())
        return rows.filter(pk=application.pk).exists()

    def test_the_applicant_the_office_and_the_referees_are_told(self, cast):
        application = made.submitted("individual")
        told = set(Notice.objects.values_list("kind", "user__email", "address"))
        assert ("application_received", application.applicant.email, "") in told
        assert ("application_new", "secretariat-1@cast.test", "") in told
        invited = {address for kind, _user, address in told if kind == "referee_invited"}
        assert invited == set(application.referees.values_list("email", flat=True))

    @pytest.mark.parametrize("state", [state for state in ApplicationState if state not in ("draft", "information")])
    def test_afterwards_nothing_of_it_changes(self, own, state):
        application = made.submitted("individual")
        ended = {"ended_at": application.submitted_at} if state in reads.ENDED else {}
        Application.objects.filter(pk=application.pk).update(state=state, **ended)
        client, before = own(application), again(application).answers
        basis = basis_of(answers.saved(application, Step.IDENTITY))
        assert client.get(page(application, Step.IDENTITY)).url == url("application", application)
        response = client.post(page(application, Step.IDENTITY), {"name": "Another", "basis": basis})
        assert response.status_code == 409
        assert 'value="Another"' in response.content.decode()
        assert client.post(page(application, Step.REFEREES), {"name": "A", "email": "a@made.test", "relationship": "B"})
        client.post(url("application-check", application), {"revision": application.revision, "declaration": "on"})
        assert again(application).answers == before
        assert (application.referees.count(), application.versions.count()) == (2, 1)


# --- Ending -------------------------------------------------------------------------------------------------------


class TestWithdrawing:
    def test_a_draft_is_emptied(self, own):
        application = made.finished("individual")
        files = [document.file for document in application.documents.all()]
        client = own(application)
        assert "deleted" in client.get(url("application-withdraw", application)).content.decode()
        assert again(application).state == ApplicationState.DRAFT
        client.post(url("application-withdraw", application))
        application = again(application)
        assert (application.state, application.answers) == (ApplicationState.WITHDRAWN, {})
        assert not application.referees.exists()
        assert all(document.removed_at for document in application.documents.all())
        assert files
        assert acts(application, Verb.APPLICATION_DISCARDED, Verb.APPLICATION_WITHDRAWN) == [1, 0]
        assert not Notice.objects.exists()

    def test_the_file_of_a_discarded_draft_is_gone_from_the_disk(self, django_capture_on_commit_callbacks):
        application = made.finished("individual")
        stored = [document.file for document in application.documents.all()]
        with django_capture_on_commit_callbacks(execute=True):
            applications.withdraw(application=application, by=application.applicant)
        assert not any(file.storage.exists(file.name) for file in stored)

    def test_what_was_sent_stays_on_record_and_whoever_deals_with_it_hears_of_it(self, own):
        heard = []

        def hear(sender, application, by, **_more):
            heard.append((application.number, application.state, by))

        application = made.submitted("individual")
        application_withdrawn.connect(hear)
        try:
            own(application).post(url("application-withdraw", application))
        finally:
            application_withdrawn.disconnect(hear)
        application = again(application)
        assert heard == [(application.number, "withdrawn", application.applicant)]
        assert application.answers
        assert application.versions.count() == 1
        assert acts(application, Verb.APPLICATION_WITHDRAWN) == [1]

    def test_twice_is_refused(self, own):
        application = made.submitted("individual")
        client = own(application)
        client.post(url("application-withdraw", application))
        response = client.post(url("application-withdraw", application), follow=True)
        assert "This application has ended." in response.content.decode()
        assert acts(application, Verb.APPLICATION_WITHDRAWN) == [1]


# --- Beginning ----------------------------------------------------------------------------------------------------


class TestBeginning:
    def test_a_second_beginning_is_the_first(self):
        user = made.login()
        first, second = made.draft("individual", user=user), made.draft("individual", user=user)
        assert first == second
        assert acts(first, Verb.APPLICATION_STARTED) == [1]

    def test_two_tiers_are_two_applications(self):
        user = made.login()
        assert made.draft("individual", user=user) != made.draft("rising-leaders", user=user)

    def test_a_member_of_the_tier_does_not_apply_for_it(self):
        user = made.login()
        tier = Tier.objects.get(short_name="individual")
        memberships.grant(tier_terms=tier.current_terms, person=made.person(user=user), by=None)
        with refused("member"):
            applications.start(tier=tier, user=user, by=user)
        assert not Application.objects.exists()

    def test_another_one_waits_for_the_day_that_was_set(self, clock):
        application = made.in_state("screening")
        Application.objects.filter(pk=application.pk).update(
            state="declined", ended_at=application.submitted_at, reapply_on=today().replace(year=today().year + 1)
        )
        facts = {"tier": application.tier, "user": application.applicant, "by": application.applicant}
        with refused("too-early"):
            applications.start(**facts)
        clock.shift(days=366)
        assert applications.start(**facts) != application

    def test_the_office_enters_what_came_on_paper_and_writes_it(self, cast, client):
        office = cast["secretariat-1"]
        tier = Tier.objects.get(short_name="individual")
        facts = {"tier": tier, "email": "paper@made.test", "received_on": today(), "by": office}
        application = applications.enter_paper(**facts)
        assert (application.entered_by, application.applicant.email) == (office, "paper@made.test")
        sign_in(client, office)
        assert send(client, application, Step.SAFETY, {"risk": "no"}).status_code == 302
        assert again(application).answers[Step.SAFETY]["risk"] == "no"
        with refused("pending"):
            applications.enter_paper(**facts)
        assert acts(application, Verb.APPLICATION_STARTED, Verb.APPLICATION_ENTERED) == [0, 1]


# --- Affiliated to a participating organisation -------------------------------------------------------------------


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


# --- Who may see it -----------------------------------------------------------------------------------------------


class TestOthers:
    @pytest.fixture
    def application(self):
        return made.submitted("individual")

    def addresses(self, application):
        question = made.question(application, by=application.applicant)
        referee, document = application.referees.first(), application.documents.first()
        return [
            url("application", application),
            *(page(application, step) for step in answers.steps_of(application)),
            url("application-check", application),
            url("application-sent", application),
            url("application-version", application, 1),
            url("application-withdraw", application),
            url("information-answer", application, question.pk),
            url("referee-change", application, referee.public_id),
            url("referee-remove", application, referee.public_id),
            url("referee-again", application, referee.public_id),
            url("document-remove", application, document.public_id),
            reverse("members:document", args=[document.public_id]),
        ]

    @pytest.mark.parametrize("name", ["stranger", "individual", "institution", "steering-1", "applicant"])
    def test_somebody_elses_application_is_not_there(self, client, cast, application, name):
        sign_in(client, cast[name])
        before = again(application)
        for address in self.addresses(application):
            for method in (client.get, client.post):
                assert method(address).status_code in (404, 405), address
        after = again(application)
        assert (after.state, after.revision) == (before.state, before.revision)

    def test_visitors_are_asked_to_sign_in(self, client, application):
        for address in self.addresses(application):
            assert client.get(address).url.startswith(reverse("account_login"))

    def test_the_office_is_led_to_its_own_page_and_writes_nothing(self, client, cast, application):
        sign_in(client, cast["secretariat-1"])
        assert client.get(url("application", application)).url == url("desk-application", application)
        assert client.post(url("application-withdraw", application)).status_code == 403
        assert client.get(page(application, Step.IDENTITY)).status_code == 403
        assert again(application).state == ApplicationState.SUBMITTED

    def test_the_office_does_not_know_of_drafts(self, client, cast):
        draft = made.draft("individual")
        sign_in(client, cast["secretariat-1"])
        assert client.get(url("application", draft)).status_code == 404

    def test_a_list_of_thirty_asks_the_database_as_often_as_a_list_of_one(
        self, client, django_assert_num_queries, application
    ):
        sign_in(client, application.applicant)
        listing = reverse("members:applications")
        client.get(listing)
        with CaptureQueriesContext(connection) as few:
            client.get(listing)
        columns = {"tier": application.tier, "terms": application.terms, "holder_kind": "person"}
        ended = {"state": "withdrawn", "ended_at": application.submitted_at, "applicant": application.applicant}
        Application.objects.bulk_create(
            Application(number=f"APP-OLD-{number}", **columns, **ended) for number in range(29)
        )
        with django_assert_num_queries(len(few)):
            assert len(client.get(listing).context["applications"]) == 30

    def test_who_has_none_is_led_to_the_tiers(self, client):
        sign_in(client, made.login())
        text = client.get(reverse("members:applications")).content.decode()
        assert "You have not applied yet" in text
        assert reverse("members:tiers") in text
