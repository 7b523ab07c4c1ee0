"""The field table of people, as readers are shown it."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience
from members.permissions.fields import FIELDS
from members.queries.field_words import name_of

COLUMNS = [
    {"label": _("Part")},
    {"label": _("Seen by")},
    {"label": _("You may show it to fewer")},
    {"label": _("Why it may be kept")},
    {"label": _("How long")},
]


def readers_of(audiences: frozenset[Audience]) -> str:
    """The audiences in one line, from the widest; what everyone may see is always one's own too."""
    named = [str(audience.label) for audience in Audience if audience in audiences and audience != Audience.ONESELF]
    return ", ".join([*named, str(_("Yourself"))])


def field_rows():
    """One row for each field: what it is, who sees it, whether they may be fewer, why it may be kept, and how long."""
    return [
        [
            name_of(name),
            readers_of(field.audiences),
            _("Yes") if field.may_narrow else _("No"),
            field.basis.label,
            capfirst(field.kept),
        ]
        for name, field in FIELDS.items()
    ]
