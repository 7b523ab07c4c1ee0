"""The Secretariat's work on an application, act by act: what it does, and what a refusal leaves undone."""

from datetime import timedelta

import pytest

from members.actions import ballots, information, offices, screening
from members.actions.screening import Finding, digest_of
from members.choices.applications import ENDED, Advice, ApplicationState, CheckOutcome, HolderKind
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.kernel.refusals import Refused
from members.models import (
    Application,
    AuditEvent,
    Ballot,
    Check,
    CheckItem,
    Decision,
    InformationRequest,
    Letter,
    LetterTemplate,
    Membership,
    Person,
    Recommendation,
)
from members.queries import letters
from members.queries.hints import hints_for, linkable
from members.queries.screening import check_lines, history_of, page_of
from members.reference.letters import EVERYWHERE, PLACES
from members.rules.letters import fill
from members.rules.screening import LINKING_STATES
from secretariat.choices import Kind, NoticeState
from secretariat.models import Notice
from tests.factories import members as made
from tests.factories.ballots import opened, recommended, voted

pytestmark = pytest.mark.django_db

SOON = timedelta(days=10)


@pytest.fixture
def office(cast):
    return cast["secretariat-1"]


@pytest.fixture
def colleague(cast):
    return cast["secretariat-2"]


@pytest.fixture
def new(cast):
    return made.submitted()


@pytest.fixture
def application(new, office):
    return screening.take_on(application=new, by=office)


def world():
    """Everything an act could leave behind: rows, the record, notices, and where each application stands."""
    counted = (Check, InformationRequest, Recommendation, Letter, Ballot, AuditEvent, Notice, Person)
    states = tuple(Application.objects.order_by("pk").values_list("state", "assigned_to", "person", "organisation"))
    return states, tuple(model.objects.count() for model in counted)


def refused(act, **facts) -> str:
    """The code with which an act is refused, after making sure that it left nothing behind."""
    before = world()
    with pytest.raises(Refused) as refusal:
        act(**facts)
    assert world() == before
    return refusal.value.code


def verbs(application):
    return list(AuditEvent.objects.about(application).order_by("pk").values_list("verb", flat=True))


def check_all(application, by, outcome=CheckOutcome.MET):
    found = {item: Finding(outcome, "") for item in CheckItem.objects.asked_of(application.tier)}
    screening.record_checks(application=application, found=found, by=by)


def advise(application, by, **changes):
    facts = {"advice": Advice.ADMIT, "text": "Sound work.", "version": application.current_version.number}
    return screening.recommend(application=application, by=by, **facts | changes)


def ready(application, by):
    check_all(application, by)
    advise(application, by)
    application.refresh_from_db()
    return application


def come_to(state, cast, office, clock):
    """An application that has come to a state by the portal's own acts."""
    if state == ApplicationState.DRAFT:
        return made.draft()
    if state == ApplicationState.RECOMMENDED:
        return recommended(cast)
    if state in (ApplicationState.BALLOT, ApplicationState.HELD, ApplicationState.ADMITTED, ApplicationState.REFUSED):
        choices = {
            ApplicationState.BALLOT: [],
            ApplicationState.HELD: ["hold"] * 5,
            ApplicationState.ADMITTED: ["yes"] * 5,
            ApplicationState.REFUSED: ["no"] * 5,
        }
        ballot = voted(cast, choices[state], application=recommended(cast))
        if state == ApplicationState.HELD:
            with clock.ahead(days=30):
                ballots.close(ballot=ballot)
        row = ballot.subject
    else:
        row = made.submitted()
        if state != ApplicationState.SUBMITTED:
            screening.take_on(application=row, by=office)
        if state == ApplicationState.DECLINED:
            returned(row, office)
        if state == ApplicationState.WITHDRAWN:
            made.applications.withdraw(application=row, by=row.applicant)
    row = Application.objects.with_subject().get(pk=row.pk)
    assert row.state == state
    return row


OUTCOMES = (ApplicationState.BALLOT, ApplicationState.HELD, ApplicationState.ADMITTED, ApplicationState.REFUSED)
OVER = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


@pytest.mark.parametrize("state", [ApplicationState.DRAFT, ApplicationState.SUBMITTED, *OUTCOMES, *OVER])
def test_nothing_is_screened_that_is_not_in_screening(cast, office, clock, state):
    row = come_to(state, cast, office, clock)
    found = {first_item(row): Finding(CheckOutcome.MET)}
    assert refused(screening.record_checks, application=row, found=found, by=office) == "not-now"
    assert refused(screening.screen_again, application=row, by=office) == "not-now"
    over = "ended" if state in ENDED else "not-now"
    if row.versions.exists():
        assert refused(advise, application=row, by=office, text="More.") == over
    assert refused(returned, application=row, by=office, reason="Else.") == over
    if state not in LINKING_STATES:
        code = refused(screening.link, application=row, person=made.person(), by=office)
        assert code == ("ended" if state in ENDED else "before-committee")


# --- Who has it ---------------------------------------------------------------------------------------------------


def test_taking_on_a_new_application_begins_its_screening(new, office):
    taken = screening.take_on(application=new, by=office)
    assert (taken.state, taken.assigned_to) == (ApplicationState.SCREENING, office)
    assert verbs(new)[-1] == Verb.SCREENING_STARTED


def test_taking_on_twice_is_once(application, office):
    before = world()
    screening.take_on(application=application, by=office)
    assert world() == before


def test_the_second_officer_to_reach_for_it_is_told(application, colleague):
    assert refused(screening.take_on, application=application, by=colleague) == "taken"


def test_what_a_colleague_left_behind_who_has_left_office_is_taken_on(application, office, colleague):
    offices.end_staff(term=office.person.staff_terms.get(), by=None)
    taken = screening.take_on(application=application, by=colleague)
    assert taken.assigned_to == colleague
    assert verbs(application)[-1] == Verb.HANDED_OVER
    assert not Notice.objects.filter(event__verb=Verb.HANDED_OVER).exists()  # nobody is told of what they did


def test_handing_over_changes_who_has_it_and_nothing_else(application, office, colleague):
    handed = screening.hand_over(application=application, officer=colleague, by=office)
    assert (handed.assigned_to, handed.state) == (colleague, ApplicationState.SCREENING)
    assert verbs(application)[-1] == Verb.HANDED_OVER
    notice = Notice.objects.get(event__verb=Verb.HANDED_OVER)
    assert (notice.user, notice.kind, notice.in_inbox) == (colleague, Kind.APPLICATION_HANDED, True)
    assert notice.state == NoticeState.NEW
    before = world()
    screening.hand_over(application=application, officer=colleague, by=office)
    assert world() == before


def test_nobody_outside_the_office_is_given_an_application(application, office, cast):
    for name in ("individual", "steering-1", "stranger"):
        assert refused(screening.hand_over, application=application, officer=cast[name], by=office) == "not-in-office"


@pytest.mark.parametrize("act", ["take_on", "hand_over"])
def test_what_has_ended_stays_with_nobody_new(cast, office, colleague, act):
    ended = made.submitted()
    screening.take_on(application=ended, by=office)
    returned(ended, office)
    facts = {"by": colleague} | ({"officer": colleague} if act == "hand_over" else {})
    assert refused(getattr(screening, act), application=ended, **facts) == "ended"


# --- Checking -----------------------------------------------------------------------------------------------------


def first_item(application):
    return CheckItem.objects.asked_of(application.tier).first()


def test_a_check_is_recorded_with_who_found_it(application, office):
    item = first_item(application)
    found = {item: Finding(CheckOutcome.UNCLEAR, "The scan is dark.")}
    assert screening.record_checks(application=application, found=found, by=office) == 1
    check = application.checks.get()
    assert (check.item, check.outcome, check.note, check.checked_by) == (
        item,
        CheckOutcome.UNCLEAR,
        "The scan is dark.",
        office,
    )
    assert AuditEvent.objects.about(application).first().facts == {"items": [item.key]}


def test_recording_what_is_recorded_writes_nothing(application, office):
    check_all(application, office)
    before = world()
    check_all(application, office)
    assert world() == before


def test_two_officers_who_check_different_lines_at_once_lose_nothing(application, office, colleague):
    first, second = CheckItem.objects.asked_of(application.tier)[:2]
    unseen = digest_of(None)
    screening.record_checks(application=application, found={first: Finding(CheckOutcome.MET, "", unseen)}, by=colleague)
    found = {second: Finding(CheckOutcome.MET, "", unseen)}
    screening.record_checks(application=application, found=found, by=office)
    assert {check.item for check in application.checks.all()} == {first, second}


def test_a_line_that_was_only_looked_at_overwrites_nothing(application, office, colleague):
    item = first_item(application)
    screening.record_checks(application=application, found={item: Finding(CheckOutcome.MET)}, by=office)
    shown = Finding(CheckOutcome.MET, "", digest_of(application.checks.get()))
    screening.record_checks(
        application=application, found={item: Finding(CheckOutcome.NOT_MET, "Forged.")}, by=colleague
    )
    assert screening.record_checks(application=application, found={item: shown}, by=office) == 0
    assert application.checks.get().outcome == CheckOutcome.NOT_MET


def test_two_officers_who_check_one_line_see_both_findings(application, office, colleague):
    item = first_item(application)
    screening.record_checks(
        application=application, found={item: Finding(CheckOutcome.NOT_MET, "Forged.")}, by=colleague
    )
    found = {item: Finding(CheckOutcome.MET, "", digest_of(None))}
    assert refused(screening.record_checks, application=application, found=found, by=office) == "stale"


# --- Asking -------------------------------------------------------------------------------------------------------


def test_an_application_that_is_screened_waits_for_the_answer(application, office):
    request = screening.ask(application=application, question="Which years?", due_on=today() + SOON, by=office)
    application.refresh_from_db()
    assert application.state == ApplicationState.INFORMATION
    assert (request.asked_by, request.answered_at) == (office, None)


def test_a_second_question_may_follow_and_both_are_waited_for(application, office):
    first = screening.ask(application=application, question="Which years?", due_on=today() + SOON, by=office)
    screening.ask(application=application, question="Which places?", due_on=today() + SOON, by=office)
    information.give(request=first, answer="All.", revision=application.revision, by=application.applicant)
    application.refresh_from_db()
    assert application.state == ApplicationState.INFORMATION


def test_the_same_question_sent_twice_is_asked_once(application, office):
    facts = {"application": application, "question": "Which years?", "due_on": today() + SOON, "by": office}
    request = screening.ask(**facts)
    before = world()
    assert screening.ask(**facts) == request
    assert world() == before


def test_an_answer_is_due_on_a_later_day(application, office):
    facts = {"application": application, "question": "Which years?", "due_on": today(), "by": office}
    assert refused(screening.ask, **facts) == "past"


def test_a_new_application_is_taken_on_before_anything_is_asked(new, office):
    facts = {"application": new, "question": "Which years?", "due_on": today() + SOON, "by": office}
    assert refused(screening.ask, **facts) == "not-now"


def test_the_committee_does_not_wait_for_an_answer(cast, office):
    row = opened(cast).subject
    screening.ask(application=row, question="Which years?", due_on=today() + SOON, by=office)
    row.refresh_from_db()
    assert row.state == ApplicationState.BALLOT


# --- Recommending -------------------------------------------------------------------------------------------------


def test_a_recommendation_makes_it_ready_for_the_committee(application, office):
    check_all(application, office)
    given = advise(application, office)
    application.refresh_from_db()
    assert application.state == ApplicationState.RECOMMENDED
    assert (given.version, given.made_by) == (application.current_version, office)


def test_advice_is_not_given_on_checks_that_are_missing(application, office):
    assert refused(advise, application=application, by=office) == "unchecked"


def test_advice_is_given_on_the_version_that_was_read(application, office):
    check_all(application, office)
    assert refused(advise, application=application, by=office, version=0) == "stale"


def test_the_same_advice_given_twice_is_one(application, office):
    check_all(application, office)
    given = advise(application, office)
    before = world()
    assert advise(application, office) == given
    assert world() == before


def test_a_new_application_gets_no_advice(new, office):
    assert refused(advise, application=new, by=office) == "not-now"


def test_a_recommendation_is_taken_back(application, office):
    ready(application, office)
    assert screening.screen_again(application=application, by=office).state == ApplicationState.SCREENING
    assert verbs(application)[-1] == Verb.SCREENING_RESUMED


def test_a_recommendation_is_not_taken_back_under_a_ballot_that_is_prepared(application, office):
    ready(application, office)
    ballot = ballots.prepare(subject=application, by=office)
    before = world()
    with pytest.raises(Refused) as refusal:
        screening.screen_again(application=application, by=office)
    assert (refusal.value.code, refusal.value.facts) == ("ballot-prepared", {"ballot": ballot.number})
    assert world() == before
    ballots.withdraw(ballot=ballot, by=office)
    assert screening.screen_again(application=application, by=office).state == ApplicationState.SCREENING


def test_what_is_not_ready_is_not_taken_back(application, office):
    assert refused(screening.screen_again, application=application, by=office) == "not-now"


# --- Writing ------------------------------------------------------------------------------------------------------


def letter(application, by, **changes):
    facts = {"template_key": "received", "subject": "Thank you", "body": "We have it."}
    return screening.send_letter(application=application, by=by, **facts | changes)


def test_a_letter_stands_on_the_application_and_goes_to_the_applicant(application, office):
    sent = letter(application, office)
    assert list(application.letters.all()) == [sent]
    assert Notice.objects.get(event__verb=Verb.LETTER_SENT).user == application.applicant


def test_a_button_pressed_twice_sends_one_letter(application, office, colleague):
    sent = letter(application, office)
    before = world()
    assert letter(application, office) == sent
    assert world() == before
    assert letter(application, colleague) != sent


def test_a_letter_with_an_empty_place_stays_here(application, office):
    assert refused(letter, application=application, by=office, body="By {due_on}.") == "unfilled"


def returned(application, by, **changes):
    facts = {
        "reason": "No letter of a referee.",
        "reapply_on": today() + SOON,
        "subject": "Your application",
        "body": "It lacks: {reason} Apply again from {reapply_on}.",
    }
    return screening.decline(application=application, by=by, **facts | changes)


def test_an_incomplete_application_is_returned_with_reason_and_day(application, office):
    row = returned(application, office)
    assert (row.state, row.reapply_on) == (ApplicationState.DECLINED, today() + SOON)
    assert row.outcome_reason == "No letter of a referee."
    assert row.ended_at is not None
    sent = row.letters.get()
    assert "No letter of a referee." in sent.body
    assert "{" not in sent.body
    assert Notice.objects.get(event__verb=Verb.APPLICATION_DECLINED).user == application.applicant


def test_returned_twice_is_returned_once(application, office):
    returned(application, office)
    before = world()
    returned(application, office)
    assert world() == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reapply_on": None}, "past"),
        ({"body": "From {someday}."}, "unfilled"),
    ],
)
def test_a_return_that_is_refused_ends_nothing(application, office, changes, code):
    changes = {name: value or today() - SOON for name, value in changes.items()}
    assert refused(returned, application=application, by=office, **changes) == code


# --- Drafts of letters --------------------------------------------------------------------------------------------


def left_in(application, key, by):
    return letters.draft(application, key, by=by, on=today())["left"]


def test_what_a_new_application_cannot_know_is_flagged_and_the_rest_is_filled(application, office):
    expected = {
        "received": [],
        "information-request": ["question"],
        "incomplete": ["reason", "reapply_on"],
        "admitted": ["decision", "starts_on", "ends_on"],
        "refused": ["decision", "reason", "reapply_on"],
        "held": ["concern"],
        "withdrawn": [],
    }
    assert {key: left_in(application, key, office) for key in PLACES} == expected


def test_each_letter_is_whole_when_its_moment_comes(cast, office, clock):
    asked = made.submitted()
    screening.take_on(application=asked, by=office)
    screening.ask(application=asked, question="Which years?", due_on=today() + SOON, by=office)
    incomplete = made.submitted()
    screening.take_on(application=incomplete, by=office)
    admitted = come_to(ApplicationState.ADMITTED, cast, office, clock)
    moments = {
        "received": made.submitted(),
        "information-request": asked,
        "incomplete": returned(incomplete, office),
        "admitted": admitted,
        "withdrawn": come_to(ApplicationState.WITHDRAWN, cast, office, clock),
    }
    for key, row in moments.items():
        assert left_in(Application.objects.with_subject().get(pk=row.pk), key, office) == [], key
    membership = Membership.objects.get(decision__isnull=False)
    body = letters.draft(admitted, "admitted", by=office, on=today())["body"]
    assert membership.decision.number in body


def test_a_refusal_fills_its_letter_with_what_the_decision_says(cast, office, clock):
    refusal = come_to(ApplicationState.REFUSED, cast, office, clock)
    draft = letters.draft(refusal, "refused", by=office, on=today())
    decision = Decision.objects.get()
    assert decision.number in draft["body"]
    assert draft["left"] == ["reason"]


def test_a_hold_fills_its_letter_without_a_name(cast, office, clock):
    held = come_to(ApplicationState.HELD, cast, office, clock)
    draft = letters.draft(held, "held", by=office, on=today())
    assert draft["left"] == []
    assert "Because." in draft["body"]
    assert not any(user.person.name in draft["body"] for user in cast.seats)


def test_every_place_of_every_letter_is_known_to_the_drafts(application, office):
    known = set(letters.facts_of(application, by=office, on=today()))
    assert set(EVERYWHERE) <= known
    assert fill("{name}", **letters.facts_of(application, by=office, on=today())) == "Awa Example"


def test_a_letter_is_drafted_in_the_applicants_language_where_there_is_such_a_template(application, office):
    LetterTemplate.objects.create(key="received", language="fr", title="Reçue", subject="Merci", body="Bonjour {name}")
    application.applicant.language = "fr"
    application.applicant.save()
    assert letters.draft(application, "received", by=office, on=today())["body"] == "Bonjour Awa Example"
    assert letters.language_in_words(application, "received") == ""
    assert letters.language_in_words(application, "withdrawn") == "English"


def test_an_unknown_template_is_an_empty_page(application, office):
    draft = letters.draft(application, "no-such-letter", by=office, on=today())
    assert draft == {"subject": "", "body": "", "left": []}


# --- Saying who the applicant is ----------------------------------------------------------------------------------


def test_hints_name_people_organisations_and_earlier_applications_alike(cast, office):
    alike = made.person("Awa Exampel")
    institute = made.organisation("Institute of Example")
    made.person("Somebody Else Entirely")
    earlier = made.submitted()
    row = made.submitted("institutional")
    hints = hints_for(row, row.answers, viewer=office, on=today())
    assert [view.public_id for view in hints.people] == [alike.public_id]
    assert hints.organisations == [institute]
    assert hints.applications == [earlier]


def test_an_application_is_linked_and_unlinked(application, office):
    known = made.person("Awa Example")
    assert screening.link(application=application, person=known, by=office).person == known
    assert verbs(application)[-1] == Verb.APPLICATION_LINKED
    assert screening.link(application=application, by=office).person is None
    before = world()
    screening.link(application=application, by=office)
    assert world() == before


def test_an_applicant_with_a_record_of_their_own_is_that_person(cast, office):
    row = made.submitted(user=cast["applicant"])
    other = made.person("Awa Example")
    assert refused(screening.link, application=row, person=other, by=office) == "own-record"
    assert linkable(row, viewer=office, on=today()).own.name == cast.person("applicant").name
    assert screening.link(application=row, by=office).person == cast.person("applicant")


def test_somebody_known_under_quite_another_name_is_found_by_it(application, office):
    known = made.person("Mariama Totally-Different")
    assert not linkable(application, viewer=office, on=today()).people
    found = linkable(application, viewer=office, on=today(), search="mariama")
    assert [view.public_id for view in found.people] == [known.public_id]


def test_an_organisation_is_found_by_its_acronym_and_only_where_one_applies(cast, office):
    known = made.organisation("Centre for Quite Other Things", acronym="CQOT")
    row, individual = made.submitted("institutional"), made.submitted()
    assert known in linkable(row, viewer=office, on=today(), search="cqot").organisations
    assert not linkable(individual, viewer=office, on=today(), search="cqot").organisations


def test_admission_uses_the_record_that_was_linked(cast, office):
    row = made.submitted("institutional", holder_kind=HolderKind.ORGANISATION)
    known = made.organisation("Institute of Example")
    screening.take_on(application=row, by=office)
    screening.link(application=row, organisation=known, by=office)
    ready(row, office)
    voted(cast, ["yes"] * 5, application=row)
    assert Membership.objects.get(decision__isnull=False).organisation == known


# --- The page -----------------------------------------------------------------------------------------------------


def test_the_page_says_what_changed_between_versions_and_which_checks_are_older(application, office):
    check_all(application, office)
    request = screening.ask(application=application, question="Which years?", due_on=today() + SOON, by=office)
    application = made.save(application, "conflicts", {"relation": "some", "seats": [], "details": "My cousin."})
    information.give(request=request, answer="All.", revision=application.revision, by=application.applicant)
    newest = application.current_version
    page = page_of(application, version=newest, viewer=office, on=today())
    assert page["changed"] == {"conflicts"}
    assert all(line.is_older for line in page["checks"])
    assert not any(line.is_older for line in check_lines(application, application.versions.first()))
    earlier = page_of(application, version=application.versions.first(), viewer=office, on=today())
    assert (earlier["is_newest"], earlier["changed"]) == (False, frozenset())


def test_the_history_tells_who_did_what_and_leaves_saving_out(cast, application, office):
    ready(application, office)
    ballots.prepare(subject=application, by=office)
    told = history_of(application, viewer=office, on=today())
    assert [line.text for line in told][:2] == [Verb.BALLOT_PREPARED.label, Verb.RECOMMENDED.label]
    assert {line.by for line in told} == {cast.person("secretariat-1").name, "Awa Example"}
    assert Verb.APPLICATION_SAVED.label not in {line.text for line in told}
