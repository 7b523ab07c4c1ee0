"""The Secretariat's desk through its pages: who may open what, what is shown, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import applications, ballots, rights, screening
from members.choices.applications import Advice, ApplicationState, CheckOutcome, Step
from members.choices.desk import SHELVES
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import (
    Application,
    AuditEvent,
    Ballot,
    Check,
    CheckItem,
    InformationRequest,
    Letter,
    Recommendation,
    User,
)
from members.queries import answers
from members.rules.answers import basis_of
from members.rules.documents import missing
from secretariat.models import Notice
from tests.factories import members as made
from tests.factories.ballots import clear, opened, recommended
from tests.integration.members.test_screening import check_all, ready
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

QUEUE, PAPER = reverse("members:desk-applications"), reverse("members:desk-paper")
PAGES = ("application", "hand-over", "checks", "ask", "recommend", "letter", "decline", "link")
ACTS = ("take", "hand-over", "checks", "ask", "recommend", "again", "letter", "decline", "link", "prepare")


def desk(name, application) -> str:
    return reverse(f"members:desk-{name}", args=[application.number])


def acts() -> tuple[int, ...]:
    """What an act could leave behind. Signing in has a record of its own."""
    counted = (Check, InformationRequest, Recommendation, Letter, Ballot, Notice, Application, User)
    record = AuditEvent.objects.exclude(verb__startswith="account.").count()
    return record, *(model.objects.count() for model in counted)


@pytest.fixture
def office(cast):
    return cast["secretariat-1"]


@pytest.fixture
def staff(client, office):
    return sign_in(client, office)


@pytest.fixture
def taken(office):
    return screening.take_on(application=made.submitted(), by=office)


# --- Who may open what --------------------------------------------------------------------------------------------


def test_the_desk_is_the_secretariats_alone_and_nothing_is_leaked(client, cast):
    row = made.submitted(user=cast["applicant"])
    before = acts()
    for name in sorted(set(cast.users) - {"secretariat-1", "secretariat-2", "out-of-use"}):
        reader = sign_in(client, cast[name])
        assert reader.get(QUEUE).status_code == 403, name
        assert reader.get(PAPER).status_code == 403, name
        assert reader.post(PAPER, {"tier": "individual", "email": "x@made.test"}).status_code == 403, name
        for page in PAGES:
            response = reader.get(desk(page, row))
            assert response.status_code == (403 if name == "applicant" else 404), (name, page)
            assert "Awa Example" not in response.text, (name, page)
        for act in ACTS:
            assert reader.post(desk(act, row), {"text": "x"}).status_code in {403, 404}, (name, act)
    assert acts() == before
    row.refresh_from_db()
    assert (row.state, row.assigned_to) == (ApplicationState.SUBMITTED, None)


def test_visitors_are_asked_to_sign_in(client, db, cast):
    row = made.submitted()
    for url in (QUEUE, PAPER, desk("application", row)):
        assert client.get(url).url.startswith(reverse("account_login")), url


def test_an_officer_does_not_screen_an_application_of_their_own(client, cast, staff):
    own = made.submitted("rising-leaders", user=cast["secretariat-1"])
    assert own.number not in staff.get(QUEUE).text
    for page in PAGES:
        assert staff.get(desk(page, own)).status_code == 403, page
    assert staff.post(desk("take", own)).status_code == 403
    own.refresh_from_db()
    assert own.state == ApplicationState.SUBMITTED


def test_a_draft_of_an_applicant_is_nobody_elses(staff):
    draft = made.draft()
    assert staff.get(desk("application", draft)).status_code == 404
    assert draft.number not in staff.get(QUEUE, {"shelf": "paper"}).text


def test_a_number_that_is_none_is_not_there(staff):
    assert staff.get(reverse("members:desk-application", args=["APP-1999-0001"])).status_code == 404


def test_steering_members_read_dossiers_at_the_ballot_and_not_at_the_desk(client, cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    reader = sign_in(client, cast["steering-2"])
    assert reader.get(desk("application", ballot.subject)).status_code == 403


@pytest.mark.parametrize("act", ["take", "again", "prepare"])
def test_acts_of_one_button_are_not_done_by_looking(staff, act, taken):
    before = acts()
    assert staff.get(desk(act, taken)).status_code == 405
    assert acts() == before


# --- The queue ----------------------------------------------------------------------------------------------------


def numbers(client, **asked) -> list[str]:
    return [line.number for line in client.get(QUEUE, asked).context["lines"]]


def test_each_state_stands_on_its_shelf_and_is_counted_there(cast, staff, office):
    row = {
        "new": made.submitted(),
        "screening": screening.take_on(application=made.submitted(), by=office),
        "ready": recommended(cast, applicant="individual", tier="rising-leaders"),
        "committee": opened(cast).subject,
    }
    waiting = screening.take_on(application=made.submitted(), by=office)
    screening.ask(application=waiting, question="Which?", due_on=today() + timedelta(days=9), by=office)
    row |= {"waiting": waiting, "paper": entered(staff), "ended": ended(office)}
    rights_of(row.values())
    counts = staff.get(QUEUE).context["counts"]
    assert counts == {shelf.key: 1 for shelf in SHELVES}
    for shelf in SHELVES:
        assert numbers(staff, shelf=shelf.key) == [row[shelf.key].number], shelf.key


def rights_of(rows):
    """Applications that the factory made by hand carry the grants their state calls for."""
    for row in rows:
        rights.settle(Application.objects.get(pk=row.pk))


def entered(staff, email="on-paper@made.test"):
    staff.post(PAPER, {"tier": "individual", "email": email, "received_on": today().isoformat()})
    return Application.objects.get(applicant__email=email)


def ended(office):
    row = screening.take_on(application=made.submitted(), by=office)
    return screening.decline(
        application=row, reason="Late.", reapply_on=today(), subject="Returned", body="{reason}", by=office
    )


def test_search_and_filters_narrow_the_shelf_and_every_count(staff, office, cast):
    first, second = made.submitted(), made.submitted("institutional")
    third = screening.take_on(application=made.submitted("institutional"), by=office)
    assert numbers(staff, q="institute of exam") == [second.number]
    assert numbers(staff, q=first.number.lower()) == [first.number]
    assert numbers(staff, q=second.applicant.email) == [second.number]
    assert numbers(staff, tier="individual") == [first.number]
    assert numbers(staff, shelf="screening", officer="mine") == [third.number]
    assert numbers(staff, shelf="screening", officer="nobody") == []
    assert numbers(staff, shelf="screening", officer=str(cast["secretariat-2"].public_id)) == []
    counts = staff.get(QUEUE, {"tier": "institutional"}).context["counts"]
    assert (counts["new"], counts["screening"]) == (1, 1)
    assert numbers(staff, officer=str(cast["individual"].public_id)) == [first.number, second.number], "not an officer"


def test_a_filter_is_sent_with_the_shelf_it_was_used_on(staff, taken):
    response = staff.get(QUEUE, {"shelf": "screening", "q": "nobody"})
    assert '<input type="hidden" name="shelf" value="screening"' in response.text
    assert response.context["shelf"].key == "screening"
    assert "Nothing found on this shelf" in response.text
    assert response.context["filter"].clear_url == "?shelf=screening"


def test_every_shelf_says_when_it_is_empty(staff):
    for shelf in SHELVES:
        assert str(shelf.empty) in staff.get(QUEUE, {"shelf": shelf.key}).text


def test_what_makes_no_sense_breaks_nothing(staff):
    for asked in ({"shelf": "x"}, {"q": "a\x00"}, {"officer": "me; --"}, {"page": "-1"}, {"tier": "gold"}):
        assert staff.get(QUEUE, asked).status_code == 200, asked


def test_an_answer_that_is_late_is_marked(staff, office, clock):
    row = screening.take_on(application=made.submitted(), by=office)
    screening.ask(application=row, question="Which?", due_on=today() + timedelta(days=1), by=office)
    assert [line.late for line in staff.get(QUEUE, {"shelf": "waiting"}).context["lines"]] == [False]
    with clock.ahead(days=2):
        sign_in(staff, office)
        assert [line.late for line in staff.get(QUEUE, {"shelf": "waiting"}).context["lines"]] == [True]


def statements(client, *page) -> int:
    client.get(*page)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(*page).status_code == 200
    return len(counted)


def test_thirty_applications_take_as_many_statements_as_one(staff, cast, office):
    def one_more(number):
        row = made.submitted("institutional" if number % 2 else "individual")
        officer = cast["secretariat-2"] if number % 3 else office
        screening.take_on(application=row, by=officer)

    for number in range(4):
        one_more(number)
    few = statements(staff, QUEUE, {"shelf": "screening"})
    for number in range(4, 30):
        one_more(number)
    assert statements(staff, QUEUE, {"shelf": "screening"}) == few
    assert len(numbers(staff, shelf="screening")) == 25
    assert len(numbers(staff, shelf="screening", page=2)) == 5


def test_a_page_with_much_on_it_takes_as_many_statements_as_one_with_little(staff, taken, office):
    def one_more(number):
        screening.ask(application=taken, question=f"{number}?", due_on=today() + timedelta(days=9), by=office)
        screening.send_letter(application=taken, template_key="", subject=f"{number}", body="Hello", by=office)
        made.person(f"Awa Example {number}")

    one_more(0)
    few = statements(staff, desk("application", taken))
    for number in range(1, 8):
        one_more(number)
    assert statements(staff, desk("application", taken)) == few


# --- The page -----------------------------------------------------------------------------------------------------


def test_the_next_act_stands_first_in_every_state(staff, office, cast):
    row = made.submitted()
    assert "Take it on" in staff.get(desk("application", row)).text
    staff.post(desk("take", row))
    assert "still to be recorded" in staff.get(desk("application", row)).text
    check_all(row, office)
    assert "All checks are recorded." in staff.get(desk("application", row)).text
    ready(row, office)
    assert "Prepare the ballot" in staff.get(desk("application", row)).text
    response = staff.post(desk("prepare", row))
    ballot = Ballot.objects.get()
    assert response.url == reverse("members:ballot", args=[ballot.number])
    page = staff.get(desk("application", row)).text
    assert f"Ballot {ballot.number} is prepared" in page
    assert desk("again", row) not in page
    response = staff.post(desk("again", row), follow=True)
    assert ballot.number in str(next(iter(response.context["messages"])))
    row.refresh_from_db()
    assert row.state == ApplicationState.RECOMMENDED


def test_a_colleague_sees_who_has_it_and_hands_it_over(client, cast, taken, office):
    colleague = sign_in(client, cast["secretariat-2"])
    assert cast.person("secretariat-1").name in colleague.get(desk("application", taken)).text
    form = colleague.get(desk("hand-over", taken)).context["form"]
    assert [str(label) for _key, label in form.fields["officer"].choices] == [cast.person("secretariat-2").name]
    colleague.post(desk("hand-over", taken), {"officer": str(cast["secretariat-2"].public_id)})
    taken.refresh_from_db()
    assert taken.assigned_to == cast["secretariat-2"]


def test_an_officer_who_is_none_is_not_chosen(staff, cast, taken, office):
    before = acts()
    for wrong in (str(cast["individual"].public_id), "x", ""):
        assert staff.post(desk("hand-over", taken), {"officer": wrong}).context["form"].errors
    taken.refresh_from_db()
    assert (taken.assigned_to, acts()) == (office, before)


def test_only_versions_that_exist_are_shown(staff, taken):
    assert staff.get(desk("application", taken), {"version": "1"}).status_code == 200
    for wrong in ("2", "99999999999999999999"):
        assert staff.get(desk("application", taken), {"version": wrong}).status_code == 404
    for odd in ("²", "x", "-1"):
        assert staff.get(desk("application", taken), {"version": odd}).context["version"].number == 1


def test_what_the_applicant_is_changing_is_not_read_before_it_is_sent(staff, taken, office):
    screening.ask(application=taken, question="Which?", due_on=today() + timedelta(days=9), by=office)
    identity = taken.answers["identity"] | {"biography": "Not sent yet."}
    made.save(Application.objects.get(pk=taken.pk), "identity", identity)
    assert "Not sent yet." not in staff.get(desk("application", taken)).text


def test_a_referee_is_written_to_again_after_some_days(staff, taken, clock, office):
    referee = taken.referees.first()
    url = reverse("members:desk-referee", args=[taken.number, referee.public_id])
    before = acts()
    assert "was written to a short while ago" in staff.post(url, follow=True).text
    assert acts() == before
    with clock.ahead(days=4):
        sign_in(staff, office)
        staff.post(url)
    assert AuditEvent.objects.about(referee).filter(verb=Verb.REFEREE_INVITED).count() == 2
    other = made.referee(made.draft())
    assert staff.post(reverse("members:desk-referee", args=[taken.number, other.public_id])).status_code == 404


# --- Forms --------------------------------------------------------------------------------------------------------


def as_shown(response) -> dict:
    """What a form would send as it is shown."""
    form = response.context["form"]
    return {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}


def test_checks_are_recorded_through_the_page(staff, taken):
    sent = as_shown(staff.get(desk("checks", taken)))
    sent |= {"outcome_answers": CheckOutcome.MET, "outcome_documents": CheckOutcome.UNCLEAR, "note_documents": "Dark."}
    staff.post(desk("checks", taken), sent)
    assert {(check.item.key, check.outcome, check.note) for check in taken.checks.all()} == {
        ("answers", "met", ""),
        ("documents", "unclear", "Dark."),
    }


def test_what_is_not_in_order_is_said_in_words(staff, taken):
    before = acts()
    sent = as_shown(staff.get(desk("checks", taken))) | {
        "outcome_answers": CheckOutcome.NOT_MET,
        "note_documents": "A note without a finding.",
        "note_identity": "x" * 2001,
        "outcome_identity": CheckOutcome.MET,
    }
    response = staff.post(desk("checks", taken), sent)
    assert set(response.context["form"].errors) == {"note_answers", "outcome_documents", "note_identity"}
    assert "A note without a finding." in response.text
    assert acts() == before


def test_two_windows_on_the_checks_lose_nothing(staff, taken, cast):
    stale = as_shown(staff.get(desk("checks", taken)))
    item = CheckItem.objects.get(key="answers")
    screening.record_checks(
        application=taken,
        found={item: screening.Finding(CheckOutcome.NOT_MET, "Two are empty.")},
        by=cast["secretariat-2"],
    )
    before = acts()
    response = staff.post(desk("checks", taken), stale | {"outcome_answers": CheckOutcome.MET})
    assert acts() == before
    assert "Recorded meanwhile: Not in order: Two are empty." in response.text
    staff.post(desk("checks", taken), as_shown(response))
    assert taken.checks.get().outcome == CheckOutcome.MET


def test_a_question_is_asked_through_the_page(staff, taken):
    before = acts()
    wrong = staff.post(desk("ask", taken), {"question": "Which years?", "due_on": today().isoformat()})
    assert list(wrong.context["form"].errors) == ["due_on"]
    assert "Which years?" in wrong.text
    assert acts() == before
    due = (today() + timedelta(days=5)).isoformat()
    staff.post(desk("ask", taken), {"question": "Which years?", "due_on": due})
    assert taken.requests.get().question == "Which years?"


def test_a_recommendation_on_a_version_that_is_no_longer_the_newest_is_looked_at_once_more(staff, taken, office):
    check_all(taken, office)
    sent = {"advice": Advice.ADMIT, "text": "Sound.", "version": 0}
    response = staff.post(desk("recommend", taken), sent)
    assert "Version 1 came in since" in response.text
    assert not taken.recommendations.exists()
    staff.post(desk("recommend", taken), sent | {"version": response.context["form"]["version"].value()})
    assert taken.recommendations.get().text == "Sound."


def test_checks_that_are_missing_are_named_before_a_recommendation(staff, taken):
    page = staff.get(desk("recommend", taken))
    assert "Not all checks are recorded" in page.text
    before = acts()
    response = staff.post(desk("recommend", taken), {"advice": Advice.ADMIT, "text": "Sound.", "version": 1})
    assert response.context["form"].non_field_errors()
    assert acts() == before


def test_a_letter_is_drafted_edited_and_sent(staff, taken):
    assert "Request for information" in staff.get(desk("letter", taken)).text
    url = f"{desk('letter', taken)}?template=information-request"
    page = staff.get(url)
    assert "Still to be filled: {question}" in page.text
    sent = as_shown(page)
    before = acts()
    refused = staff.post(url, sent)
    assert "{question}" in refused.context["form"].errors["body"][0]
    assert acts() == before
    staff.post(url, sent | {"body": sent["body"].replace("{question}", "Which years?")})
    letter = taken.letters.get()
    assert (letter.template_key, "Which years?" in letter.body) == ("information-request", True)


def test_a_template_that_is_none_is_not_taken(staff, taken):
    for wrong in ("x" * 60, "no-such"):
        response = staff.post(f"{desk('letter', taken)}?template={wrong}", {"subject": "A", "body": "B"})
        assert response.context["form"].errors["template"]
    assert not taken.letters.exists()
    staff.post(f"{desk('letter', taken)}?template=", {"subject": "A", "body": "B"})
    assert taken.letters.get().template_key == ""


def test_an_application_is_returned_through_the_page(staff, taken):
    sent = as_shown(staff.get(desk("decline", taken)))
    before = acts()
    early = staff.post(desk("decline", taken), sent | {"reason": "No letter.", "reapply_on": "2020-01-01"})
    assert list(early.context["form"].errors) == ["reapply_on"]
    assert acts() == before
    staff.post(desk("decline", taken), sent | {"reason": "No letter."})
    taken.refresh_from_db()
    assert (taken.state, taken.outcome_reason) == (ApplicationState.DECLINED, "No letter.")
    assert "No letter." in taken.letters.get().body
    assert "May apply again from" in staff.get(desk("application", taken)).text


def test_who_the_applicant_is_is_looked_up_chosen_and_taken_back(staff, taken):
    known = made.person("Somebody Quite Else")
    page = staff.get(desk("link", taken), {"q": "quite"})
    assert "Somebody Quite Else" in page.text
    url = f"{desk('link', taken)}?q=quite"
    staff.post(url, {"person": str(known.public_id)})
    taken.refresh_from_db()
    assert taken.person == known
    staff.post(desk("link", taken), {"person": ""})
    taken.refresh_from_db()
    assert taken.person is None
    stranger = made.person("Not Found Here")
    before = acts()
    assert staff.post(desk("link", taken), {"person": str(stranger.public_id)}).context["form"].errors
    assert staff.get(desk("link", taken), {"q": "a\x00b"}).status_code == 200
    assert acts() == before


# --- From paper ---------------------------------------------------------------------------------------------------


def test_an_application_on_paper_is_entered_page_by_page_and_submitted_by_staff(staff, office):
    row = entered(staff)
    assert (row.entered_by, row.received_on, row.state) == (office, today(), ApplicationState.DRAFT)
    assert Notice.objects.filter(event__verb=Verb.ENTRY_ASKED, address=row.applicant.email).count() == 1
    assert numbers(staff, shelf="paper") == [row.number]
    fill_in(row, office)
    page = staff.get(reverse("members:application-check", args=[row.number]))
    assert page.status_code == 200
    sent = {"revision": Application.objects.get(pk=row.pk).revision, "declaration": "on"}
    staff.post(reverse("members:application-check", args=[row.number]), sent)
    row.refresh_from_db()
    assert row.state == ApplicationState.SUBMITTED
    assert row.current_version.submitted_by == office
    assert Notice.objects.filter(user=row.applicant, event__verb=Verb.APPLICATION_SUBMITTED).exists()
    assert "received on paper" in staff.get(desk("application", row)).text


def fill_in(row, office):
    """Every page of an application, as the officer types it."""
    for step in answers.steps_of(row):
        if step not in (Step.REFEREES, Step.DOCUMENTS):
            row = applications.save(
                application=row,
                step=step,
                values=made.good_answers(row, step),
                basis=basis_of(answers.saved(row, step)),
                by=office,
            )
    for _number in range(row.terms.referees_needed):
        made.referee(row)
    for kind in missing(row.terms.documents, holder_kind=row.holder_kind, present=()):
        made.document(row, kind)


def test_paper_that_makes_no_sense_is_refused_beside_its_field(staff):
    before = acts()
    good = {"tier": "individual", "email": "on-paper@made.test", "received_on": today().isoformat()}
    tomorrow = (today() + timedelta(days=1)).isoformat()
    for field, value in (("email", "nobody"), ("received_on", tomorrow), ("tier", "gold")):
        assert list(staff.post(PAPER, good | {field: value}).context["form"].errors) == [field]
    assert acts() == before
    entered(staff)
    before = acts()
    again = staff.post(PAPER, good)
    assert re.search(r"APP-\d+-\d+ for this tier is pending", again.context["form"].errors["email"][0])
    assert acts() == before


def test_a_paper_applicant_who_is_asked_is_answered_for(staff, office):
    row = entered(staff)
    fill_in(row, office)
    row.refresh_from_db()
    applications.submit(application=row, revision=row.revision, by=office)
    screening.take_on(application=row, by=office)
    screening.ask(application=row, question="Which?", due_on=today() + timedelta(days=9), by=office)
    page = staff.get(desk("application", row)).text
    assert "Enter the answer from paper" in page
    assert staff.get(reverse("members:application", args=[row.number])).status_code == 200


def test_preparing_a_second_ballot_is_refused_in_words(staff, taken, office):
    ready(taken, office)
    ballots.prepare(subject=taken, by=office)
    before = acts()
    response = staff.post(desk("prepare", taken), follow=True)
    assert "prepared already" in str(next(iter(response.context["messages"])))
    assert acts() == before
