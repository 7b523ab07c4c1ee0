"""What belongs to the applications of a protected member: their answers, texts that name them, and their files."""

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction

from members.choices.applications import ENDED
from members.kernel import filenames
from members.kernel.sealing import open_bytes, plain, seal_bytes
from members.models import (
    Application,
    ApplicationVersion,
    Check,
    Document,
    InformationRequest,
    Letter,
    Recommendation,
    Referee,
)
from members.queries.sealed import (
    answers_of,
    context_of_file,
    key_of,
    parents_of_expertise,
    sealed_answers,
    version_answers_of,
)
from members.rules import protection as rules

TEXTS: dict[type, dict[str, str]] = {
    Referee: {"letter": ""},
    InformationRequest: {"question": "", "answer": ""},
    Letter: {"subject": "", "body": ""},
    Check: {"note": ""},
    Recommendation: {"text": ""},
    Document: {"name": ""},
}
"""Columns that may name the applicant, by table, each with what stands in it meanwhile."""
REFEREE = {"name": "", "email": "", "relationship": ""}
"""The same of a referee once the application has ended: before that they are written to."""


# --- Answers ------------------------------------------------------------------------------------------------------


def split(answers: Mapping[str, Mapping]) -> tuple[dict, dict]:
    """Answers as they were typed, as what others may read of them, and what is sealed."""
    left = rules.redacted(answers, parents=parents_of_expertise())
    kept = {
        step: {name: value for name, value in page.items() if left[step].get(name) != value}
        for step, page in answers.items()
    }
    return left, {step: page for step, page in kept.items() if page}


def keep_answers(application: Application) -> None:
    """Before a protected applicant's application is saved: seal what identifies, and leave the rest in the open."""
    application.answers, kept = split(application.answers)
    application.sealed_answers = sealed_answers(application, kept)


# --- Away ---------------------------------------------------------------------------------------------------------


def put_away(applications) -> list[dict]:
    """Seal answers and files of applications, take out the texts that may name the applicant, and give these back."""
    texts: list[dict] = []
    for application in applications.select_related("applicant__protection__user"):
        if not application.sealed_answers:
            keep_answers(application)
            application.save(update_fields=["answers", "sealed_answers"])
        for version in application.versions.filter(sealed_answers=""):
            left, kept = split(version.answers)
            documents = [entry | {"name": ""} for entry in version.documents]
            kept["documents"] = {entry["id"]: entry["name"] for entry in version.documents}
            ApplicationVersion.objects.filter(pk=version.pk).update(
                answers=left, documents=documents, sealed_answers=sealed_answers(application, kept)
            )
        texts += put_away_texts(application)
        for document in application.documents.filter(sealed=False).exclude(file=""):
            seal_file(document, key_of(application.applicant.protection))
    return texts


def put_away_texts(application: Application) -> list[dict]:
    """Take out the texts of one application, and give them back as rows of columns."""
    tables = TEXTS | ({Referee: TEXTS[Referee] | REFEREE} if application.state in ENDED else {})
    texts = []
    for table, columns in tables.items():
        rows = table.objects.filter(application=application.pk)
        for row in rows.values("pk", *columns):
            if any(row[name] != blank for name, blank in columns.items()):
                texts.append({"model": table._meta.label_lower, **plain(row)})
                rows.filter(pk=row["pk"]).update(**columns)
    return texts


def seal_file(document: Document, key: bytes) -> None:
    """Let a sealed copy take the place of a document's file; the open one is deleted once that is certain."""
    with document.file.open("rb") as file:
        content = seal_bytes(key, file.read(), context_of_file(document))
    _swap(document, content, sealed=True)


def _swap(document: Document, content: bytes, *, sealed: bool) -> None:
    storage, former = document.file.storage, document.file.name
    name = storage.save(filenames.stored_name("bin"), ContentFile(content))
    Document.objects.filter(pk=document.pk).update(file=name, sealed=sealed)
    transaction.on_commit(lambda: storage.delete(former))


# --- And back -----------------------------------------------------------------------------------------------------


def bring_back(applications, texts: list[dict], *, raised_at) -> None:
    """Put back what was taken out. Versions that were frozen under protection stay as the committee read them."""
    for application in applications.select_related("applicant__protection__user"):
        for version in application.versions.filter(submitted_at__lt=raised_at).exclude(sealed_answers=""):
            answers = version_answers_of(version)
            names = answers.pop("documents", {})
            documents = [entry | {"name": names.get(entry["id"], "")} for entry in version.documents]
            ApplicationVersion.objects.filter(pk=version.pk).update(
                answers=answers, documents=documents, sealed_answers=""
            )
        application.answers, application.sealed_answers = answers_of(application), ""
        application.save(update_fields=["answers", "sealed_answers"])
        key = key_of(application.applicant.protection)
        for document in application.documents.filter(sealed=True):
            with document.file.open("rb") as file:
                _swap(document, open_bytes(key, file.read(), context_of_file(document)), sealed=False)
    tables = {table._meta.label_lower: table for table in TEXTS}
    for row in texts:
        columns = {name: value for name, value in row.items() if name not in ("model", "pk")}
        tables[row["model"]].objects.filter(pk=row["pk"]).update(**columns)
