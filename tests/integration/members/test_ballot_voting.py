"""Taking a position, changing it, holding, clearing, answering the conflict question, discussing."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from members.actions import ballots, offices, organisations
from members.choices.ballots import ConflictAnswer, ConflictGround, EventType, Position, RecusalSource
from members.choices.bodies import OrganisationKind, SeatRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.tokens import new_token
from members.models import AuditEvent, BallotComment, BallotEvent, Concern, SeatPosition, SeatTerm
from members.queries import ballots as reads
from members.queries.standings import standing_of
from tests.factories.ballots import clear, opened, recommended, vote, voted

pytestmark = pytest.mark.django_db


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code


@pytest.fixture
def ballot(cast):
    ballot = opened(cast)
    clear(ballot, *cast.seats)
    return ballot


def position_of(ballot, user):
    held = SeatPosition.objects.filter(ballot=ballot, seat__terms__person__user=user).first()
    return held.choice if held else None


# --- Positions ----------------------------------------------------------------------------------------------------


def test_a_position_is_recorded_with_a_receipt(cast, ballot):
    event = vote(ballot, cast["steering-2"], "yes", "Strong references.")
    held = SeatPosition.objects.get()
    assert (held.seat.number, held.choice, held.reason) == (2, Position.YES, "Strong references.")
    assert (held.event, held.cast_by) == (event, cast["steering-2"])
    assert (event.type, event.text, event.payload["position"]) == (EventType.CAST, "Strong references.", "yes")
    assert event.sequence == ballot.events.count()
    assert len(bytes.fromhex(event.hash)) == sha256().digest_size


def test_the_record_tells_that_a_seat_was_in_and_not_what_it_said(cast, ballot):
    event = vote(ballot, cast["steering-2"], "hold", "Who pays for this?")
    facts = AuditEvent.objects.get(verb=Verb.POSITION_CAST).facts
    assert facts == {"seat": event.seat_id, "sequence": event.sequence}


def test_a_position_can_be_changed_until_the_close(cast, ballot):
    vote(ballot, cast["steering-2"], "yes")
    event = vote(ballot, cast["steering-2"], "no", "On reflection.")
    assert (event.type, position_of(ballot, cast["steering-2"])) == (EventType.CHANGED, "no")
    assert SeatPosition.objects.count() == 1
    assert ballot.events.filter(type__in=[EventType.CAST, EventType.CHANGED]).count() == 2


def test_the_same_position_once_more_changes_nothing(cast, ballot):
    first = vote(ballot, cast["steering-2"], "yes")
    assert vote(ballot, cast["steering-2"], "yes") == first
    assert ballot.events.last() == first


@pytest.mark.parametrize("choice", ["no", "hold"])
def test_a_reason_is_asked_where_the_rule_asks_for_one(cast, ballot, choice):
    before = ballot.events.count()
    last = ballot.events.last().sequence
    act = {"ballot": ballot, "by": cast["steering-2"], "choice": choice, "nonce": new_token(), "based_on": last}
    assert code_of(ballots.cast, **act, reason="  ") == "reason-required"
    assert (ballot.events.count(), SeatPosition.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", ["secretariat-1", "institution", "individual", "applicant"])
def test_nobody_votes_without_a_seat(cast, ballot, name):
    assert code_of(vote, ballot, cast[name], "yes") == "not-holder"
    assert not SeatPosition.objects.exists()


def test_a_seat_that_was_not_on_the_roll_has_no_vote(cast, ballot):
    newcomer = cast.person("individual")
    seat = offices.open_seat(person=newcomer, by=None)
    offices.fill_seat(seat=seat, person=newcomer, role=SeatRole.PRINCIPAL, by=None)
    assert code_of(vote, ballot, newcomer.user, "yes") == "not-holder"
    assert code_of(clear, ballot, newcomer.user) == "not-holder"


@pytest.mark.parametrize("days", [14, 15, 400])
def test_no_position_is_taken_at_or_after_the_close(cast, ballot, clock, days):
    clock.shift(days=days)
    assert code_of(vote, ballot, cast["steering-2"], "yes") == "closed"
    assert not SeatPosition.objects.exists()
    ballot.refresh_from_db()
    assert ballot.decided_at == ballot.closes_at


def test_a_position_before_the_opening_is_refused(cast):
    ballot = ballots.prepare(subject=recommended(cast), by=cast["secretariat-1"])
    assert code_of(vote, ballot, cast["steering-1"], "yes") == "not-holder"
    assert not SeatPosition.objects.exists()


# --- Sent twice, stale -------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_event_and_gives_the_first_receipt(cast, ballot):
    nonce, based_on = new_token(), ballot.events.last().sequence
    act = {"ballot": ballot, "by": cast["steering-2"], "choice": "yes", "reason": "", "nonce": nonce}
    first = ballots.cast(**act, based_on=based_on)
    count = ballot.events.count()
    assert ballots.cast(**act, based_on=based_on) == first
    assert ballot.events.count() == count


def test_the_first_receipt_is_given_again_after_the_close(cast, clock):
    ballot = voted(cast, ["yes"] * 4)
    clear(ballot, cast["steering-5"])
    act = {"ballot": ballot, "by": cast["steering-5"], "choice": "yes", "nonce": new_token()}
    first = ballots.cast(**act, based_on=ballot.events.last().sequence)
    ballot.refresh_from_db()
    assert ballot.verdict
    assert ballots.cast(**act, based_on=first.sequence) == first


@pytest.mark.parametrize(("choice", "reason", "by"), [("no", "", 2), ("yes", "Other words.", 2), ("yes", "", 3)])
def test_the_same_form_with_something_else_in_it_is_a_conflict(cast, ballot, choice, reason, by):
    nonce = new_token()
    vote(ballot, cast["steering-2"], "yes", nonce=nonce)
    count = ballot.events.count()
    assert code_of(vote, ballot, cast[f"steering-{by}"], choice, reason, nonce=nonce) == "nonce-conflict"
    assert (ballot.events.count(), position_of(ballot, cast["steering-2"])) == (count, "yes")


def test_the_database_keeps_a_nonce_from_being_used_twice(cast, ballot):
    event = vote(ballot, cast["steering-2"], "yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotEvent.objects.create(
            ballot=ballot,
            sequence=999,
            type=EventType.CAST,
            at=event.at,
            nonce=event.nonce,
            hash="0",
            previous_hash="0",
        )


def test_a_stale_page_is_told_when_the_other_holder_of_the_seat_has_voted(cast, ballot):
    clear(ballot, cast["alternate"])
    based_on = ballot.events.last().sequence
    vote(ballot, cast["alternate"], "no")
    assert code_of(vote, ballot, cast["steering-1"], "yes", based_on=based_on) == "stale"
    assert position_of(ballot, cast["steering-1"]) == "no"


def test_what_other_seats_say_makes_no_page_stale(cast, ballot):
    based_on = ballot.events.last().sequence
    vote(ballot, cast["steering-3"], "no")
    vote(ballot, cast["steering-2"], "yes", based_on=based_on)
    assert SeatPosition.objects.count() == 2


def test_a_new_holder_keeps_the_seats_position_and_adds_none(cast, ballot):
    vote(ballot, cast["steering-2"], "yes")
    term = SeatTerm.objects.get(person=cast.person("steering-2"))
    offices.vacate_seat(term=term, by=None)
    successor = cast.person("delegate")
    offices.fill_seat(seat=term.seat, person=successor, role=SeatRole.PRINCIPAL, by=None)
    assert code_of(vote, ballot, cast["steering-2"], "no") == "not-holder"
    assert code_of(vote, ballot, successor.user, "no") == "conflict-unanswered"
    clear(ballot, successor.user)
    vote(ballot, successor.user, "no")
    held = SeatPosition.objects.get()
    assert (held.choice, held.cast_by) == ("no", successor.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPosition.objects.create(
            ballot=ballot, seat=term.seat, choice="yes", cast_by=successor.user, event=ballot.events.first()
        )


# --- Holds --------------------------------------------------------------------------------------------------------


def test_a_hold_is_its_open_concern(cast, ballot):
    event = vote(ballot, cast["steering-2"], "hold", "Who pays for this?")
    concern = Concern.objects.get()
    assert event.type == EventType.CONCERN_RAISED
    assert (concern.text, concern.event, concern.cleared_at) == ("Who pays for this?", event, None)
    assert standing_of(ballot, at=database_now()).sheet.hold == 1


def test_only_the_seat_that_raised_it_clears_a_hold(cast, ballot):
    vote(ballot, cast["steering-2"], "hold", "Who pays for this?")
    concern = Concern.objects.get()
    act = {"concern": concern, "nonce": new_token(), "based_on": ballot.events.last().sequence}
    assert code_of(ballots.clear_concern, **act, by=cast["steering-3"], choice="yes") == "not-raiser"
    assert code_of(ballots.clear_concern, **act, by=cast["secretariat-1"], choice="yes") == "not-raiser"
    again = act | {"reason": "Still."}
    assert code_of(ballots.clear_concern, **again, by=cast["steering-2"], choice="hold") == "still-held"
    assert Concern.objects.get().cleared_at is None
    event = ballots.clear_concern(**act, by=cast["steering-2"], choice="yes", reason="Answered.")
    assert event.type == EventType.CONCERN_CLEARED
    assert Concern.objects.get().cleared_at == event.at
    assert position_of(ballot, cast["steering-2"]) == "yes"
    assert (
        code_of(ballots.clear_concern, **act | {"nonce": new_token()}, by=cast["steering-2"], choice="no") == "no-hold"
    )


def test_changing_away_from_a_hold_clears_it(cast, ballot):
    vote(ballot, cast["steering-2"], "hold")
    vote(ballot, cast["steering-2"], "abstain")
    assert not Concern.objects.filter(cleared_at__isnull=True).exists()


def test_other_words_make_another_concern(cast, ballot):
    vote(ballot, cast["steering-2"], "hold", "Who pays?")
    event = vote(ballot, cast["steering-2"], "hold", "Who pays, and since when?")
    assert event.type == EventType.CHANGED
    assert [concern.cleared_at is None for concern in Concern.objects.all()] == [False, True]


def test_a_rule_without_holds_refuses_them(cast):
    ballot = opened(cast, rule={"counting": {"holds_allowed": False, "override": None}})
    clear(ballot, cast["steering-2"])
    assert ballot.options == ["yes", "no", "abstain"]
    assert code_of(vote, ballot, cast["steering-2"], "hold") == "hold-not-allowed"


def test_positions_are_final_where_the_rule_says_so(cast):
    ballot = opened(cast, rule={"procedure": {"votes_final": True}})
    clear(ballot, cast["steering-2"])
    vote(ballot, cast["steering-2"], "yes")
    assert code_of(vote, ballot, cast["steering-2"], "no") == "final"
    assert position_of(ballot, cast["steering-2"]) == "yes"


# --- Conflicts ----------------------------------------------------------------------------------------------------


def test_the_question_comes_before_a_vote(cast):
    ballot = opened(cast)
    assert code_of(vote, ballot, cast["steering-2"], "yes") == "conflict-unanswered"
    answer = ballots.answer_conflict(ballot=ballot, by=cast["steering-2"], answer="none")
    assert (answer.answer, answer.seat.number) == (ConflictAnswer.NONE, 2)
    vote(ballot, cast["steering-2"], "yes")


def test_who_is_unsure_settles_it_before_a_vote(cast):
    ballot = opened(cast)
    ballots.answer_conflict(ballot=ballot, by=cast["steering-2"], answer="unsure", note="We met once.")
    assert code_of(vote, ballot, cast["steering-2"], "yes") == "conflict-unsure"
    assert code_of(ballots.comment, ballot=ballot, by=cast["steering-2"], text="Hm.") == "conflict-unsure"
    clear(ballot, cast["steering-2"])
    vote(ballot, cast["steering-2"], "yes")
    assert ballot.events.filter(type=EventType.CONFLICT_ANSWERED).count() == 2
    assert ballot.conflict_answers.count() == 1


def test_a_declared_conflict_recuses_at_once(cast):
    ballot = opened(cast)
    ballots.answer_conflict(ballot=ballot, by=cast["steering-2"], answer="conflicted", note="My sister.")
    recusal = ballot.recusals.get()
    assert (recusal.seat.number, recusal.source) == (2, RecusalSource.DECLARED)
    assert (recusal.public_note, recusal.private_note) == ("", "My sister.")
    assert code_of(vote, ballot, cast["steering-2"], "yes") == "recused"
    assert code_of(clear, ballot, cast["steering-2"]) == "recused"
    assert "sister" not in str(list(ballot.events.values()))
    assert not reads.needs_position(cast["steering-2"], database_now().date(), database_now()).exists()


def test_a_recusal_voids_the_position_and_the_sheet_says_what_it_would_have_been(cast, ballot):
    for number, choice in enumerate(["yes", "yes", "no"], start=1):
        vote(ballot, cast[f"steering-{number}"], choice)
    ballots.answer_conflict(ballot=ballot, by=cast["steering-2"], answer="conflicted")
    recusal = ballot.recusals.get()
    assert (recusal.voided, position_of(ballot, cast["steering-2"])) == (Position.YES, None)
    standing = standing_of(ballot, at=database_now())
    assert (standing.sheet.recused, standing.sheet.yes, standing.sheet.verdict) == (1, 1, "not_approved")
    assert standing.without_voiding.endswith("would have been: approved.")


def test_a_recusal_closes_the_concern_of_the_seat(cast, ballot):
    vote(ballot, cast["steering-2"], "hold")
    ballots.answer_conflict(ballot=ballot, by=cast["steering-2"], answer="conflicted")
    assert not Concern.objects.filter(cleared_at__isnull=True).exists()
    assert standing_of(ballot, at=database_now()).tally.hold == 0


def test_an_alternate_stands_aside_alone_unless_the_position_is_theirs(cast, ballot):
    clear(ballot, cast["alternate"])
    ballots.answer_conflict(ballot=ballot, by=cast["alternate"], answer="conflicted")
    assert not ballot.recusals.exists()
    assert code_of(vote, ballot, cast["alternate"], "no") == "recused"
    vote(ballot, cast["steering-1"], "yes")


def test_a_position_taken_by_an_alternate_goes_with_them(cast, ballot):
    clear(ballot, cast["alternate"])
    vote(ballot, cast["alternate"], "no")
    ballots.answer_conflict(ballot=ballot, by=cast["alternate"], answer="conflicted")
    assert ballot.recusals.get().voided == Position.NO


def test_below_the_floor_the_alternate_steps_in(cast, ballot):
    for number in (2, 3):
        ballots.answer_conflict(ballot=ballot, by=cast[f"steering-{number}"], answer="conflicted")
    ballots.answer_conflict(ballot=ballot, by=cast["steering-1"], answer="conflicted")
    assert ballot.recusals.count() == 2
    assert code_of(vote, ballot, cast["steering-1"], "yes") == "recused"
    clear(ballot, cast["alternate"])
    vote(ballot, cast["alternate"], "yes")
    assert standing_of(ballot, at=database_now()).tally.eligible == 3


def test_rules_find_a_conflict_again_when_a_vote_is_cast(cast, ballot):
    ballot.subject.referees.create(name="Two", email="steering-2@cast.test", relationship="Colleague")
    assert code_of(vote, ballot, cast["steering-2"], "yes") == "recused"
    recusal = ballot.recusals.get()
    assert (recusal.source, recusal.ground) == (RecusalSource.RULE, ConflictGround.REFEREE)
    assert not SeatPosition.objects.exists()


def test_an_institution_that_comes_to_belong_to_the_applicants_is_found(cast, ballot):
    parent = organisations.enter(name="Holding of a Testcase", kind=OrganisationKind.NETWORK, by=None)
    seat = cast.organisations["steering-3"]
    seat.parent = parent
    seat.save()
    organisations.affiliate(person=cast.person("applicant"), organisation=parent, by=None)
    assert code_of(vote, ballot, cast["steering-3"], "yes") == "recused"
    assert ballot.recusals.get().ground == ConflictGround.PARENT


def test_conflicts_are_not_answered_after_the_close(cast, ballot, clock):
    clock.shift(days=14)
    assert code_of(clear, ballot, cast["steering-2"]) == "closed"
    answer = {"ballot": ballot, "by": cast["steering-2"], "answer": "conflicted"}
    assert code_of(ballots.answer_conflict, **answer) == "closed"
    assert not ballot.recusals.exists()


# --- Discussion ---------------------------------------------------------------------------------------------------


def test_the_discussion_opens_with_ones_own_position(cast, ballot):
    act = {"ballot": ballot, "by": cast["steering-2"], "text": "  What of the budget? "}
    assert code_of(ballots.comment, **act) == "own-first"
    vote(ballot, cast["steering-2"], "yes")
    comment = ballots.comment(**act)
    assert (comment.text, comment.seat.number) == ("What of the budget?", 2)
    assert BallotComment.objects.count() == 1


def test_nobody_joins_the_discussion_from_outside_or_too_late(cast, ballot, clock):
    vote(ballot, cast["steering-2"], "yes")
    assert code_of(ballots.comment, ballot=ballot, by=cast["secretariat-1"], text="Hello.") == "not-holder"
    clock.shift(days=14)
    assert code_of(ballots.comment, ballot=ballot, by=cast["steering-2"], text="Late.") == "closed"
    assert not BallotComment.objects.exists()


# --- Who is awaited -----------------------------------------------------------------------------------------------


def test_whose_position_is_awaited_is_one_answer_read_both_ways(cast, ballot, clock):
    vote(ballot, cast["steering-2"], "yes")
    ballots.answer_conflict(ballot=ballot, by=cast["steering-3"], answer="conflicted")
    now = database_now()
    awaited = {person.user for person in reads.people_awaited(ballot, now.date(), now)}
    assert awaited == {cast[name] for name in ("steering-1", "alternate", "steering-4", "steering-5")}
    for user in cast.users.values():
        assert reads.needs_position(user, now.date(), now).exists() == (user in awaited)
    clock.shift(days=14)
    later = database_now()
    assert not reads.people_awaited(ballot, later.date(), later).exists()
    assert not reads.needs_position(cast["steering-4"], later.date(), later).exists()
