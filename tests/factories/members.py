"""People, organisations and applications as tests need them: each made by the portal's own acts.

The world must have its reference data: take the fixture `cast`, or call `members.actions.reference.load()`.
"""

import hashlib
import itertools

from members.actions import applications, documents, memberships, organisations, people, referees
from members.choices.applications import DocumentKind, HolderKind, Step
from members.choices.bodies import OrganisationKind
from members.kernel import filenames
from members.kernel.clock import database_now
from members.kernel.files import Clean
from members.models import Application, Country, InformationRequest, Organisation, Person, Tier, User
from members.queries import answers
from members.rules.answers import basis_of
from members.rules.documents import missing
from tests.factories.files import picture

numbers = itertools.count(1)
PDF = b"%PDF-1.7 a paper of a test"


# --- People and organisations -------------------------------------------------------------------------------------


def login(email="", **fields) -> User:
    """A login nobody has used yet."""
    return User.objects.create_user(email or f"somebody-{next(numbers)}@made.test", **fields)


def person(name="", *, user=None, **fields) -> Person:
    """A person on record."""
    return people.enter(name=name or f"Person Number {next(numbers)}", user=user, by=None, **fields)


def organisation(name="", *, country="KE", kind=OrganisationKind.RESEARCH, **fields) -> Organisation:
    """An organisation that the portal knows and that takes no part."""
    return organisations.enter(
        name=name or f"Institute Number {next(numbers)}",
        kind=kind,
        country=Country.objects.get(code=country),
        by=None,
        **fields,
    )


def member(name="", *, tier="institutional", **fields) -> Organisation:
    """An organisation that takes part."""
    made = organisation(name, **fields)
    memberships.grant(tier_terms=Tier.objects.get(short_name=tier).current_terms, organisation=made, by=None)
    return made


# --- Applications -------------------------------------------------------------------------------------------------

IDENTITY = {
    "name": "Awa Example",
    "latin_name": "",
    "position": "Director",
    "country": "SN",
    "headline": "Researcher on early warning",
    "biography": "Ten years of work on early warning in the Sahel.",
    "website": "awa.example",
}
GOOD: dict[str, dict] = {
    Step.HOLDER: {"holder_kind": "organisation"},
    Step.SAFETY: {"risk": "no", "proceed": ""},
    Step.IDENTITY: IDENTITY,
    Step.ORGANISATION: {
        "name": "Institute of Examples",
        "acronym": "IOE",
        "kind": "research",
        "country": "SN",
        "website": "https://examples.example",
        "about": "Research on how violence begins.",
        "legal_status": "Association under the law of Senegal, number 12.",
        "leadership": "A board of seven, elected every three years.",
    },
    Step.AFFILIATION: {"standing": "independent"},
    Step.EXPERTISE: {
        "expertise": ["early-warning-indicators", "law-evidence"],
        "regions": ["011"],
        "languages": ["fr", "en"],
        "language_1": "wo",
    },
    Step.MENTOR: {"themes": ["law-evidence"], "language_1": "fr", "language_2": "", "wish": "To learn to write."},
    Step.CONFLICTS: {"relation": "none", "seats": [], "details": ""},
}
"""Answers that finish a page, for the pages that every tier words alike."""


def good_answers(application: Application, step: str) -> dict:
    """Answers that finish one page of an application."""
    questions = answers.questions_of(application, step)
    if step == Step.STATEMENT:
        return {question.name: "What there is to say." for question in questions}
    if step == Step.COMMITMENTS:
        return {question.name: "on" for question in questions}
    names = {question.name for question in questions}
    return {name: value for name, value in GOOD[step].items() if name in names}


def draft(tier="individual", *, user=None, holder_kind=None) -> Application:
    """An application that was begun; where the tier leaves it open, `holder_kind` answers who is to be the member."""
    user = user or login()
    made = applications.start(tier=Tier.objects.get(short_name=tier), user=user, by=user)
    if made.holder_kind == HolderKind.EITHER and holder_kind:
        made = save(made, Step.HOLDER, {"holder_kind": holder_kind})
    return made


def save(application: Application, step: str, values: dict) -> Application:
    """Save one page as its applicant."""
    basis = basis_of(answers.saved(application, step))
    return applications.save(application=application, step=step, values=values, basis=basis, by=application.applicant)


def paper(content=PDF, name="paper.pdf") -> Clean:
    """A file as it comes out of the washing."""
    return Clean(
        content=content,
        media_type="application/pdf",
        display_name=name,
        storage_name=filenames.stored_name("pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def portrait() -> Clean:
    """A photo for a profile, as it comes out of the washing."""
    return paper(picture("WEBP"), "portrait.webp")


def document(application, kind=DocumentKind.OTHER, **facts):
    """A document added by the applicant."""
    return documents.add(application=application, kind=kind, clean=paper(**facts), by=application.applicant)


def referee(application, email="", **facts):
    """A referee named by the applicant."""
    named = {"name": "Referee Example", "relationship": "We worked together."} | facts
    return referees.add(
        application=application,
        email=email or f"referee-{next(numbers)}@made.test",
        by=application.applicant,
        **named,
    )


def finished(tier="individual", *, user=None, holder_kind=HolderKind.ORGANISATION) -> Application:
    """A draft with every page finished."""
    made = draft(tier, user=user, holder_kind=holder_kind)
    for step in answers.steps_of(made):
        if step not in (Step.HOLDER, Step.REFEREES, Step.DOCUMENTS):
            made = save(made, step, good_answers(made, step))
    for _number in range(made.terms.referees_needed):
        referee(made)
    for kind in missing(made.terms.documents, holder_kind=made.holder_kind, present=()):
        document(made, kind)
    return Application.objects.with_subject().get(pk=made.pk)


def submitted(tier="individual", **facts) -> Application:
    """An application that was sent."""
    made = finished(tier, **facts)
    applications.submit(application=made, revision=made.revision, by=made.applicant)
    return Application.objects.with_subject().get(pk=made.pk)


def in_state(state, tier="individual", **facts) -> Application:
    """An application that was sent and stands in a state, however it came there."""
    made = submitted(tier, **facts)
    Application.objects.filter(pk=made.pk).update(state=state)
    return Application.objects.with_subject().get(pk=made.pk)


def question(application, *, by, text="What did you do in 2024?") -> InformationRequest:
    """An open question to the applicant."""
    return InformationRequest.objects.create(
        application=application, question=text, due_on=database_now().date(), asked_by=by
    )
