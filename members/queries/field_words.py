"""What the fields of a person are called on pages."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.models import Person

NOT_COLUMNS_OF_PERSON = {
    "positions": _("positions you name"),
    "publications": _("publications"),
    "contact": _("how you wish to be contacted"),
    "separations": _("whom not to connect you with"),
    "speaks_for": _("organisations you speak for"),
    "affiliations": _("organisations you work in"),
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
