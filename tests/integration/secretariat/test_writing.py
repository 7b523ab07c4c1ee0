"""Notices are written with the act: to whom the table names by the terms in force, once each, or not at all."""

import pytest
from django.db import transaction

from members.actions import ballots, entry, offices, organisations, rights, screening
from members.audit import record
from members.choices.ballots import BallotState, ConflictAnswer
from members.choices.bodies import RepresentationRole, SeatRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now, today
from members.models import Application, AuditEvent, Tier
from members.rules.terms import add_months
from secretariat.actions import notices
from secretariat.choices import Kind, NoticeState
from secretariat.models import Notice, NoticeText
from tests.factories import ballots as made

OFFICE = {"secretariat-1", "secretariat-2"}
SEATS = {f"steering-{number}" for number in range(1, 6)} | {"alternate"}


@pytest.fixture
def world(cast):
    """The cast, and nothing told yet of how it came about."""
    Notice.objects.all().delete()
    return cast


def told(kind):
    """Who got notices of a kind, by the names of the cast, sorted so that one who got two is seen."""
    rows = Notice.objects.filter(kind=kind).values_list("user__email", flat=True)
    return sorted(email.removesuffix("@cast.test") for email in rows)


def application(cast, **facts) -> Application:
    return made.recommended(cast, **facts)


def act(verb, target, by=None, **facts):
    with transaction.atomic():
        return record(verb, target=target, by=by, **facts)


# --- Applications ------------------------------------------------------------------------------------------------


def test_a_submission_is_confirmed_to_the_applicant_and_told_to_the_secretariat(world):
    act(Verb.APPLICATION_SUBMITTED, application(world), by=world["applicant"])
    assert told(Kind.APPLICATION_RECEIVED) == ["applicant"]
    assert told(Kind.APPLICATION_NEW) == sorted(OFFICE)


def test_an_officer_is_not_told_of_what_they_did_themselves(world):
    act(Verb.APPLICATION_SUBMITTED, application(world), by=world["secretariat-1"])
    assert told(Kind.APPLICATION_NEW) == ["secretariat-2"]


def test_an_answer_goes_to_the_officer_in_charge_and_to_the_whole_office_once_that_one_has_left(world):
    row = application(world, assigned_to=world["secretariat-2"])
    act(Verb.INFORMATION_GIVEN, row, by=world["applicant"])
    assert told(Kind.INFORMATION_GIVEN) == ["secretariat-2"]
    offices.end_staff(term=world.person("secretariat-2").staff_terms.get(), by=None)
    act(Verb.INFORMATION_GIVEN, row, by=world["applicant"])
    assert told(Kind.INFORMATION_GIVEN) == ["secretariat-1", "secretariat-2"]


def test_what_the_secretariat_asks_writes_and_returns_reaches_the_applicant_alone(world):
    row = application(world)
    screening.screen_again(application=row, by=world["secretariat-1"])
    due_on, by = add_months(today(), 1), world["secretariat-1"]
    screening.ask(application=row, question="Which years?", due_on=due_on, by=by)
    screening.send_letter(application=row, template_key="note", subject="Thank you", body="We read it.", by=by)
    screening.decline(application=row, reason="Late", reapply_on=due_on, subject="Sorry", body="Too late.", by=by)
    for kind in (Kind.INFORMATION_ASKED, Kind.LETTER, Kind.APPLICATION_DECLINED):
        assert told(kind) == ["applicant"]
    assert Notice.objects.count() == 3


def test_a_recommendation_stands_in_the_inbox_of_the_others_and_sends_no_mail(world):
    act(Verb.RECOMMENDED, application(world), by=world["secretariat-1"])
    notice = Notice.objects.get()
    assert (notice.kind, notice.user, notice.state) == (Kind.APPLICATION_RECOMMENDED, world["secretariat-2"], "inbox")


# --- Ballots -----------------------------------------------------------------------------------------------------


def test_an_open_ballot_asks_every_principal_and_alternate(world):
    made.opened(world)
    assert told(Kind.BALLOT_OPENED) == sorted(SEATS)


def test_a_seat_that_stands_aside_is_told_so_and_gets_nothing_more(world):
    ballot = made.opened(world)
    ballots.answer_conflict(ballot=ballot, by=world["steering-2"], answer=ConflictAnswer.CONFLICTED)
    assert told(Kind.SEAT_RECUSED) == ["steering-2"]
    assert told(Kind.RECUSAL) == sorted(OFFICE)
    ballots.withdraw(ballot=ballot, by=world["secretariat-1"])
    assert told(Kind.BALLOT_WITHDRAWN) == sorted(SEATS - {"steering-2"})


def test_a_person_who_stands_aside_alone_gets_nothing_more_while_the_alternate_does(world):
    ballot = made.opened(world)
    ballots.answer_conflict(ballot=ballot, by=world["alternate"], answer=ConflictAnswer.CONFLICTED)
    ballots.withdraw(ballot=ballot, by=world["secretariat-1"])
    assert told(Kind.BALLOT_WITHDRAWN) == sorted(SEATS - {"alternate"})


def test_a_seat_found_in_conflict_at_the_opening_is_not_asked(world):
    """The applicant sits on the committee: the rules find it before anybody is told."""
    made.opened(world, applicant="steering-3")
    assert told(Kind.BALLOT_OPENED) == sorted(SEATS - {"steering-3"})
    assert told(Kind.SEAT_RECUSED) == ["steering-3"]


def test_a_person_found_in_conflict_at_the_opening_is_not_asked_while_the_seat_is(world):
    row = application(world)
    row.referees.create(name="A Referee", email="alternate@cast.test", relationship="Colleague")
    made.opened(world, application=row)
    assert told(Kind.BALLOT_OPENED) == sorted(SEATS - {"alternate"})


def test_recipients_come_from_terms_not_from_groups(world):
    """Groups follow later than terms may end; a term that has ended tells nothing any more."""
    term = world.person("steering-4").seat_terms.get()
    offices.vacate_seat(term=term, by=None)
    world["steering-4"].groups.add(world["steering-1"].groups.get(body__kind="steering"))
    made.opened(world)
    assert told(Kind.BALLOT_OPENED) == sorted(SEATS - {"steering-4"})


def test_a_login_out_of_use_is_told_nothing(world):
    world["steering-5"].is_active = False
    world["steering-5"].save()
    made.opened(world)
    assert told(Kind.BALLOT_OPENED) == sorted(SEATS - {"steering-5"})


def test_the_close_tells_committee_office_and_the_new_member_in_one_transaction(world):
    ballot = made.voted(world, ["yes"] * 5)
    assert ballot.state == BallotState.FINAL
    assert told(Kind.BALLOT_CLOSED) == sorted(SEATS | OFFICE)
    assert told(Kind.ADMITTED) == ["applicant"]


def test_an_organisation_that_is_admitted_is_told_through_whoever_applied(world):
    made.voted(world, ["yes"] * 5, tier="institutional")
    assert told(Kind.ADMITTED) == ["applicant"]
    assert told(Kind.REPRESENTATION_GRANTED) == ["applicant"]


def test_a_refusal_reaches_the_applicant(world):
    made.voted(world, ["no"] * 5)
    assert told(Kind.REFUSED) == ["applicant"]
    assert told(Kind.ADMITTED) == []


def test_a_hold_tells_the_applicant_no_more_than_that_it_is_postponed(world, clock):
    ballot = made.voted(world, ["yes", "yes", "no", "abstain", "hold"])
    clock.shift(days=15)
    ballots.close_due()
    ballot.refresh_from_db()
    assert ballot.verdict == "held"
    assert told(Kind.BALLOT_HELD) == sorted(SEATS | OFFICE)
    assert told(Kind.DECISION_POSTPONED) == ["applicant"]


def hold_and_clear(world, **rule):
    """A ballot on which the first seat placed a hold and cleared it again."""
    ballot = made.opened(world, rule=rule)
    made.clear(ballot, world["steering-1"])
    made.vote(ballot, world["steering-1"], "hold")
    concern, last = ballot.concerns.get(), ballot.events.order_by("-sequence").first()
    by = world["steering-1"]
    ballots.clear_concern(concern=concern, by=by, choice="yes", nonce="n" * 20, based_on=last.sequence)


def test_a_cleared_hold_is_told_to_the_office(world):
    hold_and_clear(world, procedure={"visibility": "live"})
    assert told(Kind.CONCERN_CLEARED) == sorted(OFFICE)


@pytest.mark.parametrize("visibility", ["after_own", "sealed"])
def test_a_cleared_hold_is_told_to_nobody_where_the_office_may_not_know_positions(world, visibility):
    hold_and_clear(world, procedure={"visibility": visibility})
    assert not AuditEvent.objects.filter(verb=Verb.CONCERN_CLEARED).exists()
    assert told(Kind.CONCERN_CLEARED) == []


# --- People and addresses ----------------------------------------------------------------------------------------


def test_links_go_to_addresses_in_small_letters_and_never_to_an_inbox(world):
    entry.ask(email="Someone@Example.test", language="fr", tier=Tier.objects.get(short_name="individual"))
    entry.invite(
        organisation=world.organisations["institution"],
        email="new@example.test",
        role=RepresentationRole.DELEGATE,
        by=world["institution"],
        language="ar",
    )
    rows = Notice.objects.order_by("pk").values_list("kind", "address", "language", "in_inbox", "user")
    assert list(rows) == [
        (Kind.ENTRY_LINK, "someone@example.test", "fr", False, None),
        (Kind.REPRESENTATIVE_INVITED, "new@example.test", "ar", False, None),
    ]


def test_no_notice_holds_a_link_or_its_secret(world):
    link = entry.ask(email="someone@example.test", language="en", tier=Tier.objects.get(short_name="individual"))
    secret = entry.address_of(link).strip("/").rpartition("/")[2]
    assert secret not in str(list(Notice.objects.values())) + str(list(AuditEvent.objects.values()))


def test_a_representative_is_told_of_the_beginning_and_the_end(world):
    organisation, person = world.organisations["institution"], world.person("individual")
    term = organisations.appoint_representative(
        organisation=organisation, person=person, role=RepresentationRole.ALTERNATE, by=world["institution"]
    )
    organisations.end_representation(representation=term, by=world["institution"])
    assert told(Kind.REPRESENTATION_GRANTED) == told(Kind.REPRESENTATION_ENDED) == ["individual"]


def test_those_who_speak_for_an_organisation_are_asked_for_the_way_in(world):
    row = application(world)
    act(Verb.REPRESENTATIVE_ASKED, row, by=world["applicant"], organisation=world.organisations["institution"].pk)
    assert told(Kind.REPRESENTATIVE_ASKED) == ["delegate", "institution"]


# --- Once, and together with the act -----------------------------------------------------------------------------


def test_an_act_that_fails_tells_nobody(world):
    row = application(world)
    with transaction.atomic():
        act(Verb.APPLICATION_SUBMITTED, row, by=world["applicant"])
        assert Notice.objects.exists()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_an_act_that_is_not_in_the_table_tells_nobody(world):
    act(Verb.CHECK_RECORDED, application(world), by=world["secretariat-1"])
    assert not Notice.objects.exists()


def test_one_reader_gets_one_notice_of_one_act(world):
    """An officer who also fills a seat is meant twice, and told once."""
    term = world.person("alternate").seat_terms.get()
    offices.vacate_seat(term=term, by=None)
    offices.fill_seat(seat=term.seat, person=world.person("secretariat-1"), role=SeatRole.ALTERNATE, by=None)
    rights.recompute(world["secretariat-1"])
    ballot = made.opened(world)
    act(Verb.BALLOT_HELD, ballot)
    assert told(Kind.BALLOT_HELD) == sorted(SEATS - {"alternate"} | OFFICE)


def test_the_database_refuses_a_second_notice_of_one_act_to_one_reader(world):
    act(Verb.APPLICATION_SUBMITTED, application(world), by=world["applicant"])
    before = Notice.objects.count()
    with pytest.raises(Exception, match="notice_once_to_a_user"), transaction.atomic():
        notices.write_for(AuditEvent.objects.get(verb=Verb.APPLICATION_SUBMITTED))
    assert Notice.objects.count() == before


# --- Mails about accounts ----------------------------------------------------------------------------------------


def test_a_mail_about_an_account_goes_to_its_user_or_to_the_bare_address(world):
    user = world["individual"]
    theirs = notices.send_text(email=user.email.upper(), user=user, subject="S", text="T", kind="password_changed")
    other = notices.send_text(email="new@example.test", user=user, subject="S", text="T", kind="email_confirm")
    assert (theirs.user, theirs.address, theirs.facts) == (user, "", {"about": "password_changed"})
    assert (other.user, other.address) == (None, "new@example.test")
    assert [theirs.in_inbox, other.in_inbox] == [False, False]
    assert NoticeText.objects.count() == 2


def test_what_waits_can_be_held_back_and_let_go_with_a_mark(world):
    act(Verb.APPLICATION_SUBMITTED, application(world), by=world["applicant"])
    assert notices.hold_waiting() == 3
    assert not Notice.objects.due(at=database_now(), reserved_before=database_now()).exists()
    assert notices.let_go() == 3
    assert set(Notice.objects.values_list("state", "is_repeat")) == {(NoticeState.NEW, True)}
