"""The field table of people, as readers are shown it."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience
from members.models import Person
from members.permissions.fields import FIELDS

COLUMNS = [{"label": _("Part")}, {"label": _("Seen by")}, {"label": _("Why it may be kept")}, {"label": _("How long")}]

NOT_COLUMNS_OF_PERSON = {
    "affiliations": _("affiliations"),
    "memberships": _("memberships"),
    "email": _("e-mail address"),
}


def name_of(field_name: str) -> str:
    """What a field is called on pages."""
    if field_name in NOT_COLUMNS_OF_PERSON:
        return capfirst(NOT_COLUMNS_OF_PERSON[field_name])
    try:
        return capfirst(Person._meta.get_field(field_name).verbose_name)
    except FieldDoesNotExist:
        return capfirst(field_name.replace("_", " "))


def readers_of(audiences: frozenset[Audience]) -> str:
    """The audiences in one line, from the widest; what everyone may see is always one's own too."""
    named = [str(audience.label) for audience in Audience if audience in audiences and audience != Audience.ONESELF]
    return ", ".join([*named, str(_("Yourself"))])


def field_rows():
    """One row for each field: what it is, who sees it, why it may be kept, and how long."""
    return [
        [name_of(name), readers_of(field.audiences), field.basis.label, capfirst(field.kept)]
        for name, field in FIELDS.items()
    ]
