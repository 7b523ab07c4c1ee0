"""What a person may say of themselves in fixed words. In each list, nothing said is an empty string."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExpertiseLevel(TextChoices):
    """How well somebody knows a field, from the least."""

    AWARE = "aware", pgettext_lazy("level of expertise", "Follows the field")
    PRACTISES = "practises", pgettext_lazy("level of expertise", "Works in the field")
    LEADS = "leads", pgettext_lazy("level of expertise", "Leads in the field")


class LanguageLevel(TextChoices):
    """How well somebody uses a language, from the least."""

    BASIC = "basic", pgettext_lazy("level of a language", "Basic")
    WORKING = "working", pgettext_lazy("level of a language", "Working")
    FLUENT = "fluent", pgettext_lazy("level of a language", "Fluent")
    NATIVE = "native", pgettext_lazy("level of a language", "Native")


class Availability(TextChoices):
    """Whether somebody takes referrals: inquiries that are offered to them."""

    OPEN = "open", _("Open to referrals")
    LIMITED = "limited", _("Limited")
    NOT_NOW = "not-now", _("Not now")


class ContactWay(TextChoices):
    """How somebody wishes to be contacted."""

    PORTAL = "portal", _("Through the portal")
    EMAIL = "email", _("By e-mail")
    SECRETARIAT = "secretariat", _("Through the Secretariat only")
