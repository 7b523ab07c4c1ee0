"""The dossier of an application: what the committee reads of one frozen version, the same for every reader."""

from dataclasses import dataclass

from members.choices.applications import CHECK_TONES
from members.models import Application, ApplicationVersion, Document, Recommendation
from members.queries.answers import Section, in_words


@dataclass(frozen=True)
class Letter:
    """What a referee wrote, as text or as a document."""

    name: str
    relationship: str
    text: str
    document: Document | None
    declined: bool


@dataclass(frozen=True)
class Finding:
    """One check of the Secretariat's list, with what was found."""

    label: str
    outcome: str
    tone: str


@dataclass(frozen=True)
class Question:
    """What the applicant was asked, and answered."""

    question: str
    answer: str
    answered_at: object


@dataclass(frozen=True)
class Dossier:
    """One version of an application with all that belongs to it. Notes of the Secretariat to itself are not in it."""

    application: Application
    version: ApplicationVersion
    sections: list[Section]
    documents: list[Document]
    letters: list[Letter]
    findings: list[Finding]
    questions: list[Question]
    recommendation: Recommendation | None

    @property
    def criteria(self) -> list[str]:
        """What the decision goes by, from the tier's terms."""
        return self.application.terms.criteria


def dossier_for(application: Application, version: ApplicationVersion) -> Dossier:
    """The dossier of one version, in the language that is active.

    Documents are those frozen with the version, also where the applicant has removed one since.
    """
    referees = application.referees.select_related("letter_document")
    checks = application.checks.select_related("item")
    frozen = [entry["id"] for entry in version.documents]
    return Dossier(
        application=application,
        version=version,
        sections=in_words(application, version.answers),
        documents=list(application.documents.filter(public_id__in=frozen)),
        letters=[Letter(row.name, row.relationship, row.letter, row.letter_document, row.declined) for row in referees],
        findings=[Finding(str(row.item), row.get_outcome_display(), CHECK_TONES[row.outcome]) for row in checks],
        questions=[
            Question(row.question, row.answer, row.answered_at)
            for row in application.requests.filter(answered_at__isnull=False)
        ],
        recommendation=application.recommendations.filter(version=version).last() or application.recommendations.last(),
    )
