"""Preparing, opening, withdrawing and putting again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from members.actions import applications, ballots, offices, rights
from members.choices.applications import ApplicationState
from members.choices.ballots import BallotState, ConflictGround, EventType, RecusalSource, Verdict
from members.choices.bodies import SeatRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import Application, AuditEvent, Ballot, BallotEvent, InformationRequest, SeatTerm
from members.permissions.ballots import visible_to
from members.permissions.table import Right
from tests.factories.ballots import clear, limited, opened, recommended, under, version, vote, voted

pytestmark = pytest.mark.django_db


def code_of(act, **kwargs):
    with pytest.raises(Refused) as refused:
        act(**kwargs)
    return refused.value.code


@pytest.fixture
def office(cast):
    return cast["secretariat-1"]


# --- Preparing ----------------------------------------------------------------------------------------------------


def test_a_ballot_is_prepared_on_the_newest_version_under_the_rule_as_it_is_now(cast, office):
    application = recommended(cast)
    newest = version(application, application.answers | {"statement": {"why": "More."}})
    rule = under(application, procedure={"default_opening_days": 10})
    ballot = ballots.prepare(subject=application, by=office)
    assert ballot.state == BallotState.DRAFT
    assert (ballot.rule, ballot.rule_snapshot["version"]) == (rule, rule.version)
    assert (ballot.subject_version, ballot.subject_digest) == (2, newest.digest)
    assert ballot.subject == application
    assert "{subject}" in ballot.question
    assert str(application.terms.term_months) in ballot.consequence
    assert [event.type for event in ballot.events.all()] == [EventType.PREPARED]
    assert Application.objects.get().state == ApplicationState.RECOMMENDED
    assert AuditEvent.objects.about(ballot).get().verb == Verb.BALLOT_PREPARED


def test_numbers_have_no_gap_even_where_preparing_fails(cast, office):
    first = ballots.prepare(subject=recommended(cast), by=office)
    year = database_now().year
    assert first.number == f"SC-{year}-001"

    other = recommended(cast, tier="rising-leaders", applicant="individual")
    with transaction.atomic():
        ballots.prepare(subject=other, by=office)
        transaction.set_rollback(True)
    assert ballots.prepare(subject=other, by=office).number == f"SC-{year}-002"


def test_the_committee_does_not_know_of_a_ballot_before_it_is_open(cast, office):
    ballot = ballots.prepare(subject=recommended(cast), by=office)
    on = database_now().date()
    assert not visible_to(cast["steering-1"], on=on).exists()
    assert visible_to(office, right=Right.RUN_BALLOT, on=on).get() == ballot


@pytest.mark.parametrize("state", [ApplicationState.SCREENING, ApplicationState.BALLOT, ApplicationState.HELD])
def test_only_what_is_recommended_is_prepared(cast, office, state):
    application = recommended(cast)
    Application.objects.update(state=state)
    assert code_of(ballots.prepare, subject=application, by=office) == "not-now"
    assert not Ballot.objects.exists()


def test_a_subject_has_one_live_ballot(cast, office):
    application = recommended(cast)
    ballot = ballots.prepare(subject=application, by=office)
    assert code_of(ballots.prepare, subject=application, by=office) == "live"
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            number="SC-2000-001",
            rule=ballot.rule,
            rule_snapshot=ballot.rule_snapshot,
            subject=application,
            subject_version=1,
            subject_digest="",
            question="Twice?",
            prepared_by=office,
        )


def test_a_tier_that_is_full_and_a_rule_that_cannot_be_run_are_refused(cast, office):
    application = limited(recommended(cast, tier="steering"), seats=5)
    assert code_of(ballots.prepare, subject=application, by=office) == "tier-full"
    other = recommended(cast, applicant="rising")
    under(other, procedure={"objection_window_days": 3})
    assert code_of(ballots.prepare, subject=other, by=office) == "rule"


# --- Opening ------------------------------------------------------------------------------------------------------


def test_opening_freezes_roll_rule_options_and_subject_and_tells_the_clock(cast, office):
    application = recommended(cast)
    ballot = ballots.prepare(subject=application, by=office)
    before = database_now()
    ballot = ballots.open(ballot=ballot, by=office)
    assert ballot.state == BallotState.OPEN
    assert before <= ballot.opens_at <= database_now()
    assert ballot.closes_at - ballot.opens_at == timedelta(days=14)
    assert [(entry.seat.number, entry.eligible) for entry in ballot.roll.all()] == [(n, True) for n in range(1, 6)]
    assert [entry.person.user for entry in ballot.roll.all()] == cast.seats
    assert ballot.options == ["yes", "no", "abstain", "hold"]
    assert set(ballot.frozen) == {"rule", "roll", "options", "subject"}
    assert Application.objects.get(pk=application.pk).state == ApplicationState.BALLOT
    assert AuditEvent.objects.about(ballot).filter(verb=Verb.BALLOT_OPENED).count() == 1
    on = database_now().date()
    for user in [*cast.seats, cast["alternate"]]:
        assert visible_to(user, right=Right.CAST_BALLOT, on=on).get() == ballot
    assert not visible_to(cast["institution"], on=on).exists()


def test_a_ballot_is_never_open_for_less_than_its_rule_asks(cast, office):
    ballot = ballots.prepare(subject=recommended(cast), by=office)
    assert code_of(ballots.open, ballot=ballot, by=office, days=6) == "opening-too-short"
    ballot.refresh_from_db()
    assert ballot.state == BallotState.DRAFT
    assert not ballot.roll.exists()
    opened_for = ballots.open(ballot=ballot, by=office, days=7)
    assert opened_for.closes_at - opened_for.opens_at == timedelta(days=7)


def test_a_ballot_is_opened_once(cast, office):
    ballot = opened(cast)
    assert code_of(ballots.open, ballot=ballot, by=office) == "transition"
    assert ballot.events.filter(type=EventType.OPENED).count() == 1


def test_a_new_version_after_the_preparation_needs_a_new_ballot(cast, office):
    application = recommended(cast)
    ballot = ballots.prepare(subject=application, by=office)
    version(application, application.answers | {"statement": {"why": "Changed."}})
    assert code_of(ballots.open, ballot=ballot, by=office) == "changed"
    assert Application.objects.get().state == ApplicationState.RECOMMENDED


def test_an_application_that_went_back_to_screening_is_not_opened(cast, office):
    ballot = ballots.prepare(subject=recommended(cast), by=office)
    Application.objects.update(state=ApplicationState.SCREENING)
    assert code_of(ballots.open, ballot=ballot, by=office) == "not-now"
    assert Ballot.objects.get().state == BallotState.DRAFT
    assert not BallotEvent.objects.filter(type=EventType.OPENED).exists()


def test_vacant_seats_are_not_on_the_roll(cast, office):
    term = SeatTerm.objects.get(person=cast.person("steering-5"))
    offices.vacate_seat(term=term, by=office)
    assert [entry.seat.number for entry in opened(cast).roll.all()] == [1, 2, 3, 4]


def test_the_alternate_holds_the_seat_on_the_roll_where_there_is_no_principal(cast, office):
    offices.vacate_seat(term=SeatTerm.objects.get(person=cast.person("steering-1")), by=office)
    assert opened(cast).roll.get(seat__number=1).person.user == cast["alternate"]


def test_too_few_free_seats_do_not_open_a_ballot_and_the_reason_is_told(cast, office):
    answers = {
        "identity": {"name": "Awa", "country": "SN"},
        "conflicts": {"relation": "some", "seats": ["1", "2", "3"]},
    }
    ballot = ballots.prepare(subject=recommended(cast, answers=answers), by=office)
    with pytest.raises(Refused) as refused:
        ballots.open(ballot=ballot, by=office)
    assert refused.value.code == "below-floor"
    assert "1, 2, 3" in refused.value.message
    assert not ballot.recusals.exists()


def test_conflicts_are_found_when_a_ballot_opens(cast, office):
    application = recommended(cast)
    application.referees.create(name="Four", email="STEERING-4@cast.test", relationship="Colleague")
    ballot = opened(cast, application=application)
    recusal = ballot.recusals.get()
    assert (recusal.seat.number, recusal.source) == (4, RecusalSource.RULE)
    assert recusal.ground == ConflictGround.REFEREE
    assert not ballot.roll.get(seat__number=4).eligible
    assert AuditEvent.objects.about(ballot).get(verb=Verb.RECUSED).facts["seat"] == recusal.seat_id


def test_an_alternate_who_is_a_referee_stands_aside_and_the_seat_votes(cast, office):
    application = recommended(cast)
    application.referees.create(name="A", email="alternate@cast.test", relationship="Colleague")
    ballot = opened(cast, application=application)
    on = database_now().date()
    assert not ballot.recusals.exists()
    assert not visible_to(cast["alternate"], right=Right.CAST_BALLOT, on=on).exists()
    assert visible_to(cast["steering-1"], right=Right.CAST_BALLOT, on=on).exists()
    clear(ballot, cast["steering-1"])
    vote(ballot, cast["steering-1"], "yes")


# --- Withdrawing --------------------------------------------------------------------------------------------------


def test_an_open_ballot_is_withdrawn_and_the_application_goes_back(cast, office):
    ballot = voted(cast, ["yes", "no"])
    ballots.withdraw(ballot=ballot, by=office, reason="The applicant sent something new.")
    ballot.refresh_from_db()
    assert (ballot.state, ballot.verdict) == (BallotState.WITHDRAWN, "")
    assert Application.objects.get().state == ApplicationState.RECOMMENDED
    assert ballot.positions.count() == 2
    last = ballot.events.last()
    assert (last.type, last.text) == (EventType.WITHDRAWN, "The applicant sent something new.")
    assert ballots.prepare(subject=ballot.subject, by=office).number != ballot.number


def test_a_prepared_ballot_is_withdrawn_without_anything_else_changing(cast, office):
    ballot = ballots.prepare(subject=recommended(cast), by=office)
    ballots.withdraw(ballot=ballot, by=office)
    assert Ballot.objects.get().state == BallotState.WITHDRAWN
    assert Application.objects.get().state == ApplicationState.RECOMMENDED


def test_a_ballot_whose_close_is_due_cannot_be_withdrawn_but_is_closed(cast, office, clock):
    ballot = voted(cast, ["yes", "yes", "yes", "yes"])
    clock.shift(days=14)
    assert code_of(ballots.withdraw, ballot=ballot, by=office) == "transition"
    ballot.refresh_from_db()
    assert (ballot.state, ballot.verdict) == (BallotState.FINAL, Verdict.APPROVED)


def test_the_ballot_ends_with_the_application(cast):
    ballot = voted(cast, ["yes"])
    applications.withdraw(application=ballot.subject, by=cast["applicant"])
    ballot.refresh_from_db()
    assert ballot.state == BallotState.WITHDRAWN
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


# --- Putting again ------------------------------------------------------------------------------------------------


@pytest.fixture
def held(cast, clock):
    ballot = voted(cast, ["yes", "hold", "yes"])
    clock.shift(days=14)
    ballots.close_due()
    ballot.refresh_from_db()
    return ballot


def test_what_was_held_is_put_again_once_on_the_newest_version(cast, office, held, clock):
    newest = version(held.subject, held.subject.answers | {"statement": {"why": "Answered."}})
    again = ballots.reballot(ballot=held, by=office)
    assert (again.parent, again.subject_version, again.state) == (held, newest.number, BallotState.DRAFT)
    assert code_of(ballots.reballot, ballot=held, by=office) == "live"
    again = ballots.open(ballot=again, by=office)
    assert Application.objects.get().state == ApplicationState.BALLOT
    clear(again, cast["steering-2"])
    vote(again, cast["steering-2"], "hold", "Still not answered.")
    clock.shift(days=14)
    ballots.close_due()
    again.refresh_from_db()
    assert (again.verdict, again.decision.verdict) == (Verdict.HELD, Verdict.HELD)
    assert Application.objects.get().state == ApplicationState.REFUSED
    assert code_of(ballots.reballot, ballot=again, by=office) == "once"


def test_a_repetition_that_was_withdrawn_does_not_use_up_the_one_there_is(office, held):
    ballots.withdraw(ballot=ballots.reballot(ballot=held, by=office), by=office)
    assert Application.objects.get().state == ApplicationState.HELD
    assert ballots.reballot(ballot=held, by=office).parent == held


def test_nothing_else_is_put_again(cast, office):
    approved = voted(cast, ["yes"] * 5)
    assert approved.verdict == Verdict.APPROVED
    assert code_of(ballots.reballot, ballot=approved, by=office) == "not-held"


def test_without_a_quorum_the_repetition_is_prepared_by_itself_once(cast, office, clock):
    rule = {"counting": {"quorum_mode": "participation"}}
    ballot = voted(cast, ["yes", "yes"], rule=rule)
    clock.shift(days=14)
    ballots.close_due()
    ballot.refresh_from_db()
    assert (ballot.verdict, hasattr(ballot, "decision")) == (Verdict.NO_QUORUM, False)
    again = Ballot.objects.get(parent=ballot)
    assert again.state == BallotState.DRAFT
    assert Application.objects.get().state == ApplicationState.RECOMMENDED
    ballots.open(ballot=again, by=office)
    clock.shift(days=14)
    ballots.close_due()
    again.refresh_from_db()
    assert again.verdict == Verdict.NO_QUORUM
    assert not Ballot.objects.filter(parent=again).exists()
    assert Application.objects.get().state == ApplicationState.RECOMMENDED


def test_rights_on_ballots_are_as_their_states_call_for(cast, office, held):
    ballots.reballot(ballot=held, by=office)
    for ballot in Ballot.objects.all():
        before = set(ballot.ballotgrouppermission_set.values_list("group", "permission"))
        rights.settle(ballot)
        assert set(ballot.ballotgrouppermission_set.values_list("group", "permission")) == before


def test_a_seat_filled_after_the_opening_takes_no_part(cast, office):
    ballot = opened(cast)
    newcomer = cast.person("individual")
    seat = offices.open_seat(person=newcomer, by=office)
    offices.fill_seat(seat=seat, person=newcomer, role=SeatRole.PRINCIPAL, by=office)
    on = database_now().date()
    assert visible_to(newcomer.user, on=on).filter(pk=ballot.pk).exists()
    assert not visible_to(newcomer.user, right=Right.CAST_BALLOT, on=on).exists()
    assert not InformationRequest.objects.exists()
