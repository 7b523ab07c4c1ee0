"""The life of an application and what belongs to it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HolderKind(TextChoices):
    """Who may hold a membership of a tier."""

    PERSON = "person", _("A person")
    ORGANISATION = "organisation", _("An organisation")
    EITHER = "either", _("An organisation or a person")


class ApplicationState(TextChoices):
    """Where an application stands. What may follow what is in `members.rules.applications`."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    SCREENING = "screening", _("With the Secretariat")
    INFORMATION = "information", _("Waiting for your answer")
    RECOMMENDED = "recommended", _("Ready for the steering committee")
    BALLOT = "ballot", _("Before the steering committee")
    HELD = "held", _("Held by the steering committee")
    ADMITTED = "admitted", _("Admitted")
    REFUSED = "refused", _("Not admitted")
    DECLINED = "declined", _("Returned as incomplete")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ENDED = frozenset(
    {
        ApplicationState.ADMITTED,
        ApplicationState.REFUSED,
        ApplicationState.DECLINED,
        ApplicationState.WITHDRAWN,
    }
)


class Step(TextChoices):
    """The pages of an application. A tier's terms say which of them it asks, and in which order.

    HOLDER comes by itself, first, where the terms leave open who is to hold the membership.
    """

    HOLDER = "holder", _("Who applies")
    IDENTITY = "identity", _("Who you are")
    SAFETY = "safety", _("Safety")
    ORGANISATION = "organisation", _("The organisation")
    AFFILIATION = "affiliation", _("Where you work")
    EXPERTISE = "expertise", _("Expertise and regions")
    STATEMENT = "statement", _("Statements")
    COMMITMENTS = "commitments", _("Commitments")
    MENTOR = "mentor", _("Mentor")
    REFEREES = "referees", _("Referees")
    DOCUMENTS = "documents", _("Documents")
    CONFLICTS = "conflicts", _("Conflicts of interest")


class DocumentKind(TextChoices):
    """What a document of an application is."""

    CURRICULUM = "curriculum", _("Curriculum vitae")
    LETTER = "letter", _("Letter of the organisation")
    STATUTE = "statute", _("Statute or registration")
    REPORT = "report", _("Annual report or accounts")
    PUBLICATION = "publication", _("Publication")
    OTHER = "other", _("Other document")
    REFERENCE = "reference", _("Letter of a referee")


class Risk(TextChoices):
    """Whether it could harm the applicant if it became known that they applied."""

    NO = "no", _("No")
    PERHAPS = "perhaps", _("Yes, or I am not sure")


class Standing(TextChoices):
    """Whether an applicant belongs to an organisation now."""

    INDEPENDENT = "independent", _("No, I am independent or retired")
    AFFILIATED = "affiliated", _("Yes, I work for or belong to an organisation")


class Relation(TextChoices):
    """Whether an applicant declares a relation that could be a conflict of interest."""

    NONE = "none", _("None that I know of")
    SOME = "some", _("Yes, as follows")


class CheckKind(TextChoices):
    """What a check of the Secretariat's list is about."""

    COMPLETENESS = "completeness", _("Completeness")
    DUE_DILIGENCE = "due_diligence", _("Due diligence")


class CheckOutcome(TextChoices):
    """What the Secretariat found."""

    MET = "met", _("In order")
    UNCLEAR = "unclear", _("Unclear")
    NOT_MET = "not_met", _("Not in order")


CHECK_TONES = {CheckOutcome.MET: "good", CheckOutcome.UNCLEAR: "wait", CheckOutcome.NOT_MET: "bad"}
"""The tone in which what was found is shown."""


class Advice(TextChoices):
    """What the Secretariat recommends to the steering committee."""

    ADMIT = "admit", _("Admit")
    REFUSE = "refuse", _("Do not admit")
    NEITHER = "neither", _("No recommendation")


class LinkPurpose(TextChoices):
    """What an e-mail link opens."""

    APPLICATION = "application", _("Open an application")
    RETURN = "return", _("Come back to an account")
    INVITATION = "invitation", _("Accept an invitation to speak for an organisation")
