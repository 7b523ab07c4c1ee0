"""From a stranger's first click to a member's first day: in a real browser, on real servers, with real mail."""

from uuid import uuid4

import pytest

from members.actions import ballots, memberships, offices, organisations
from members.choices.applications import ApplicationState, Step
from members.choices.bodies import RepresentationRole, SeatRole
from members.choices.verbs import Verb
from members.models import Application, AuditEvent, Ballot, Membership, Tier
from members.queries import answers
from members.rules.documents import missing
from tests.browser.actors import fill, follow, heading, link_in_mail, mail_about, may_sign_in, press, sign_in
from tests.browser.test_look import barriers
from tests.factories import files
from tests.factories import members as make

PASSWORD = "a-long-word-of-the-journey-7"
SEATS = 9
IN_THE_BROWSER = 2


@pytest.fixture
def world(cast):
    """The cast with nine seats on the steering committee, and apps for those who need a second factor."""
    steering = Tier.objects.get(short_name="steering")
    for number in range(len(cast.seats) + 1, SEATS + 1):
        user = make.login(f"seat-{number}@cast.test")
        person = make.person(f"Steering Member {number}", user=user)
        institute = make.organisation(f"Steering Institute {number}")
        memberships.grant(tier_terms=steering.current_terms, organisation=institute, by=None)
        organisations.appoint_representative(
            organisation=institute, person=person, role=RepresentationRole.PRINCIPAL, by=None
        )
        seat = offices.open_seat(organisation=institute, by=None)
        offices.fill_seat(seat=seat, person=person, role=SeatRole.PRINCIPAL, by=None)
        cast.users[f"steering-{number}"] = user
    for name in ("secretariat-1", "steering-1", "steering-2"):
        may_sign_in(cast[name])
    return cast


class Journey:
    """One application, from the first click on."""

    def __init__(self, visit, sink, *, tier, scripts):
        self.visit = lambda: visit(java_script_enabled=scripts)
        self.sink, self.tier, self.scripts = sink, tier, scripts
        self.address = f"{uuid4().hex[:10]}@journey.test"

    @property
    def application(self) -> Application:
        return Application.objects.with_subject().get(applicant__email=self.address)

    @property
    def ballot(self) -> Ballot:
        return Ballot.objects.about(self.application).latest("pk")

    def look(self, page):
        """See that axe finds no barrier on the page. It needs scripts."""
        if self.scripts:
            assert not barriers(page), page.url

    # --- The applicant ----------------------------------------------------------------------------------------

    def ask_for_a_link(self):
        page = self.visit()
        page.goto("/")
        follow(page, "Apply for membership")
        page.goto(f"/join/{self.tier}/")
        follow(page, "Apply")
        self.look(page)
        page.fill("main [name=email]", self.address)
        press(page, "Send me the link")
        assert heading(page) == "Look in your mail"
        self.look(page)

    def come_in(self):
        page = self.visit()
        page.goto(link_in_mail(self.sink, self.address, containing="/enter/"))
        self.look(page)
        press(page, "Open my application")
        assert heading(page) == "You are in"
        self.look(page)
        return page

    def set_password(self, page):
        follow(page, "Set a password")
        page.fill("[name=password1]", PASSWORD)
        page.fill("[name=password2]", PASSWORD)
        page.locator("main form button:not([type=button])").click()
        page.wait_for_load_state()

    def come_back_by_password(self):
        page = self.visit()
        sign_in(page, self.application.applicant, PASSWORD)
        return page

    def come_back_by_link(self):
        page = self.visit()
        had = len(self.sink.to(self.address))
        page.goto("/enter/")
        page.fill("main [name=email]", self.address)
        press(page, "Send me a link")
        page.goto(link_in_mail(self.sink, self.address, containing="/enter/", beyond=had))
        press(page, "Sign me in")
        return page

    def write(self, page, steps):
        for step in steps:
            page.goto(f"/applications/{self.application.number}/steps/{step}/")
            self.look(page)
            if step == Step.REFEREES:
                self.name_referees(page)
            elif step == Step.DOCUMENTS:
                self.add_documents(page)
            else:
                fill(page, {name: value for name, value in self.answers_to(step).items() if value})
                press(page, "Save and continue")

    def answers_to(self, step):
        return make.good_answers(self.application, step)

    def name_referees(self, page):
        for number in range(self.application.terms.referees_needed):
            address = f"referee-{number}-{self.address}"
            fill(page, {"name": f"Referee {number}", "email": address, "relationship": "Worked together."})
            press(page, "Add this referee")

    def add_documents(self, page):
        application = self.application
        for kind in missing(application.terms.documents, holder_kind=application.holder_kind, present=()):
            fill(page, {"kind": kind})
            paper = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": files.document()}
            page.locator("[name=file]").set_input_files(paper)
            press(page, "Add this document")

    def send(self, page):
        page.goto(f"/applications/{self.application.number}/check/")
        assert heading(page) == "Check your answers"
        self.look(page)
        fill(page, {"declaration": "on"})
        press(page, "Send application")
        assert heading(page) != "Check your answers", page.get_by_role("alert").inner_text()
        assert self.application.state == ApplicationState.SUBMITTED

    # --- The Secretariat --------------------------------------------------------------------------------------

    def screen(self, officer):
        page = self.visit()
        sign_in(page, officer)
        page.goto("/desk/applications/")
        assert self.application.number in page.locator("main").inner_text()
        page.goto(f"/desk/applications/{self.application.number}/")
        self.look(page)
        press(page, "Take it on")
        page.goto(f"/desk/applications/{self.application.number}/checks/")
        self.look(page)
        for radio in page.locator("main input[type=radio][value=met]").all():
            radio.check(force=True)
        press(page, "Record the checks")
        page.goto(f"/desk/applications/{self.application.number}/recommend/")
        fill(page, {"advice": "admit", "text": "It meets every criterion of the tier."})
        press(page, "Record the recommendation")
        press(page, "Prepare the ballot")
        page.goto(f"/ballots/{self.ballot.number}/")
        self.look(page)
        press(page, "Open the ballot")
        assert self.ballot.opens_at is not None

    # --- The steering committee -------------------------------------------------------------------------------

    def vote(self, member):
        page = self.visit()
        sign_in(page, member)
        follow(page, "Vote")
        self.look(page)
        fill(page, {"answer": "none"})
        press(page, "Record my answer")
        self.look(page)
        fill(page, {"position": "yes", "reason": "Strong work, well attested."})
        press(page, "Record my position")
        assert self.ballot.positions.filter(cast_by=member, choice="yes").exists()

    def vote_without_a_browser(self, member, choice="yes"):
        ballots.answer_conflict(ballot=self.ballot, by=member, answer="none")
        sequence = self.ballot.events.order_by("sequence").last().sequence
        ballots.cast(
            ballot=self.ballot,
            by=member,
            choice=choice,
            reason="Said in a few words." if choice != "yes" else "",
            nonce=uuid4().hex,
            based_on=sequence,
        )


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("tier", ["individual", "institutional"])
def test_a_stranger_becomes_a_member(world, visit, mail_sink, tier, scripts):
    journey = Journey(visit, mail_sink, tier=tier, scripts=scripts)
    journey.ask_for_a_link()
    page = journey.come_in()
    if tier == "individual":
        journey.set_password(page)

    steps = answers.steps_of(journey.application)
    journey.write(page, steps[:3])
    page = journey.come_back_by_password() if tier == "individual" else journey.come_back_by_link()
    page.goto("/today/")
    follow(page, "Finish your application")
    journey.write(page, steps[3:])
    journey.send(page)
    assert mail_about(mail_sink, journey.address, journey.application.number)
    assert mail_about(mail_sink, world["secretariat-1"].email, journey.application.number)

    journey.screen(world["secretariat-1"])
    seats = [world[f"steering-{number}"] for number in range(1, SEATS + 1)]
    assert mail_about(mail_sink, seats[-1].email, journey.ballot.number)
    journey.vote(seats[0])
    for member in seats[IN_THE_BROWSER:]:
        journey.vote_without_a_browser(member, choice="no" if member is seats[-1] else "yes")
    journey.vote(seats[1])

    application = journey.application
    assert application.state == ApplicationState.ADMITTED
    holder = {"organisation": application.organisation} if tier == "institutional" else {"person": application.person}
    membership = Membership.objects.get(**holder)
    assert membership.decision.number == journey.ballot.number
    assert AuditEvent.objects.about(membership).filter(verb=Verb.ADMITTED).count() == 1

    assert mail_about(mail_sink, journey.address, membership.decision.number)
    first_day(journey, membership)


def first_day(journey, membership):
    """The new member signs in, and sees Today, the membership with the decision behind it, and the directory."""
    member = journey.application.applicant
    if journey.tier == "institutional":
        may_sign_in(member, PASSWORD)
    page = journey.visit()
    sign_in(page, member, PASSWORD)
    journey.look(page)
    page.goto("/me/membership/")
    journey.look(page)
    assert membership.decision.number in page.locator("main").inner_text()
    page.goto("/members/")
    assert heading(page) == "Members"
    journey.look(page)
    assert "Steering Member 1" in page.locator("main").inner_text()
    page.goto("/me/")
    assert heading(page) == "Awa Example"
    journey.look(page)
