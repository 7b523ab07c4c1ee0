"""The answers of an application: how far they are, what is wrong with them, and how they read in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from members.choices.applications import DocumentKind, HolderKind, Step
from members.choices.questions import FURTHER_LANGUAGES, Question, Shape
from members.kernel.refusals import Refused
from members.models import Application, Person
from members.queries import options
from members.queries.affiliations import affiliation_problems, organisation_problems
from members.queries.sealed import version_answers_of
from members.rules import answers as rules
from members.rules import documents as document_rules


def steps_of(application: Application) -> list[str]:
    """The pages this application has, in order."""
    terms = application.terms
    return rules.steps_of(terms.steps, held_by=terms.holder_kind, holder_kind=application.holder_kind)


def questions_of(application: Application, step: str) -> tuple[Question, ...]:
    """The questions of one page of this application."""
    terms = application.terms
    return rules.questions_of(
        step, holder_kind=application.holder_kind, statements=terms.statements, commitments=terms.commitments
    )


def saved(application: Application, step: str) -> dict:
    """What was typed on a page so far; nothing if it was never saved."""
    return application.answers.get(step, {})


# --- How far it is ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far one page is: `todo` if it was never saved, `begun` while something is wrong, then `done`."""

    step: str
    state: str
    problems: tuple[Refused, ...] = ()

    @property
    def label(self) -> str:
        return Step(self.step).label


def problems_of(
    application: Application, step: str, values: Mapping, *, on, codes: Mapping | None = None
) -> list[Refused]:
    """What is wrong with the answers of a page, by the rules, and by what is known of the organisations named."""
    questions = questions_of(application, step)
    known = codes if codes is not None else options.codes(question.options for question in questions)
    found = rules.problems(step, questions, values, known)
    if step == Step.AFFILIATION:
        found += affiliation_problems(application, values, on=on)
    if step == Step.ORGANISATION:
        found += organisation_problems(application, values, on=on)
    return found


def progress(application: Application, *, on) -> list[Progress]:
    """How far each page is. The number of statements does not depend on what was answered."""
    steps = steps_of(application)
    named = {question.options for step in steps for question in questions_of(application, step)}
    codes = options.codes(named)
    return [_progress_of(application, step, on=on, codes=codes) for step in steps]


def _progress_of(application, step, *, on, codes) -> Progress:
    if step == Step.REFEREES:
        return _referees(application)
    if step == Step.DOCUMENTS:
        return _documents(application)
    if step not in application.answers:
        return Progress(step, "todo")
    found = problems_of(application, step, saved(application, step), on=on, codes=codes)
    return Progress(step, "begun" if found else "done", tuple(found))


def _referees(application) -> Progress:
    """Referees are rows of their own; a page with none needed is done."""
    needed, named = application.terms.referees_needed, application.referees.count()
    if named >= needed:
        return Progress(Step.REFEREES, "done")
    sentence = _("{needed} referees are needed; you named {named}.") if needed > 1 else _("One referee is needed.")
    problem = Refused(sentence, code="missing", field="name", needed=needed, named=named)
    return Progress(Step.REFEREES, "begun" if named else "todo", (problem,))


def present_documents(application: Application):
    """The applicant's documents that were not removed. Letters of referees are not among them."""
    return application.documents.filter(removed_at__isnull=True).exclude(kind=DocumentKind.REFERENCE)


def _documents(application) -> Progress:
    present = set(present_documents(application).values_list("kind", flat=True))
    missing = document_rules.missing(application.terms.documents, holder_kind=application.holder_kind, present=present)
    if not missing:
        return Progress(Step.DOCUMENTS, "done")
    sentence = _("Still missing: {kind}.")
    problems = [Refused(sentence, code="missing", field="file", kind=DocumentKind(kind).label) for kind in missing]
    return Progress(Step.DOCUMENTS, "begun" if present else "todo", tuple(problems))


def unfinished(application: Application, *, on) -> list[Progress]:
    """The pages that are not done."""
    return [page for page in progress(application, on=on) if page.state != "done"]


def problems_in_words(application: Application, page: Progress) -> list[str]:
    """What is wrong on a page, each with the question it is about, where it is about one."""
    labels = {question.name: str(question.label).rstrip(".?") for question in questions_of(application, page.step)}
    return [
        f"{labels[problem.field]}: {problem.message}" if problem.field in labels else problem.message
        for problem in page.problems
    ]


# --- What a version holds -----------------------------------------------------------------------------------------


def contents(application) -> dict:
    """What a version of the application would hold now: the answers asked for, and the documents."""
    return {
        "answers": {step: application.answers[step] for step in steps_of(application) if step in application.answers},
        "documents": [
            {
                "id": str(document.public_id),
                "kind": document.kind,
                "name": document.name,
                "type": document.content_type,
                "size": document.size,
                "sha256": document.sha256,
            }
            for document in present_documents(application)
        ],
    }


def has_changed(application: Application) -> bool:
    """Whether the working copy differs from the version that was sent last."""
    sent = application.current_version
    return sent is not None and contents(application) != {
        "answers": version_answers_of(sent),
        "documents": sent.documents,
    }


def changed_pages(application: Application) -> list[str]:
    """The names of the pages on which the working copy differs from the version that was sent last."""
    sent = application.current_version
    if sent is None:
        return []
    now = contents(application)
    before = version_answers_of(sent)
    changed = [step for step in steps_of(application) if now["answers"].get(step) != before.get(step)]
    if now["documents"] != sent.documents:
        changed.append(Step.DOCUMENTS)
    return [str(Step(step).label) for step in changed]


# --- What is filled in before the applicant begins ----------------------------------------------------------------


def prefilled(application: Application, step: str) -> dict:
    """What the portal knows of the applicant already, for a page that was never saved.

    It is shown to the applicant, so it is taken from the applicant's own record and no other.
    """
    person: Person | None = application.person
    if person is None or person.user_id != application.applicant_id:
        return {}
    if step == Step.IDENTITY:
        return {
            "name": person.name,
            "latin_name": person.latin_name,
            "country": person.country_id or "",
            "headline": person.headline,
            "biography": person.biography,
            "website": person.website,
        }
    if step == Step.EXPERTISE and application.holder_kind == HolderKind.PERSON:
        spoken = [entry.code for entry in person.languages.all()]
        further = [code for code in spoken if code not in options.COMMON_LANGUAGES]
        return {
            "expertise": [entry.code for entry in person.expertise.all()],
            "regions": [entry.code for entry in person.regions.all()],
            "languages": [code for code in spoken if code in options.COMMON_LANGUAGES],
            **dict(zip(FURTHER_LANGUAGES, further, strict=False)),
        }
    return {}


# --- In words -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One answer in words, for the summary list."""

    key: str
    value: str
    name: str
    lines: bool = False


@dataclass(frozen=True)
class Section:
    """One page of answers in words."""

    step: str
    rows: list[Row] = field(default_factory=list)

    @property
    def label(self) -> str:
        return Step(self.step).label


def in_words(application: Application, answers: Mapping | None = None) -> list[Section]:
    """The answers page by page: those of a frozen version if given, else the working copy.

    What need not be answered and was not is left out, as are pages of rows of their own (referees, documents).
    """
    answers = application.answers if answers is None else answers
    asked = {step: questions_of(application, step) for step in steps_of(application)}
    asked = {step: questions for step, questions in asked.items() if questions}
    words = options.words(question.options for questions in asked.values() for question in questions)
    found = []
    for step, questions in asked.items():
        rows = [_row(question, answers.get(step, {}).get(question.name), words) for question in questions]
        shown = [row for row, question in zip(rows, questions, strict=True) if row.value or question.required]
        found.append(Section(step, shown))
    return found


def _row(question: Question, value, words) -> Row:
    known = words.get(question.options, {})
    if question.shape == Shape.SEVERAL:
        shown = "\n".join(known.get(code, code) for code in value or [])
    elif question.shape in (Shape.CHOICE, Shape.LISTED):
        shown = known.get(value, value or "")
    elif question.shape == Shape.TICK:
        shown = _("Yes") if value else ""
    else:
        shown = value or ""
    return Row(question.label, shown, question.name, lines=question.shape in (Shape.TEXT, Shape.SEVERAL))
