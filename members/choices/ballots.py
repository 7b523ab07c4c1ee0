"""The words of a ballot: its states, what a seat may say, how its rule counts, and what its log records."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(TextChoices):
    """How the question is put, and so which function counts."""

    MOTION = "motion", _("Motion")


class BallotState(TextChoices):
    """Where a ballot stands. What may follow what is in `members.rules.ballots`."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open")
    DEFERRED = "deferred", _("Deferred")
    DECIDED = "decided", _("Decided")
    FINAL = "final", _("Final")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VOID = "void", _("Void")


class Position(TextChoices):
    """What a seat says. A seat that says nothing has no position and is silent."""

    YES = "yes", pgettext_lazy("position", "Yes")
    NO = "no", pgettext_lazy("position", "No")
    ABSTAIN = "abstain", pgettext_lazy("position", "Abstain")
    HOLD = "hold", pgettext_lazy("position", "Hold")


class Verdict(TextChoices):
    """What the count says. Only APPROVED lets the subject change."""

    NO_QUORUM = "no_quorum", _("No quorum")
    HELD = "held", _("Held")
    APPROVED = "approved", _("Approved")
    TIED = "tied", _("Tied")
    NOT_APPROVED = "not_approved", _("Not approved")


VERDICT_TONES = {
    Verdict.NO_QUORUM: "wait",
    Verdict.HELD: "wait",
    Verdict.APPROVED: "good",
    Verdict.TIED: "wait",
    Verdict.NOT_APPROVED: "bad",
}
"""The tone in which an outcome is shown."""


class QuorumMode(TextChoices):
    """How the quorum bites: seats must take part, or the base of the threshold is never smaller than it."""

    PARTICIPATION = "participation", _("Enough seats take part")
    APPROVAL = "approval", _("The threshold is taken of at least the quorum")


class QuorumBase(TextChoices):
    """What the fraction of the quorum is taken of."""

    ROSTER = "roster", _("All seats on the roll")
    ELIGIBLE = "eligible", _("Seats that are not recused")


class ThresholdBase(TextChoices):
    """What the fraction of the threshold is taken of."""

    DECISIVE = "decisive", _("Yes, No and Hold")
    CAST = "cast", _("All positions taken")
    ELIGIBLE = "eligible", _("Seats that are not recused")
    ROSTER = "roster", _("All seats on the roll")


class TiePolicy(TextChoices):
    """What follows an even split."""

    FAILS = "fails", _("It is not approved")
    CHAIR = "chair", _("The chair decides")
    RUNOFF = "runoff", _("A run-off follows")
    LOT = "lot", _("A lot is drawn")


class EarlyClose(TextChoices):
    """Whether a ballot may close before its time."""

    NEVER = "never", _("Only by the clock")
    WHEN_DECIDED = "when_decided", _("When nothing can change the result")
    WHEN_ALL_IN = "when_all_in", _("When all eligible seats are in")


class Visibility(TextChoices):
    """When a seat sees the positions of the others."""

    LIVE = "live", _("At once")
    AFTER_OWN = "after_own", _("After taking one's own")
    SEALED = "sealed", _("After the close")


class ClosingReason(TextChoices):
    """Why a ballot closed when it did."""

    CLOCK = "clock", _("Its time was over")
    ALL_IN = "all_in", _("All eligible seats were in")
    DECIDED = "decided", _("Nothing could change the result")


class ConflictAnswer(TextChoices):
    """What a person answers before the confidential part of a dossier opens."""

    NONE = "none", _("No conflict")
    CONFLICTED = "conflicted", _("Conflicted")
    UNSURE = "unsure", _("Unsure")


class RecusalSource(TextChoices):
    """Who found that a seat must stand aside."""

    DECLARED = "declared", _("Declared by the seat")
    RULE = "rule", _("Found by rule")
    CHAIR = "chair", _("Imposed by the chair")


class ConflictGround(TextChoices):
    """Why a seat or a person stands aside."""

    DECLARED = "declared", _("Declared by the seat itself")
    APPLICANT = "applicant", _("The application is their own")
    REFEREE = "referee", _("A referee of the application")
    INSTITUTION = "institution", _("The same institution applies")
    PARENT = "parent", _("The institutions belong together")
    RELATIONSHIP = "relationship", _("A relationship was declared in the application")


class EventType(TextChoices):
    """What a ballot's log records. The payload of each is described in `members.rules.replay`."""

    PREPARED = "prepared", _("Prepared")
    OPENED = "opened", _("Opened")
    CONFLICT_ANSWERED = "conflict_answered", _("Conflict question answered")
    CAST = "cast", _("Position taken")
    CHANGED = "changed", _("Position changed")
    CONCERN_RAISED = "concern_raised", _("Hold placed")
    CONCERN_CLEARED = "concern_cleared", _("Hold cleared")
    RECUSED = "recused", _("Seat recused")
    EXTENDED = "extended", _("Closing time extended")
    DEFERRED = "deferred", _("Deferred")
    RESUMED = "resumed", _("Resumed")
    CLOSED = "closed", _("Closed")
    DECIDED = "decided", _("Decided")
    FINALISED = "finalised", _("Made final")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VOIDED = "voided", _("Declared void")


class FaultCode(TextChoices):
    """What can be wrong with a log or an export."""

    FORMAT = "format", _("the export is not in the known format")
    SEQUENCE = "sequence", _("the sequence has a gap or a repetition")
    BALLOT = "ballot", _("the event belongs to another ballot")
    PREVIOUS = "previous", _("the event does not follow the one before")
    HASH = "hash", _("the event is not what was hashed")
    NONCE = "nonce", _("the event was recorded twice")
    TIME = "time", _("the event is earlier than the one before")
    ORDER = "order", _("the event cannot follow what came before")
    SEAT = "seat", _("the seat is not on the roll or stands aside")
    LATE = "late", _("the ballot was not open at that time")
    POSITION = "position", _("the position does not follow from the one before, or the rule does not allow it")
    CLOSING = "closing", _("the closing time or its reason is not the one that was due")
    FROZEN = "frozen", _("a part that was frozen has changed")
    COUNT = "count", _("the count differs from the one recorded")
    WORDS = "words", _("the reason is not the one that was recorded")
    PROJECTION = "projection", _("what is kept beside the log differs from it")
