"""Collectives that can hold rights, the roles people have through them, and the dated roles behind both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    """What kind of collective a Body is. Upper apps add kinds of their own as further values here."""

    STEERING = "steering", _("Steering committee")
    STEERING_CHAIR = "steering_chair", _("Chair of the steering committee")
    SECRETARIAT = "secretariat", _("Secretariat")
    TIER = "tier", _("Tier of membership")
    REPRESENTATIVES = "representatives", _("Representatives of an organisation")
    WORKING_GROUP = "working_group", _("Working group")
    WORKING_GROUP_CHAIRS = "working_group_chairs", _("Chairs of a working group")
    GROUP_OBSERVERS = "group_observers", _("Observers of a working group")


SINGLE_BODIES = (BodyKind.STEERING, BodyKind.STEERING_CHAIR, BodyKind.SECRETARIAT)
OF_UPPER_APPS = (BodyKind.WORKING_GROUP, BodyKind.WORKING_GROUP_CHAIRS, BodyKind.GROUP_OBSERVERS)
"""Bodies of rows that upper apps keep, which point at their body."""


class Role(TextChoices):
    """What a person is to the platform at this moment. Rights are said of roles; a person may have several."""

    VISITOR = "visitor", _("Visitor")
    APPLICANT = "applicant", _("Applicant")
    MEMBER = "member", _("Member")
    REPRESENTATIVE = "representative", _("Representative")
    STEERING = "steering", _("Steering member")
    CHAIR = "chair", _("Chair of the steering committee")
    SECRETARIAT = "secretariat", _("Secretariat")
    GROUP_MEMBER = "group_member", _("In a working group")
    GROUP_CHAIR = "group_chair", _("Chair of a working group")
    GROUP_OBSERVER = "group_observer", _("Observer of a working group")


class RepresentationRole(TextChoices):
    """How a person speaks for a member organisation. One principal and one alternate at a time."""

    PRINCIPAL = "principal", _("Principal representative")
    ALTERNATE = "alternate", _("Alternate representative")
    DELEGATE = "delegate", _("Delegate")


class SeatRole(TextChoices):
    """How a person fills a steering seat. One principal and one alternate at a time."""

    PRINCIPAL = "principal", _("Principal")
    ALTERNATE = "alternate", _("Alternate")


class StaffRole(TextChoices):
    """What a person does in the Secretariat."""

    HEAD = "head", _("Head of the Secretariat")
    OFFICER = "officer", _("Secretariat officer")


class OrganisationKind(TextChoices):
    """What an organisation is. One table holds them all, members and counterparts alike."""

    RESEARCH = "research", _("Research institution")
    UNIVERSITY = "university", _("University")
    NGO = "ngo", _("Non-governmental organisation")
    NETWORK = "network", _("Network")
    MINISTRY = "ministry", _("Ministry or agency")
    PARLIAMENT = "parliament", _("Parliament")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    COMPANY = "company", _("Company")
    FOUNDATION = "foundation", _("Foundation")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")
