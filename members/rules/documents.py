"""Pure decisions on the documents of an application."""

from collections.abc import Collection
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.applications import DocumentKind
from members.kernel.refusals import Refused
from members.rules.tiers import documents_asked

MOST = 20
UNCLAIMED_FOR = timedelta(days=1)
"""How long a file may lie without a document before it is cleared away."""


def kinds_taken(documents: list[dict], *, holder_kind: str) -> dict[str, bool]:
    """The kinds of documents an applicant may add, in the order of the tier's terms, and whether each is required."""
    asked = {
        entry["kind"]: entry.get("required", False) for entry in documents_asked(documents, holder_kind=holder_kind)
    }
    return asked | {DocumentKind.OTHER.value: asked.get(DocumentKind.OTHER.value, False)}


def missing(documents: list[dict], *, holder_kind: str, present: Collection[str]) -> list[str]:
    """The kinds that are required and not there."""
    taken = kinds_taken(documents, holder_kind=holder_kind)
    return [kind for kind, required in taken.items() if required and kind not in present]


def ensure_room(count: int) -> None:
    """Refuse one document too many. Raises Refused, code `too-many`."""
    if count >= MOST:
        raise Refused(
            _("{most} documents are the most. Remove one before you add another."),
            code="too-many",
            field="file",
            most=MOST,
        )


def ensure_taken(kind: str, documents: list[dict], *, holder_kind: str) -> None:
    """Refuse a kind of document that the tier does not ask for. Raises Refused, code `not-asked`."""
    if kind not in kinds_taken(documents, holder_kind=holder_kind):
        raise Refused(_("Documents of this kind are not asked for."), code="not-asked", field="kind")
