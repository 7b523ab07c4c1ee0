"""What the Secretariat does with an application of the story, and how referees and applicants answer it."""

from datetime import timedelta

from members.actions import information, referees, screening
from members.actions.referees import PURPOSE
from members.actions.screening import Finding
from members.choices.applications import Advice, ApplicationState, CheckOutcome, DocumentKind
from members.kernel.clock import today
from members.kernel.tokens import derived_tokens
from members.models import CheckItem, Referee
from members.queries import letters
from members.queries.applications import name_of
from members.rules.letters import fill
from platform_portal.demo import sources
from platform_portal.demo.applicants import DemoApplicant
from platform_portal.demo.seed.applying import add_document, supplement
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.courses import Course
from platform_portal.demo.seed.world import World

NOTES = {
    "referees": "All letters are in, or it is known why not.",
    "authority": "Confirmed by telephone with the board.",
    "identity": "Two independent sources, both of this year.",
    "independence": "Accounts of the last three years seen.",
    "conduct": "Nothing found in three languages.",
    "safety": "Asked on the channel the applicant chose: no risk seen.",
    "hosting": "Rooms and accounts are described; staff would need visas.",
    "career": "Two members could be asked to be mentors.",
}
"""What is noted beside a check that is in order, by its key."""
UNCLEAR = {
    "safety": "The applicant wishes to speak about this before anything is published. A call is arranged.",
    "independence": "One funder above one half. See the statement on independence; a question for the committee.",
    "commitments": "The declaration of conflicts says none; the referees are clients.",
    "documents": "A photograph of a screen. Name and dates cannot be read.",
}
ANSWER_DAYS = 14
LATE = {"historian": 16}
"""How many days ago some were asked who have not answered in time."""
WAITING = {"linguist": 9, "mandalan": 3}
"""How many days ago others were asked who still have time."""


def screened(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """Taken on by an officer; letters come in; the checks are made; something may be asked."""
    application, by = world.applications[applicant.key], world.officer(course.officer)
    yield timedelta(days=1, hours=3)
    screening.take_on(application=application, by=by)
    if applicant.organisation in world.organisations:
        screening.link(application=application, organisation=world.organisations[applicant.organisation], by=by)
    for number, referee in enumerate(application.referees.all()[: course.letters]):
        yield timedelta(days=1, hours=5 + number)
        _write_letter(world, applicant, referee)
    yield timedelta(days=1)
    _check(application, course, by=by)


def _write_letter(world: World, applicant: DemoApplicant, referee: Referee) -> None:
    """A referee's letter, by the private link."""
    token = next(derived_tokens(PURPOSE, referee.link_id.hex))
    kind = "organisation" if applicant.organisation else world.random.choice(("warm", "warm", "measured"))
    name = world.made_up[applicant.organisation].name if applicant.organisation else name_of(referee.application)
    referees.answer(token=token, letter=world.voices.say("letters", kind, applicant=name))


def _check(application, course: Course, *, by) -> None:
    """The checks of the list, or as many of them as were made until now."""
    items = list(CheckItem.objects.asked_of(application.tier))
    made = items[: round(len(items) * course.checked)]
    found = {item: Finding(CheckOutcome.MET, NOTES.get(item.key, "")) for item in made}
    for item in items:
        if item.key == course.unclear:
            found[item] = Finding(CheckOutcome.UNCLEAR, UNCLEAR[item.key])
    screening.record_checks(application=application, found=found, by=by)


def questioned(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """A question to the applicant, and, unless the story leaves it open, the answer, with a document or without."""
    application, by = world.applications[applicant.key], world.officer(course.officer)
    days = LATE.get(applicant.key) or WAITING.get(applicant.key)
    yield world.timeline.ago(days) if days else timedelta(days=1)
    request = screening.ask(
        application=application,
        question=course.question or applicant.question,
        due_on=today() + timedelta(days=ANSWER_DAYS),
        by=by,
    )
    writer = world.users[world.writer_of(applicant.key).key]
    if applicant.stage == ApplicationState.INFORMATION:
        yield timedelta(days=1)
        information.keep(request=request, answer=applicant.answer[:120].rpartition(" ")[0], by=writer)
        return
    if course.adds:
        supplement(world, applicant, course)
    yield timedelta(days=3)
    if course.adds:
        add_document(world, application, DocumentKind.OTHER, f"{applicant.key} {DocumentKind.OTHER}", by=writer)
    answer_as_is(world, applicant, request, course.answer)


def answer_as_is(world: World, applicant: DemoApplicant, request, answer: str) -> None:
    """The applicant answers a question, with the application as it stands now."""
    application = world.applications[applicant.key]
    application.refresh_from_db()
    writer = world.users[world.writer_of(applicant.key).key]
    information.give(request=request, answer=answer, revision=application.revision, by=writer)


def recommended(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """The advice to the committee."""
    yield timedelta(days=1, hours=2)
    application = world.applications[applicant.key]
    screening.recommend(
        application=application,
        advice=course.advice,
        text=_advice(applicant, course),
        version=application.current_version.number,
        by=world.officer(course.officer),
    )


def _advice(applicant: DemoApplicant, course: Course) -> str:
    """Words that fit: of an answer where something was asked, of one referee where there is one."""
    texts = sources.texts("voices")["recommendations"][course.advice]
    if course.advice == Advice.REFUSE:
        return texts[bool(applicant.organisation)]
    if course.advice == Advice.NEITHER:
        return texts[0]
    return texts[2 if len(applicant.referees) == 1 else bool(course.question)]


def returned(world: World, applicant: DemoApplicant, course: Course) -> Plot:
    """An application that is returned as incomplete, with a day from which another is welcome."""
    yield timedelta(days=2)
    application, by = world.applications[applicant.key], world.officer(course.officer)
    reapply_on = today() + timedelta(days=60)
    letter = drafted(application, "incomplete", by=by)
    screening.decline(application=application, reason=applicant.reason, reapply_on=reapply_on, by=by, **letter)


def drafted(application, key: str, *, by, **facts) -> dict[str, str]:
    """Subject and text of a letter from its template, with `facts` where the portal knows none itself."""
    letter = letters.draft(application, key, by=by, on=today())
    return {part: fill(letter[part], **facts) for part in ("subject", "body")}
