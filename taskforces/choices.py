"""The words of working groups: states, seats, ways in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GroupState(TextChoices):
    """Where a working group stands in its life. What may follow what is in `taskforces.rules.groups`."""

    PROPOSED = "proposed", _("Proposed")
    IN_CHARTER = "in_charter", _("In charter")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    CONCLUDED = "concluded", _("Concluded")


SHOWN_OUTSIDE = (GroupState.ACTIVE, GroupState.DORMANT, GroupState.CONCLUDED)
"""States of which the public may know: what has not come about yet is the platform's own affair."""


class SeatKind(TextChoices):
    """What a person is in a working group."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    LIAISON = "liaison", _("Liaison of the Secretariat")


CHAIRING = (SeatKind.CHAIR, SeatKind.VICE_CHAIR)
"""Who runs the group."""
ONE_AT_A_TIME = (SeatKind.CHAIR, SeatKind.VICE_CHAIR, SeatKind.RAPPORTEUR)
"""Offices: one holder at a time, known to everybody who may read the roster, and so to nobody who is protected."""
OFFERED = (SeatKind.RAPPORTEUR, SeatKind.MEMBER, SeatKind.OBSERVER)
"""What chairs may offer; who chairs, and who keeps contact for the Secretariat, is the Secretariat's to say."""


class Feature(TextChoices):
    """What the groups of a kind have besides their people; a page exists for a group only if its kind says so."""

    CHARTER = "charter", _("Charter")
    MILESTONES = "milestones", _("Milestones")
    MEETINGS = "meetings", _("Meetings")
    DOCUMENTS = "documents", _("Documents")
    REPORTS = "reports", _("Reports")


class WayIn(TextChoices):
    """How one comes into a group of a kind."""

    ELIGIBLE = "eligible", _("Whoever is eligible joins at once")
    APPROVAL = "approval", _("Whoever is eligible asks, and the chairs answer")
    INVITATION = "invitation", _("By invitation only")


class MilestoneState(TextChoices):
    """Where a milestone stands. Whoever contributes proposes; who runs the group takes it on."""

    PROPOSED = "proposed", _("Proposed")
    CURRENT = "current", _("Current")
    REACHED = "reached", _("Reached")
    DROPPED = "dropped", _("Dropped")


class RequestState(TextChoices):
    """Where a request to join stands."""

    OPEN = "open", _("Waits for an answer")
    WITHDRAWN = "withdrawn", _("Taken back")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class InvitationState(TextChoices):
    """Where an invitation into a group stands."""

    OPEN = "open", _("Waits for an answer")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class MeetingState(TextChoices):
    """Where a meeting stands. It is held once its attendance or its minutes are written."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class MinutesState(TextChoices):
    """Where minutes stand: written by who runs the meeting, read by the group, approved and frozen."""

    DRAFT = "draft", _("Draft")
    CIRCULATED = "circulated", _("Circulated")
    APPROVED = "approved", _("Approved")


class MinutesAudience(TextChoices):
    """Who reads approved minutes."""

    GROUP = "group", _("The group alone")
    MEMBERS = "members", _("All members of the platform, while the group is active")


class Reply(TextChoices):
    """What somebody answers who is invited to a meeting."""

    YES = "yes", _("Yes")
    MAYBE = "maybe", _("Perhaps")
    NO = "no", _("No")


# --- The library, and what is published out of it ------------------------------------------------------------------


class DocumentKind(TextChoices):
    """In which form a document is kept."""

    PAGE = "page", _("Page")
    FILE = "file", _("File")


class DocumentAudience(TextChoices):
    """Who reads a document once it is no draft; `taskforces.permissions.documents` says what each means."""

    CHAIRS = "chairs", _("Who runs the group")
    GROUP = "group", _("The people of the group")
    MEMBERS = "members", _("All members")
    PUBLIC = "public", _("Everybody")


class DocumentStatus(TextChoices):
    """Where a document stands. What may follow what is in `taskforces.rules.documents`."""

    DRAFT = "draft", _("Draft")
    FOR_COMMENT = "for_comment", _("For comment")
    FINAL = "final", _("Final")
    RETIRED = "retired", _("Retired")


READ = (DocumentStatus.FOR_COMMENT, DocumentStatus.FINAL)
"""Documents that their audience reads."""


class OutputKind(TextChoices):
    """What a published output is."""

    POLICY_BRIEF = "policy_brief", _("Policy brief")
    PAPER = "paper", _("Paper")
    STATEMENT = "statement", _("Statement")


class OutputState(TextChoices):
    """Where an output stands. A withdrawn one keeps its page, which says so."""

    PROPOSED = "proposed", _("Proposed")
    DECLINED = "declined", _("Not published")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Licence(TextChoices):
    """Under what terms others may use an output. Names of licences are the same in every language."""

    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_NC = "cc-by-nc-4.0", "CC BY-NC 4.0"
    CC_BY_ND = "cc-by-nd-4.0", "CC BY-ND 4.0"
    RESERVED = "reserved", _("All rights reserved")


class BylineState(TextChoices):
    """Whether an author's name may stand on an output."""

    ASKED = "asked", _("Has not answered")
    GIVEN = "given", _("Agrees to be named")
    DECLINED = "declined", _("Does not wish to be named")


class CharterState(TextChoices):
    """Where a charter stands, from its first draft on. What may follow what is in `taskforces.rules.charters`."""

    DRAFT = "draft", _("Draft")
    RELEASE = "release", _("Put to release")
    COMMENT = "comment", _("Open for comment")
    ADOPTION = "adoption", _("Put to adoption")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")
    NOT_ADOPTED = "not_adopted", _("Not adopted")
    ABANDONED = "abandoned", _("Abandoned")


IN_PREPARATION = (CharterState.DRAFT, CharterState.RELEASE, CharterState.COMMENT, CharterState.ADOPTION)
"""States of a charter that is on its way; a group has at most one such."""
WRITABLE_CHARTER = (CharterState.DRAFT, CharterState.COMMENT)
"""States in which the text is written at: never while it is before the committee, and never after."""
BEFORE_COMMITTEE = (CharterState.RELEASE, CharterState.ADOPTION)
"""States in which a frozen version waits for a ballot, or is in one."""


class Disposition(TextChoices):
    """What became of a comment on a charter or a document."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("Accepted in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    NOTED = "noted", _("Noted")
