"""How an application of the story is written: the link, the pages, the referees, the documents, and sending it."""

from datetime import timedelta

from members.actions import applications, documents, entry, referees
from members.choices.applications import ApplicationState, DocumentKind, Step
from members.kernel.clock import today
from members.kernel.tokens import derived_tokens
from members.models import Application
from members.queries import answers
from members.rules.answers import basis_of
from platform_portal.demo import names
from platform_portal.demo.applicants import DemoApplicant
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.courses import Course
from platform_portal.demo.seed.founding import settle_in
from platform_portal.demo.seed.pages import Pages
from platform_portal.demo.seed.papers import Paper
from platform_portal.demo.seed.world import World

REFEREES = "referees.demo.test"
"""Where referees have their addresses."""
ROWS_OF_THEIR_OWN = {Step.REFEREES, Step.DOCUMENTS}
UNFINISHED = {"imam": (Step.MENTOR, Step.COMMITMENTS, Step.CONFLICTS), "pampahue": (Step.CONFLICTS, Step.COMMITMENTS)}
"""The pages on which some who are still writing have not been."""


def written(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """From the first page to the last, in the days after the link came. A draft stays as far as it is."""
    writer = world.writer_of(applicant.key)
    made_up = world.made_up.get(applicant.organisation)
    pages = Pages(applicant, writer, made_up, course)
    begun = applicant.stage == ApplicationState.DRAFT
    if not begun:
        for kind, paper in pages.papers().items():
            world.papers.write(f"{applicant.key} {kind}", paper)
    application = yield from _opened(world, applicant, course)
    by = world.officer(course.officer) if course.is_on_paper else world.users[writer.key]
    for number, step in enumerate(_steps(applicant, application, begun)):
        application = _write(application, step, pages, by=by)
        yield timedelta(hours=7) if number % 3 == 2 else timedelta(minutes=6)
    _name_referees(world, applicant, course, application, by=by)
    if not begun:
        yield timedelta(hours=5)
        for kind in pages.papers():
            add_document(world, application, kind, f"{applicant.key} {kind}", by=by)


def _opened(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """The application, begun: by a link, on paper, or by somebody who has a login already."""
    writer, tier = world.writer_of(applicant.key), world.tiers[applicant.tier]
    if writer.key in world.users:
        user = world.users[writer.key]
        application = applications.start(tier=tier, user=user, by=user)
    elif course.is_on_paper:
        received = today() - timedelta(days=2)
        application = applications.enter_paper(
            tier=tier, email=writer.email, received_on=received, by=world.officer(course.officer)
        )
        world.users[writer.key] = application.applicant
        settle_in(world, writer)
    else:
        link = entry.ask(email=writer.email, language=world.language_of(writer), tier=tier)
        yield timedelta(minutes=25)
        entered = entry.use(token=next(derived_tokens("entry", link.public_id.hex)), by=None)
        application, world.users[writer.key] = entered.application, entered.user
        settle_in(world, writer)
    world.applications[applicant.key] = application
    yield timedelta(minutes=10)
    return application


def _steps(applicant: DemoApplicant, application: Application, begun: bool):  # noqa: FBT001  a fact, not a switch
    """The pages to be written, asked for anew after each: the first may decide on the others."""
    left_out = ROWS_OF_THEIR_OWN | set(UNFINISHED.get(applicant.key, ()) if begun else ())
    done = set()
    while steps := [step for step in answers.steps_of(application) if step not in done | left_out]:
        done.add(steps[0])
        yield steps[0]
        application.refresh_from_db()


def _write(application: Application, step: str, pages: Pages, *, by) -> Application:
    values = pages.answers(step, answers.questions_of(application, step))
    basis = basis_of(answers.saved(application, step))
    saved = applications.save(application=application, step=step, values=values, basis=basis, by=by)
    application.answers, application.holder_kind = saved.answers, saved.holder_kind
    return application


def _name_referees(world: World, applicant: DemoApplicant, course: Course, application: Application, *, by) -> None:
    for number, relationship in enumerate(applicant.referees):
        name, email = _referee(world, applicant, course if number == 0 else None)
        referees.add(application=application, name=name, email=email, relationship=relationship, by=by)


def _referee(world: World, applicant: DemoApplicant, course: Course | None) -> tuple[str, str]:
    """Name and address of a referee: a member of the committee where the course says so, else somebody new."""
    if course and course.referee_seat:
        user = world.holder_of(course.referee_seat)
        return user.person.name, user.email
    culture = applicant.culture or world.made_up[applicant.organisation].culture or "british"
    met = world.strangers.meet(culture)
    return met.in_latin, names.address(met, REFEREES)


def add_document(world: World, application: Application, kind: str, key: str, *, by) -> None:
    documents.add(application=application, kind=kind, clean=world.papers.take(key), by=by)


def sent(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """The answers, read through once more, and sent."""
    yield timedelta(hours=2)
    application = world.applications[applicant.key]
    application.refresh_from_db()
    by = world.officer(course.officer) if course.is_on_paper else world.users[world.writer_of(applicant.key).key]
    applications.submit(application=application, revision=application.revision, by=by)


def supplement(world: World, applicant: DemoApplicant, course: Course) -> None:
    """Have the paper written that an answer to the Secretariat comes with."""
    writer = world.writer_of(applicant.key)
    name = writer.latin_name or writer.name
    paper = Paper(f"{course.adds}.pdf", course.adds, [name, course.answer, "All particulars are fictional."])
    world.papers.write(f"{applicant.key} {DocumentKind.OTHER}", paper)
