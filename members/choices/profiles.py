"""What a person may say of themselves in fixed words. In each list, nothing said is an empty string."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExpertiseLevel(TextChoices):
    """How well somebody knows a field, from the least."""

    AWARE = "aware", _("Follows the field")
    PRACTISES = "practises", _("Works in the field")
    LEADS = "leads", _("Leads in the field")


class LanguageLevel(TextChoices):
    """How well somebody uses a language, from the least."""

    BASIC = "basic", _("Basic")
    WORKING = "working", _("Working")
    FLUENT = "fluent", _("Fluent")
    NATIVE = "native", _("Native")


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
