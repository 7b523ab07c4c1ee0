"""What several tiers ask of an applicant: pages, documents and one statement, in the form in which they are stored."""

from django.utils.translation import gettext_noop as _

from members.choices.applications import DocumentKind, HolderKind, Step

INDEPENDENCE = {
    "key": "independence",
    "label": _("What protects your independence"),
    "help": _(
        "Name your main sources of funds in the last three years and their shares, roughly. Say who decides what you "
        "research and publish, and what happens when a funder disagrees."
    ),
    "words": 300,
}
"""Asked of every organisation: most concerns of the steering committee turn on it."""
PERSONS, ORGANISATIONS = HolderKind.PERSON.value, HolderKind.ORGANISATION.value
LETTER = {"kind": DocumentKind.LETTER.value, "required": True, "holder": ORGANISATIONS}
STATUTE = {"kind": DocumentKind.STATUTE.value, "required": True, "holder": ORGANISATIONS}
REPORT = {"kind": DocumentKind.REPORT.value, "required": True, "holder": ORGANISATIONS}
CURRICULUM = {"kind": DocumentKind.CURRICULUM.value, "required": True, "holder": PERSONS}
PUBLICATION = {"kind": DocumentKind.PUBLICATION.value, "required": False}


def pages(*steps: Step) -> list[str]:
    """The pages of an application, in their order, as they are stored."""
    return [step.value for step in steps]
