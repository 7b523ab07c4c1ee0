"""Closing by the clock or when all are in, the count, the decision, and admission in the same transaction."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from members.actions import ballots, memberships, organisations, people
from members.actions.admissions import put_to_applicant
from members.choices.applications import ApplicationState
from members.choices.ballots import BallotState, ClosingReason, EventType, Verdict
from members.choices.bodies import OrganisationKind, RepresentationRole, SeatRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now, today
from members.kernel.refusals import Refused
from members.models import (
    Application,
    AuditEvent,
    Ballot,
    BallotEvent,
    Concern,
    Decision,
    Membership,
    Organisation,
    Representation,
    SeatTerm,
    SteeringSeat,
    Tier,
)
from members.permissions.roles import roles_of
from members.queries.logs import faults_of, to_verify
from members.queries.standings import standing_of
from members.rules.terms import add_months
from members.signals import ballot_decided
from members.tasks import close_due_ballots
from tests.factories.ballots import clear, opened, recommended, vote, voted

pytestmark = pytest.mark.django_db


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def fresh(user):
    return type(user).objects.get(pk=user.pk)


# --- When it closes -----------------------------------------------------------------------------------------------


def test_a_ballot_closes_when_all_are_in_with_the_last_position(cast):
    ballot = voted(cast, ["yes", "yes", "yes", "yes", "no"])
    last_vote = ballot.events.filter(type=EventType.CAST).last()
    assert (ballot.state, ballot.verdict) == (BallotState.FINAL, Verdict.APPROVED)
    assert (ballot.closing_reason, ballot.decided_at) == (ClosingReason.ALL_IN, last_vote.at)
    assert [event.type for event in ballot.events.all()][-3:] == ["closed", "decided", "finalised"]


def test_a_hold_keeps_a_ballot_open_when_all_are_in(cast):
    ballot = voted(cast, ["yes", "yes", "yes", "hold", "no"])
    assert ballot.state == BallotState.OPEN
    vote(ballot, cast["steering-4"], "yes")
    ballot.refresh_from_db()
    assert ballot.verdict == Verdict.APPROVED


def test_the_last_silent_seat_that_stands_aside_closes_the_ballot(cast):
    ballot = voted(cast, ["yes", "yes", "yes", "yes"])
    ballots.answer_conflict(ballot=ballot, by=cast["steering-5"], answer="conflicted")
    ballot.refresh_from_db()
    assert (ballot.verdict, ballot.closing_reason) == (Verdict.APPROVED, ClosingReason.ALL_IN)


def test_a_ballot_closes_by_the_clock_with_the_time_it_was_due_however_late(cast, clock):
    ballot = voted(cast, ["yes", "yes", "yes"])
    clock.shift(days=16)
    assert ballots.close_due() == [ballot.number]
    ballot.refresh_from_db()
    assert (ballot.decided_at, ballot.closing_reason) == (ballot.closes_at, ClosingReason.CLOCK)
    assert ballot.decision.decided_at == ballot.closes_at
    closed = ballot.events.get(type=EventType.CLOSED)
    assert closed.at - ballot.closes_at > timedelta(days=1)


def test_a_ballot_is_closed_once(cast, clock):
    ballot = voted(cast, ["yes", "yes", "yes"])
    assert code_of(ballots.close, ballot=ballot) == "not-due"
    clock.shift(days=14)
    ballots.close(ballot=ballot, by=cast["secretariat-1"])
    assert code_of(ballots.close, ballot=ballot) == "not-due"
    assert ballots.close_due() == []
    assert BallotEvent.objects.filter(type=EventType.CLOSED).count() == Decision.objects.count() == 1


def test_the_worker_closes_what_is_due_and_leaves_the_rest(cast, clock):
    due = voted(cast, ["yes", "yes", "yes"], days=7)
    other = opened(cast, application=recommended(cast, tier="rising-leaders", applicant="individual"), days=30)
    clock.shift(days=7)
    close_due_ballots()
    due.refresh_from_db()
    other.refresh_from_db()
    assert (due.state, other.state) == (BallotState.FINAL, BallotState.OPEN)


def test_one_close_that_fails_holds_up_no_other(cast, clock, caplog):
    broken = voted(cast, ["yes", "yes", "yes"])
    Application.objects.filter(pk=broken.subject_id).update(state=ApplicationState.SCREENING)
    whole = opened(cast, application=recommended(cast, tier="rising-leaders", applicant="individual"))
    clock.shift(days=14)
    assert ballots.close_due() == [whole.number]
    assert broken.number in caplog.text
    broken.refresh_from_db()
    assert (broken.state, broken.verdict) == (BallotState.OPEN, "")


def test_looking_writes_nothing_and_shows_the_close_that_is_due(cast, clock):
    ballot = voted(cast, ["yes", "yes", "yes"])
    clock.shift(days=14)
    standing = standing_of(ballot, at=database_now())
    assert standing.closed
    assert not standing.accepting
    assert (standing.verdict, standing.closed_at) == (Verdict.APPROVED, ballot.closes_at)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.verdict) == (BallotState.OPEN, "")


def test_where_votes_are_final_a_ballot_closes_once_the_result_is_decided(cast, clock):
    rule = {"counting": {"early_close": "when_decided"}, "procedure": {"votes_final": True}}
    ballot = voted(cast, ["yes", "yes", "yes", "yes"], rule=rule)
    assert ballot.state == BallotState.OPEN
    clock.shift(days=7)
    assert ballots.close_due() == [ballot.number]
    ballot.refresh_from_db()
    assert ballot.closing_reason == ClosingReason.DECIDED
    assert ballot.decided_at == ballot.opens_at + timedelta(days=7)


# --- What the count says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "verdict", "state"),
    [
        (["yes", "yes", "yes"], Verdict.APPROVED, ApplicationState.ADMITTED),
        (["yes", "yes", "yes", "no"], Verdict.APPROVED, ApplicationState.ADMITTED),
        (["yes", "yes"], Verdict.APPROVED, ApplicationState.ADMITTED),
        (["yes", "yes", "no", "no"], Verdict.NOT_APPROVED, ApplicationState.REFUSED),
        ([], Verdict.NOT_APPROVED, ApplicationState.REFUSED),
        (["abstain"] * 5, Verdict.NOT_APPROVED, ApplicationState.REFUSED),
        (["yes", "yes", "yes", "hold"], Verdict.HELD, ApplicationState.HELD),
        (["yes", "yes", "yes", "yes", "hold"], Verdict.APPROVED, ApplicationState.ADMITTED),
    ],
)
def test_the_subject_changes_exactly_as_the_count_says(cast, clock, choices, verdict, state):
    ballot = voted(cast, choices)
    clock.shift(days=14)
    ballots.close_due()
    ballot.refresh_from_db()
    assert ballot.verdict == verdict
    assert Application.objects.get().state == state
    assert Membership.objects.filter(decision__ballot=ballot).exists() == (state == ApplicationState.ADMITTED)
    assert Decision.objects.filter(ballot=ballot).exists() == (verdict != Verdict.HELD)
    assert not list(faults_of(to_verify().get(pk=ballot.pk)))


# --- Admission ----------------------------------------------------------------------------------------------------


def test_a_person_is_admitted_from_the_day_of_the_decision(cast):
    application = recommended(cast)
    ballot = voted(cast, ["yes"] * 5, application=application)
    membership = Membership.objects.get(decision__isnull=False)
    application.refresh_from_db()
    assert membership.person == application.person == cast.person("applicant")
    assert (membership.tier, membership.terms) == (application.tier, application.terms)
    assert membership.decision == ballot.decision
    assert membership.starts_on == ballot.decided_at.date()
    assert membership.ends_on == add_months(membership.starts_on, application.terms.term_months)
    assert application.ended_at
    assert "member" in roles_of(fresh(cast["applicant"]))
    assert AuditEvent.objects.filter(verb=Verb.ADMITTED).count() == 1


def test_a_person_nobody_knew_is_entered_with_what_the_version_says(cast):
    application = recommended(cast, applicant="stranger")
    voted(cast, ["yes"] * 5, application=application)
    person = fresh(cast["stranger"]).person
    assert (person.name, person.country_id) == ("Awa Testcase", "SN")
    assert "Early warning" in person.biography
    assert [language.code for language in person.languages.all()] == ["en"]
    application.refresh_from_db()
    assert application.person == person


def test_a_known_person_keeps_what_they_wrote_and_gets_what_was_missing(cast):
    person = cast.person("applicant")
    people.change(person=person, by=cast["applicant"], revision=0, biography="My own words.")
    voted(cast, ["yes"] * 5)
    person.refresh_from_db()
    assert (person.name, person.biography) == ("Applicant in Waiting", "My own words.")
    assert person.country_id == "SN"


def test_a_record_that_staff_linked_gets_the_applicants_login(cast):
    known = people.enter(name="Awa T.", by=cast["secretariat-1"])
    application = recommended(cast, applicant="stranger")
    Application.objects.filter(pk=application.pk).update(person=known)
    voted(cast, ["yes"] * 5, application=application)
    known.refresh_from_db()
    assert known.user == cast["stranger"]
    assert "member" in roles_of(fresh(cast["stranger"]))


def test_an_institution_is_admitted_with_its_principal(cast):
    application = recommended(cast, tier="institutional", applicant="stranger")
    voted(cast, ["yes"] * 5, application=application)
    organisation = Organisation.objects.get(name="Institute of a Testcase")
    membership = Membership.objects.get(organisation=organisation)
    representation = Representation.objects.get(organisation=organisation)
    assert membership.decision.ballot.subject == application
    assert (representation.person.user, representation.role) == (cast["stranger"], RepresentationRole.PRINCIPAL)
    assert {"member", "representative"} <= roles_of(fresh(cast["stranger"]))


def test_an_institution_that_has_a_principal_keeps_it(cast):
    known = cast.organisations["institution"]
    application = recommended(cast, tier="institutional", applicant="stranger", organisation=known)
    voted(cast, ["yes"] * 5, application=application)
    roles = Representation.objects.in_force(on=today()).filter(organisation=known).values_list("person__user", "role")
    assert (cast["institution"].pk, RepresentationRole.PRINCIPAL) in roles
    assert (cast["stranger"].pk, RepresentationRole.DELEGATE) in roles


def test_a_steering_institution_gets_its_seat_filled(cast):
    application = recommended(cast, tier="steering", applicant="stranger")
    voted(cast, ["yes"] * 5, application=application)
    seat = SteeringSeat.objects.get(organisation__name="Institute of a Testcase")
    term = SeatTerm.objects.get(seat=seat)
    assert (seat.number, term.role, term.person.user) == (6, SeatRole.PRINCIPAL, cast["stranger"])
    assert "steering" in roles_of(fresh(cast["stranger"]))


def test_a_person_can_hold_a_seat_without_an_institution(cast):
    application = recommended(cast, tier="steering", applicant="stranger", holder_kind="person")
    voted(cast, ["yes"] * 5, application=application)
    assert SteeringSeat.objects.get(number=6).person.user == cast["stranger"]
    assert Membership.objects.get(person__user=cast["stranger"]).tier.short_name == "steering"


def test_another_tier_is_left_for_the_new_one_without_a_day_between(cast, clock):
    rising = cast.person("rising")
    ballot = voted(cast, ["yes", "yes", "yes"], applicant="rising")
    clock.shift(days=16)
    ballots.close_due()
    ballot.refresh_from_db()
    first, second = Membership.objects.filter(person=rising).order_by("starts_on")
    assert (first.tier.short_name, second.tier.short_name) == ("rising-leaders", "individual")
    assert first.ends_on == second.starts_on == today()


def test_where_the_applicant_works_is_noted_as_far_as_it_is_known(cast):
    organisations.enter(name="Université de l'Essai", kind=OrganisationKind.UNIVERSITY, by=None)
    answers = {
        "identity": {"name": "Awa Testcase", "country": "SN"},
        "affiliation": {
            "standing": "affiliated",
            "organisation_1": "universite de l'essai",
            "position_1": "Lecturer",
            "organisation_2": "An unknown house",
        },
    }
    voted(cast, ["yes"] * 5, application=recommended(cast, applicant="stranger", answers=answers))
    affiliation = fresh(cast["stranger"]).person.affiliations.get()
    assert (affiliation.organisation.name, affiliation.position) == ("Université de l'Essai", "Lecturer")


def test_who_is_not_admitted_is_told_from_when_to_try_again(cast):
    application = recommended(cast)
    ballot = voted(cast, ["no"] * 5, application=application)
    application.refresh_from_db()
    after = timedelta(days=application.terms.reapply_after_days)
    assert application.state == ApplicationState.REFUSED
    assert application.reapply_on == ballot.decided_at.date() + after
    assert AuditEvent.objects.about(application).filter(verb=Verb.REFUSED).count() == 1
    assert not Membership.objects.filter(person=cast.person("applicant")).exists()


def test_a_decision_has_the_number_of_its_ballot_and_is_written_once(cast):
    ballot = voted(cast, ["yes"] * 5)
    decision = Decision.objects.get()
    assert (decision.number, decision.verdict) == (ballot.number, Verdict.APPROVED)
    for act in (lambda: Decision.objects.update(verdict="held"), lambda: Decision.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# --- Held ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(cast, clock):
    ballot = voted(cast, ["yes", "hold"])
    clock.shift(days=14)
    ballots.close_due()
    ballot.refresh_from_db()
    return ballot


def test_a_concern_goes_to_the_applicant_without_its_author(cast, held):
    concern, due_on = Concern.objects.get(), today() + timedelta(days=7)
    act = {"concern": concern, "question": "Who pays?", "due_on": due_on, "by": cast["secretariat-1"]}
    request = put_to_applicant(**act)
    assert (request.question, request.asked_by) == ("Who pays?", cast["secretariat-1"])
    assert Concern.objects.get().request == request
    facts = AuditEvent.objects.get(verb=Verb.INFORMATION_ASKED).facts
    assert facts == {"request": request.pk}
    assert code_of(put_to_applicant, **act) == "asked"


def test_no_concern_goes_out_while_the_ballot_is_open(cast):
    voted(cast, ["hold"])
    act = {"concern": Concern.objects.get(), "question": "?", "due_on": today() + timedelta(days=7)}
    assert code_of(put_to_applicant, **act, by=cast["secretariat-1"]) == "not-held"


# --- All or nothing -----------------------------------------------------------------------------------------------


class CrashError(Exception):
    pass


def crash(sender, **facts):
    raise CrashError


@pytest.fixture
def crashing():
    """The last receiver of the decision dies after all others have done their part."""
    ballot_decided.connect(crash)
    yield
    ballot_decided.disconnect(crash)


def test_a_crash_during_admission_leaves_nothing(cast, crashing):
    application = recommended(cast, tier="steering", applicant="stranger")
    ballot = voted(cast, ["yes"] * 4, application=application)
    clear(ballot, cast["steering-5"])
    before = (ballot.events.count(), AuditEvent.objects.count(), ballot.positions.count())
    with pytest.raises(CrashError):
        vote(ballot, cast["steering-5"], "yes")
    ballot.refresh_from_db()
    application.refresh_from_db()
    assert (ballot.state, application.state) == (BallotState.OPEN, ApplicationState.BALLOT)
    assert (ballot.events.count(), AuditEvent.objects.count(), ballot.positions.count()) == before
    assert not Decision.objects.exists()
    assert not Organisation.objects.filter(name="Institute of a Testcase").exists()
    assert not SteeringSeat.objects.filter(number=6).exists()
    ballot_decided.disconnect(crash)
    vote(ballot, cast["steering-5"], "yes")
    assert Ballot.objects.get().verdict == Verdict.APPROVED


def test_a_membership_cannot_be_granted_twice_by_one_person(cast):
    voted(cast, ["yes"] * 5)
    tier = Tier.objects.get(short_name="individual")
    with pytest.raises(DatabaseError), transaction.atomic():
        memberships.grant(tier_terms=tier.current_terms, person=cast.person("applicant"), by=None)
