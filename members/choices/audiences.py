"""Who may see a field of a person. Audiences are sets, not a ladder."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """One set of readers."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    STEERING = "steering", _("The steering committee")
    SECRETARIAT = "secretariat", _("The Secretariat")
    ONESELF = "oneself", _("Only you")


class LegalBasis(TextChoices):
    """Why the platform may keep a field."""

    CONTRACT = "contract", _("Needed to carry out the membership")
    CONSENT = "consent", _("Given by the member, who may take it back")
    INTEREST = "interest", _("Needed for the platform's work, weighed against the member's interests")
