"""What a tier's terms ask of an applicant, by who is to hold the membership."""

from members.choices.applications import HolderKind, Step

ASKED_OF = {
    Step.SAFETY: HolderKind.PERSON,
    Step.ORGANISATION: HolderKind.ORGANISATION,
    Step.AFFILIATION: HolderKind.PERSON,
    Step.MENTOR: HolderKind.PERSON,
}
"""Pages of an application that make sense for one kind of holder only."""


def steps_asked(steps: list[str], *, holder_kind: str) -> list[str]:
    """The pages of an application by a person or an organisation, in the order of the tier's terms."""
    return [step for step in steps if ASKED_OF.get(step, holder_kind) == holder_kind]


def documents_asked(documents: list[dict], *, holder_kind: str) -> list[dict]:
    """The documents asked of a person or an organisation; one that names no holder is asked of both."""
    return [document for document in documents if document.get("holder", holder_kind) == holder_kind]
