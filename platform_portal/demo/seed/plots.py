"""The plot of each application: begun, sent, screened, put to the committee, decided, and what follows."""

from datetime import timedelta

from members.actions import admissions, applications, ballots, screening
from members.choices.applications import ApplicationState
from members.kernel.clock import today
from members.models import Ballot
from platform_portal.demo.applicants import DemoApplicant
from platform_portal.demo.seed.applying import sent, written
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.courses import Course
from platform_portal.demo.seed.newcomers import ask_for_the_way_in, introduce, invite_colleagues
from platform_portal.demo.seed.screening import (
    answer_as_is,
    drafted,
    questioned,
    recommended,
    returned,
    screened,
)
from platform_portal.demo.seed.voting import awaited, halfway, voted
from platform_portal.demo.seed.world import World

CONCERN_DAYS = 21
"""How long an applicant has to answer a concern of the committee."""


def plot(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """One application, up to the stage at which the story leaves it."""
    yield from written(world, applicant, course)
    if applicant.stage == ApplicationState.DRAFT:
        yield from ask_for_the_way_in(world, applicant)
        return
    yield from sent(world, applicant, course)
    if applicant.stage == ApplicationState.SUBMITTED:
        return
    yield from screened(world, applicant, course)
    if course.question or applicant.question:
        yield from questioned(world, applicant, course)
    if applicant.stage in (ApplicationState.SCREENING, ApplicationState.INFORMATION):
        return
    if applicant.stage == ApplicationState.DECLINED:
        yield from returned(world, applicant, course)
        return
    if applicant.stage == ApplicationState.WITHDRAWN and not course.votes:
        yield from _withdrawn(world, applicant)
        return
    yield from recommended(world, applicant, course)
    if applicant.stage != ApplicationState.RECOMMENDED or course.is_prepared:
        yield from _before_the_committee(world, applicant, course)


def _withdrawn(world: World, applicant: DemoApplicant) -> Plot:
    yield timedelta(days=2)
    writer = world.users[world.writer_of(applicant.key).key]
    applications.withdraw(application=world.applications[applicant.key], by=writer)


def _before_the_committee(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """The ballot: prepared, opened, and as far as it has come."""
    application, by = world.applications[applicant.key], world.officer(course.officer)
    yield timedelta(hours=22)
    ballot = ballots.prepare(subject=application, by=by)
    if applicant.stage == ApplicationState.RECOMMENDED:
        return
    yield world.timeline.ago(course.opened) if course.opened else timedelta(hours=3)
    ballot = ballots.open(ballot=ballot, by=by)
    if applicant.stage == ApplicationState.BALLOT:
        yield from awaited(world, applicant, course, ballot)
    elif applicant.stage == ApplicationState.WITHDRAWN:
        yield from halfway(world, applicant, course, ballot)
        yield from _withdrawn(world, applicant)
    else:
        yield from _decided(world, applicant, course, ballot)


def _decided(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot) -> Plot:
    """The ballot to its end, once more where it found no quorum, and what follows from the outcome."""
    application, by = world.applications[applicant.key], world.officer(course.officer)
    if course.failed:
        yield from voted(world, applicant, course, ballot, course.failed)
        yield timedelta(hours=20)
        ballot = ballots.open(ballot=Ballot.objects.live().about(application).get(), by=by)
    yield from voted(world, applicant, course, ballot, course.votes)
    yield timedelta(hours=23)
    application.refresh_from_db()
    if application.state != applicant.stage:
        raise ValueError(f"{applicant.key} is {application.state}, not {applicant.stage}.")
    yield from AFTERWARDS[applicant.stage](world, applicant, course, ballot)


def _admitted(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot) -> Plot:
    """A letter; then the new member's profile and, for an institution, those who speak with its principal."""
    application, by = world.applications[applicant.key], world.officer(course.officer)
    writer = world.writer_of(applicant.key)
    letter = drafted(application, "admitted", by=by)
    screening.send_letter(application=application, template_key="admitted", by=by, **letter)
    world.persons[writer.key] = application.person
    yield timedelta(days=1)
    introduce(world, writer)
    if application.organisation:
        world.organisations[applicant.organisation] = application.organisation
        yield from invite_colleagues(world, applicant.organisation)


def _refused(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot) -> Plot:
    """The letter with the grounds, and the day from which another application is welcome."""
    application, by = world.applications[applicant.key], world.officer(course.officer)
    letter = drafted(application, "refused", by=by)
    screening.give_reasons(application=application, reason=applicant.reason, by=by, **letter)
    yield timedelta(0)


def _held(world: World, applicant: DemoApplicant, course: Course, ballot: Ballot) -> Plot:
    """The concern is put to the applicant, without its author; some have answered."""
    request = admissions.put_to_applicant(
        concern=ballot.concerns.get(cleared_at=None),
        question=applicant.concern,
        due_on=today() + timedelta(days=CONCERN_DAYS),
        by=world.officer(course.officer),
    )
    if course.answer:
        yield timedelta(days=6)
        answer_as_is(world, applicant, request, course.answer)
    yield timedelta(0)


AFTERWARDS = {
    ApplicationState.ADMITTED: _admitted,
    ApplicationState.REFUSED: _refused,
    ApplicationState.HELD: _held,
}
