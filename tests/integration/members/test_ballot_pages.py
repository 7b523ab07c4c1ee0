"""The pages of ballots: who sees what, what is asked first, and that nothing of what is not to be known gets out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from members.actions import applications, ballots, offices
from members.choices.ballots import BallotState, Verdict
from members.choices.bodies import SeatRole
from members.kernel.clock import database_now
from members.models import Application, Ballot, BallotComment, Concern, SeatPosition
from tests.factories.ballots import clear, opened, recommended, vote, voted

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "recount.py"
REASON = "Two thirds of the budget comes from one ministry"
REMARK = "Let us ask them about their funders"


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    """These pages are looked at; the second factor has tests of its own."""
    settings.SECOND_FACTOR_WAIVED = True


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *args):
    return reverse(f"members:{name}", args=args)


def text_of(response):
    """What a reader reads, without markup."""
    main = response.content.decode().split("<main")[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def bare(response, number):
    """A page without the number that was asked for, and without the tokens of its forms."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", response.content.decode()).replace(number, "")


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


def send(client, ballot, **written):
    """Fill in the form of the ballot's page, as a browser does."""
    page = client.get(address("ballot", ballot.number))
    form = {"nonce": hidden(page, "nonce"), "based_on": hidden(page, "based_on")} | written
    return client.post(address("ballot-cast", ballot.number), form)


def pages_of(ballot):
    """Every page there is about one ballot, but for receipts of other seats."""
    yield from (address(name, ballot.number) for name in ("ballot", "ballot-dossier", "ballot-log", "ballot-conflict"))
    yield from (address("ballot-receipt", ballot.number, event.sequence) for event in ballot.events.all())
    yield from (address("concern-clear", ballot.number, concern.pk) for concern in ballot.concerns.all())
    yield from (address("concern-ask", ballot.number, concern.pk) for concern in ballot.concerns.all())
    yield from (address("ballots"), address("decisions"), reverse("today"))


# --- The way through ----------------------------------------------------------------------------------------------


def test_the_question_about_conflicts_comes_first_then_the_dossier_then_the_vote(cast):
    ballot = opened(cast)
    client = client_of(cast["steering-2"])
    page = client.get(address("ballot", ballot.number))
    assert "Do you have a conflict of interest in this matter?" in text_of(page)
    assert "Your position" not in text_of(page)
    assert "Awa Testcase" in text_of(page)
    to_dossier = client.get(address("ballot-dossier", ballot.number))
    assert (to_dossier.status_code, to_dossier.url) == (302, address("ballot-conflict", ballot.number))
    answered = client.post(address("ballot-conflict", ballot.number), {"answer": "none", "note": ""}, follow=True)
    assert "Your position" in text_of(answered)
    assert "Sound work, good references." in text_of(client.get(address("ballot-dossier", ballot.number)))
    receipt = send(client, ballot, position="no", reason="Too early.")
    event = SeatPosition.objects.get().event
    assert receipt.url == address("ballot-receipt", ballot.number, event.sequence)
    assert event.hash in text_of(client.get(receipt.url))


def test_what_a_receipt_says_is_given_to_the_recount_as_it_stands(cast, clock, tmp_path):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    receipt = client.get(send(client, ballot, position="yes").url).content.decode()
    proof = re.search(r'id="proof">([^<]*)</code>', receipt)[1]
    clock.shift(days=14)
    ballots.close_due()
    path = tmp_path / "export.json"
    with path.open("w", encoding="utf-8") as file:
        call_command("export_ballot", ballot.number, stdout=file)

    def recounted(line):
        command = [sys.executable, "-I", str(SCRIPT), str(path), line]
        return subprocess.run(command, capture_output=True, text=True, check=False).returncode

    assert recounted(proof) == 0
    assert recounted(proof[:-1] + ("0" if proof[-1] != "0" else "1")) == 1


def test_looking_writes_nothing(cast, clock):
    ballot = voted(cast, ["yes", "hold", "yes"])
    clock.shift(days=14)
    before = [list(model.objects.values()) for model in (Ballot, SeatPosition, Concern, Application)]
    events = ballot.events.count()
    for name in ("steering-1", "secretariat-1"):
        for page in pages_of(ballot):
            client_of(cast[name]).get(page)
    assert [list(model.objects.values()) for model in (Ballot, SeatPosition, Concern, Application)] == before
    assert ballot.events.count() == events


def test_an_empty_form_is_asked_about_and_takes_nothing(cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    answer = send(client, ballot)
    assert answer.status_code == 200
    assert "Choose a position; nothing was recorded" in text_of(answer)
    assert not SeatPosition.objects.exists()


def test_a_missing_reason_is_said_beside_the_field_and_nothing_is_lost(cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    answer = send(client, ballot, position="hold", reason="   ")
    assert "“Hold” needs a reason." in text_of(answer)
    assert 'value="hold" required id="id_position_3" checked' in answer.content.decode()
    assert not SeatPosition.objects.exists()
    form = {name: hidden(answer, name) for name in ("nonce", "based_on")}
    sent = form | {"position": "hold", "reason": REASON}
    assert client.post(address("ballot-cast", ballot.number), sent).status_code == 302
    assert SeatPosition.objects.get().reason == REASON


def test_a_stale_tab_is_told_what_changed_and_can_be_sent_again(cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-1"], cast["alternate"])
    client = client_of(cast["steering-1"])
    page = client.get(address("ballot", ballot.number))
    vote(ballot, cast["alternate"], "no", "We decided this together.")
    form = {"nonce": hidden(page, "nonce"), "based_on": hidden(page, "based_on"), "position": "yes", "reason": "Mine."}
    refused = client.post(address("ballot-cast", ballot.number), form)
    assert "Something has changed since you opened this page" in text_of(refused)
    assert "Position taken by Alternate of Seat One" in text_of(refused)
    assert SeatPosition.objects.get().choice == "no"
    assert "Mine." in refused.content.decode()
    again = form | {name: hidden(refused, name) for name in ("nonce", "based_on")}
    assert client.post(address("ballot-cast", ballot.number), again).status_code == 302
    assert SeatPosition.objects.get().choice == "yes"


def test_a_double_click_is_one_event_and_leads_to_the_same_receipt(cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    page = client.get(address("ballot", ballot.number))
    form = {"nonce": hidden(page, "nonce"), "based_on": hidden(page, "based_on"), "position": "yes"}
    first, second = (client.post(address("ballot-cast", ballot.number), form) for _ in range(2))
    assert first.url == second.url
    assert ballot.events.filter(type="cast").count() == 1


def test_a_form_that_comes_after_the_close_says_so_and_records_nothing(cast, clock):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    page = client.get(address("ballot", ballot.number))
    form = {"nonce": hidden(page, "nonce"), "based_on": hidden(page, "based_on"), "position": "yes"}
    clock.shift(days=14)
    refused = client_of(cast["steering-2"]).post(address("ballot-cast", ballot.number), form)
    assert "This ballot is closed. Nothing was recorded." in refused.content.decode()
    assert not SeatPosition.objects.exists()


def test_a_hold_is_cleared_on_a_page_of_its_own(cast):
    ballot = voted(cast, ["yes", "hold"])
    concern, client = Concern.objects.get(), client_of(cast["steering-2"])
    clear_page = address("concern-clear", ballot.number, concern.pk)
    page = client.get(clear_page)
    assert 'value="hold"' not in page.content.decode()
    form = {"nonce": hidden(page, "nonce"), "based_on": hidden(page, "based_on"), "position": "yes"}
    assert client_of(cast["steering-1"]).post(clear_page, form).status_code == 404
    assert client.post(clear_page, form).status_code == 302
    assert Concern.objects.get().cleared_at is not None


def test_the_discussion(cast):
    ballot = voted(cast, ["yes", "no"])
    client = client_of(cast["steering-1"])
    sent = client.post(address("ballot-comment", ballot.number), {"text": REMARK}, follow=True)
    assert REMARK in text_of(sent)
    assert "Steering Member 1, Seat 1 · Steering Institute 1" in text_of(sent)
    empty = client.post(address("ballot-comment", ballot.number), {"text": " "})
    assert empty.status_code == 200
    assert BallotComment.objects.count() == 1


# --- What may not be known ----------------------------------------------------------------------------------------


def spoken(cast, **facts):
    """A ballot in which one seat holds with REASON, others vote and talk; seat 3 has answered and not voted."""
    ballot = opened(cast, **facts)
    clear(ballot, *cast.seats)
    vote(ballot, cast["steering-1"], "yes", "We know them well.")
    vote(ballot, cast["steering-2"], "hold", REASON)
    if facts.get("rule", {}).get("procedure", {}).get("visibility") != "sealed":
        ballots.comment(ballot=ballot, by=cast["steering-1"], text=REMARK)
    return ballot


SECRETS = (REASON, REMARK, "We know them well.", "Hold placed", "1 Yes", "1 Hold", "hold is open", "Open concern")


@pytest.mark.parametrize("visibility", ["after_own", "sealed"])
@pytest.mark.parametrize("name", ["steering-3", "secretariat-1", "secretariat-2", "individual", "applicant"])
def test_nobody_learns_what_seats_say_before_they_may(cast, visibility, name):
    ballot = spoken(cast, rule={"procedure": {"visibility": visibility}})
    client = client_of(cast[name])
    for page in pages_of(ballot):
        response = client.get(page, follow=True)
        shown = response.content.decode()
        for secret in SECRETS:
            assert escape(secret) not in shown, f"{name} reads “{secret}” on {page}"
        assert 'class="hold"' not in shown
        assert 'class="yes"' not in shown


def test_a_sealed_ballot_shows_nobody_more_than_participation_and_ones_own(cast):
    ballot = spoken(cast, rule={"procedure": {"visibility": "sealed"}})
    client = client_of(cast["steering-2"])
    for page in pages_of(ballot):
        assert "We know them well." not in client.get(page, follow=True).content.decode()
    own = text_of(client.get(address("ballot", ballot.number)))
    assert "5 seats, 5 eligible; 2 have taken part, 3 silent." in own
    assert "Seat 2 says Hold" in own


def test_ones_own_position_opens_those_of_the_others(cast):
    ballot = spoken(cast)
    client = client_of(cast["steering-3"])
    assert "2 have taken part, 3 silent" in text_of(client.get(address("ballot", ballot.number)))
    send(client, ballot, position="abstain")
    page = text_of(client.get(address("ballot", ballot.number)))
    assert "1 Yes, 1 Abstain, 1 Hold, 2 silent" in page
    assert "A hold is open; once cleared, 1 more Yes would approve" in page
    assert REASON in page
    assert REMARK in page
    assert REASON in text_of(client.get(address("ballot-log", ballot.number)))


def test_where_positions_are_live_seats_and_secretariat_see_them_at_once(cast):
    ballot = spoken(cast, rule={"procedure": {"visibility": "live"}})
    for name in ("steering-3", "secretariat-1"):
        assert REASON in text_of(client_of(cast[name]).get(address("ballot", ballot.number)))


def test_the_log_tells_that_seats_spoke_and_not_what_they_said(cast):
    ballot = spoken(cast)
    vote(ballot, cast["steering-2"], "yes", "Answered.")
    for name in ("steering-3", "secretariat-1"):
        log = text_of(client_of(cast[name]).get(address("ballot-log", ballot.number)))
        assert log.count("Position taken") == 2
        assert log.count("Position changed") == 1
        assert "Hold" not in log
        assert "What the seats say is not shown yet." in log


def test_what_the_office_does_is_said_of_the_office_to_every_reader(cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    for name in ("steering-2", "secretariat-1", "secretariat-2"):
        log = text_of(client_of(cast[name]).get(address("ballot-log", ballot.number)))
        assert log.count("The Secretariat") == 2  # prepared, opened
        assert "a member" not in log.lower()
        assert "Officer Number" not in log


def test_a_stale_voter_is_told_what_the_office_and_not_a_member_did(cast, settings):
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    refused = text_of(send(client, ballot, position="yes", based_on="0"))
    assert "by the Secretariat" in refused
    assert "by a member" not in refused.lower()


def test_a_ballot_whose_application_is_withdrawn_was_taken_back_by_the_applicant(cast):
    ballot = opened(cast)
    applications.withdraw(application=ballot.subject, by=cast["applicant"])
    log = text_of(client_of(cast["secretariat-1"]).get(address("ballot-log", ballot.number)))
    assert (log.count("The Secretariat"), log.count("The applicant")) == (2, 1)


def test_the_administration_shows_no_log_before_the_outcome(cast, clock):
    spoken(cast)
    url = reverse("admin:members_ballotevent_changelist")
    page = client_of(cast["secretariat-1"]).get(url)
    assert page.status_code == 200
    assert "Hold placed" not in page.content.decode()
    clock.shift(days=14)
    ballots.close_due()
    assert "Hold placed" in client_of(cast["secretariat-1"]).get(url).content.decode()


def test_a_receipt_is_for_its_own_seat(cast):
    ballot = spoken(cast)
    event = ballot.events.filter(type="concern_raised").get()
    url = address("ballot-receipt", ballot.number, event.sequence)
    assert client_of(cast["steering-2"]).get(url).status_code == 200
    for name, status in (("steering-1", 404), ("steering-3", 404), ("secretariat-1", 403), ("individual", 404)):
        assert client_of(cast[name]).get(url).status_code == status


def test_what_was_said_is_open_to_the_committee_after_the_close(cast, clock):
    ballot = spoken(cast)
    clock.shift(days=14)
    for name in ("steering-3", "secretariat-1"):
        page = text_of(client_of(cast[name]).get(address("ballot", ballot.number)))
        assert REASON in page
        assert "held." in page
    ballots.close_due()
    assert REASON in text_of(client_of(cast["secretariat-1"]).get(address("ballot", ballot.number)))


# --- Standing aside -----------------------------------------------------------------------------------------------


def test_whoever_stands_aside_sees_that_there_is_a_ballot_and_its_outcome(cast, clock):
    ballot = spoken(cast)
    client = client_of(cast["steering-3"])
    declared = {"answer": "conflicted", "note": "My brother works there."}
    page = client.post(address("ballot-conflict", ballot.number), declared, follow=True)
    assert "You stand aside in this ballot" in text_of(page)
    for name in ("ballot-dossier", "ballot-log", "ballot-conflict"):
        refused = client.get(address(name, ballot.number))
        assert refused.status_code == 403
        assert REASON not in refused.content.decode()
    document = client.get(reverse("members:application", args=[ballot.subject.number]))
    assert document.status_code in (403, 404)
    for name in ("ballot-cast", "ballot-comment", "ballot-conflict"):
        assert client.post(address(name, ballot.number), {"position": "yes", "text": "?"}).status_code == 403
    assert "have taken part" not in text_of(client.get(address("ballot", ballot.number)))
    clock.shift(days=14)
    client = client_of(cast["steering-3"])
    after = client.get(address("ballot", ballot.number))
    assert "Outcome Held" in text_of(after)
    for secret in SECRETS:
        assert escape(secret) not in after.content.decode()
    assert client.get(address("ballot-log", ballot.number)).status_code == 403


def test_chair_and_secretariat_alone_read_the_notes_on_conflicts(cast):
    ballot = opened(cast)
    clear(ballot, cast["steering-1"], cast["steering-2"])
    ballots.answer_conflict(ballot=ballot, by=cast["steering-3"], answer="unsure", note="We met once.")
    url = address("ballot", ballot.number)
    assert "We met once." in text_of(client_of(cast["steering-1"]).get(url))
    assert "We met once." in text_of(client_of(cast["secretariat-1"]).get(url))
    assert "We met once." not in text_of(client_of(cast["steering-2"]).get(url))
    unsure = text_of(client_of(cast["steering-3"]).get(url))
    assert "You are unsure whether you have a conflict" in unsure
    assert "Record my position" not in unsure
    assert client_of(cast["steering-3"]).get(address("ballot-dossier", ballot.number)).status_code == 200


def test_an_applicant_who_comes_to_fill_a_seat_reads_nothing_about_themselves(cast, clock):
    ballot = voted(cast, ["yes", "yes", "no"], tier="steering", applicant="stranger", holder_kind="person")
    clock.shift(days=14)
    ballots.close_due()
    client = client_of(cast["stranger"])
    page = client.get(address("ballot", ballot.number))
    assert "Because." not in page.content.decode()
    assert client.get(address("ballot-log", ballot.number)).status_code == 403
    assert client.get(address("ballot-dossier", ballot.number)).status_code == 403


def test_a_seat_that_came_later_reads_nothing_of_earlier_ballots(cast):
    ballot = spoken(cast)
    newcomer = cast.person("individual")
    seat = offices.open_seat(person=newcomer, by=None)
    offices.fill_seat(seat=seat, person=newcomer, role=SeatRole.PRINCIPAL, by=None)
    client = client_of(newcomer.user)
    assert client.get(address("ballot", ballot.number)).status_code == 200
    for name in ("ballot-dossier", "ballot-log", "ballot-conflict"):
        assert client.get(address(name, ballot.number)).status_code == 403


@pytest.mark.parametrize("name", ["institution", "individual", "applicant", "stranger"])
def test_nobody_else_knows_that_a_ballot_exists(cast, name):
    ballot = spoken(cast)
    client = client_of(cast[name])
    for page in pages_of(ballot):
        if ballot.number in page:
            there, absent = client.get(page), client.get(page.replace(ballot.number, "SC-1999-001"))
            assert (there.status_code, absent.status_code) == (404, 404)
            assert bare(there, ballot.number) == bare(absent, "SC-1999-001")
    assert client.get(address("ballots")).status_code == 403


# --- The list -----------------------------------------------------------------------------------------------------


def test_the_list_says_what_needs_me_what_waits_what_is_held_and_what_is_over(cast, clock):
    held = voted(cast, ["hold"], applicant="rising", days=7)
    clock.shift(days=7)
    mine = opened(cast)
    waiting = voted(cast, ["yes"], applicant="individual", tier="rising-leaders")
    over = voted(cast, ["yes"] * 5, applicant="stranger", tier="institutional")
    page = client_of(cast["steering-1"]).get(address("ballots"))
    shelves = page.context["shelves"]
    assert [line.ballot.number for line in shelves.needs_me] == [mine.number]
    assert [line.ballot.number for line in shelves.waiting] == [waiting.number]
    assert [line.ballot.number for line in shelves.due] == [held.number]
    assert [line.ballot.number for line in page.context["over"]] == [over.number]
    assert "1 ballot needs your position. 1 waits for others." in text_of(page)
    ballots.close_due()
    page = client_of(cast["steering-1"]).get(address("ballots"))
    assert [line.ballot.number for line in page.context["shelves"].held] == [held.number]
    prepared = ballots.reballot(ballot=held, by=cast["secretariat-1"])
    page = client_of(cast["secretariat-1"]).get(address("ballots"))
    assert [line.ballot.number for line in page.context["shelves"].prepared] == [prepared.number]
    assert page.context["shelves"].held == []


@pytest.mark.parametrize("name", ["steering-1", "secretariat-1"])
def test_the_number_of_queries_does_not_grow_with_the_ballots(cast, name, django_assert_max_num_queries):
    client = client_of(cast[name])
    counts = []
    users = [user for key, user in cast.users.items() if key not in ("out-of-use",)]
    for number in range(len(users)):
        ballot = opened(cast, application=recommended(cast, applicant=list(cast.users)[number]))
        if number in (0, len(users) - 1):
            with django_assert_max_num_queries(200) as captured:
                client.get(address("ballots"))
            counts.append(len(captured))
    assert ballot
    assert len(counts) == 2
    assert counts[0] == counts[1]


# --- The Secretariat ----------------------------------------------------------------------------------------------


def test_the_secretariat_opens_withdraws_and_sees_participation_by_seat(cast):
    ballot = ballots.prepare(subject=recommended(cast), by=cast["secretariat-1"])
    client = client_of(cast["secretariat-2"])
    page = text_of(client.get(address("ballot", ballot.number)))
    assert "Open the ballot" in page
    short = client.post(address("ballot-open", ballot.number), {"days": "3"})
    assert "This rule keeps a ballot open for at least 7 days." in text_of(short)
    assert client.post(address("ballot-open", ballot.number), {"days": "10"}).status_code == 302
    clear(ballot, cast["steering-2"])
    vote(ballot, cast["steering-2"], "yes")
    page = text_of(client.get(address("ballot", ballot.number)))
    assert "Seat 2 · Steering Institute 2 In" in page
    assert "Seat 3 · Steering Institute 3 Awaited" in page
    empty = client.post(address("ballot-withdraw", ballot.number), {"reason": ""})
    assert empty.status_code == 200
    assert client.post(address("ballot-withdraw", ballot.number), {"reason": "Mistake."}).status_code == 302
    assert Ballot.objects.get().state == BallotState.WITHDRAWN


def test_the_secretariat_writes_a_close_that_is_due_puts_the_concern_and_prepares_it_again(cast, clock):
    ballot = spoken(cast)
    office = client_of(cast["secretariat-1"])
    office.post(address("ballot-close", ballot.number))
    assert Ballot.objects.get().state == BallotState.OPEN
    clock.shift(days=14)
    office = client_of(cast["secretariat-1"])
    assert "Write the close" in text_of(office.get(address("ballot", ballot.number)))
    office.post(address("ballot-close", ballot.number))
    assert Ballot.objects.get().verdict == Verdict.HELD
    ask = address("concern-ask", ballot.number, Concern.objects.get().pk)
    assert REASON in office.get(ask).content.decode()
    due = (database_now().date()).replace(year=2031).isoformat()
    assert office.post(ask, {"question": "Who pays?", "due_on": due}).status_code == 302
    assert "without naming who asked" in text_of(office.get(address("ballot", ballot.number)))
    again = office.post(address("ballot-again", ballot.number))
    assert Ballot.objects.get(parent=ballot).number in again.url


@pytest.mark.parametrize("name", ["ballot-open", "ballot-withdraw", "ballot-close", "ballot-again"])
def test_seats_do_not_run_ballots(cast, name):
    ballot = spoken(cast)
    assert client_of(cast["steering-1"]).post(address(name, ballot.number), {"reason": "x"}).status_code == 403
    ballot.refresh_from_db()
    assert ballot.state == BallotState.OPEN


@pytest.mark.parametrize("name", ["ballot-cast", "ballot-comment", "ballot-conflict"])
def test_the_secretariat_does_not_vote(cast, name):
    ballot = spoken(cast)
    written = {"position": "yes", "answer": "none", "text": "Hello."}
    assert client_of(cast["secretariat-1"]).post(address(name, ballot.number), written).status_code == 403
    assert SeatPosition.objects.count() == 2


def test_a_vote_needs_a_fresh_second_factor(cast, settings):
    settings.SECOND_FACTOR_WAIVED = False
    ballot = opened(cast)
    clear(ballot, cast["steering-2"])
    client = client_of(cast["steering-2"])
    written = {"nonce": "n", "based_on": ballot.events.last().sequence, "position": "yes"}
    sent = client.post(address("ballot-cast", ballot.number), written)
    assert sent.status_code == 302
    assert not SeatPosition.objects.exists()


def test_the_deadline_reads_the_same_in_ones_own_zone_and_in_utc(cast):
    ballot = opened(cast)
    user = cast["steering-2"]
    user.time_zone = "Africa/Nairobi"
    user.save()
    page = text_of(client_of(user).get(address("ballot", ballot.number)))
    assert "in Nairobi · " in page
    assert f"{ballot.closes_at:%H:%M} UTC" in page
