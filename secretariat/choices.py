"""The words of notices: where one stands, what it says, to whom, and what follows when nobody knows whether it left."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeState(TextChoices):
    """Where the mail of a notice stands. What may follow what is in `secretariat.rules.delivery`."""

    NEW = "new", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Sent or not: nobody knows")
    DEAD = "dead", _("Cannot be sent")
    HELD = "held", _("Held back")
    INBOX = "inbox", _("In the inbox only")


class Doubt(TextChoices):
    """What follows when a worker or a mail server was lost while a mail was on its way."""

    REPEAT = "repeat", _("It is sent again, marked as perhaps not the first")
    LEAVE = "leave", _("It is left as uncertain; the reader has it in the inbox")


class Audience(TextChoices):
    """Who is told, and why: the label is the sentence at the foot of the message."""

    ADDRESS = (
        "address",
        _("You get this because somebody gave this address on the platform. If it was not meant for you, ignore it."),
    )
    REFEREE = "referee", _("You get this because an applicant named you as a referee.")
    INVITED = "invited", _("You get this because a member organisation invited you.")
    APPLICANT = "applicant", _("You get this because you applied for membership.")
    HOLDER = (
        "holder",
        _("You get this because this membership is yours, or that of an organisation you speak for."),
    )
    PERSON = "person", _("You get this because it concerns you.")
    REPRESENTATIVES = "representatives", _("You get this because you speak for the organisation.")
    SECRETARIAT = "secretariat", _("You get this because you serve in the Secretariat.")
    BALLOT_OFFICE = "ballot_office", _("You get this because you serve in the Secretariat.")
    OFFICER = "officer", _("You get this because the Secretariat deals with this application.")
    SEATS = "seats", _("You get this because you sit on the steering committee.")
    COMMITTEE = "committee", _("You get this because you sit on the steering committee or serve in the Secretariat.")
    SEAT = "seat", _("You get this because you fill this seat on the steering committee.")
    PROTECTED = "protected", _("You get this because of your account on the platform.")
    CONCERNED = "concerned", _("You get this because it concerns you.")
    CORRESPONDENT = "correspondent", _("You get this because somebody wrote to you on the platform.")
    CUSTODIANS = "custodians", _("You get this because you serve as custodian.")
    ASKER = "asker", _("You get this because you asked for it.")
    GROUP_CHAIRS = "group_chairs", _("You get this because you chair this working group.")
    GROUP_PEOPLE = "group_people", _("You get this because you are in this working group.")
    IN_GROUP = "in_group", _("You get this because you are in this working group.")
    ACTION_OWNER = "action_owner", _("You get this because it concerns you.")
    DOCUMENT_READERS = "document_readers", _("You get this because you are in this working group.")
    AUTHORS = "authors", _("You get this because you are an author of this output.")
    CHARTER_READERS = (
        "charter_readers",
        _("You get this because you are in this working group or sit on the steering committee."),
    )
    LOGIN = "login", _("You get this because of your account on the platform.")
    ACCOUNT = "account", _("You get this because of your account on the platform.")


class Kind(TextChoices):
    """What a notice says: the name of its template in `templates/emails/secretariat/`, and what staff see in lists."""

    ENTRY_LINK = "entry_link", _("Link to open an application")
    APPLICATION_RECEIVED = "application_received", _("Application received")
    APPLICATION_NEW = "application_new", _("New application in the queue")
    INFORMATION_ASKED = "information_asked", _("Information asked for")
    INFORMATION_GIVEN = "information_given", _("Information given")
    REFEREE_INVITED = "referee_invited", _("Letter of reference asked for")
    REFEREE_ANSWERED = "referee_answered", _("Referee has answered")
    APPLICATION_RECOMMENDED = "application_recommended", _("Recommendation made")
    APPLICATION_REVISED = "application_revised", _("New version of an application")
    APPLICATION_HANDED = "application_handed", _("Application given to an officer")
    APPLICATION_DECLINED = "application_declined", _("Application returned")
    APPLICATION_WITHDRAWN = "application_withdrawn", _("Application withdrawn")
    WITHDRAWAL_RECEIVED = "withdrawal_received", _("Withdrawal received")
    LETTER = "letter", _("Letter of the Secretariat")
    BALLOT_OPENED = "ballot_opened", _("Ballot opened")
    BALLOT_CLOSED = "ballot_closed", _("Ballot closed")
    BALLOT_HELD = "ballot_held", _("Ballot held")
    BALLOT_WITHDRAWN = "ballot_withdrawn", _("Ballot withdrawn")
    DECISION_POSTPONED = "decision_postponed", _("Decision postponed")
    SEAT_RECUSED = "seat_recused", _("Your seat stands aside")
    RECUSAL = "recusal", _("A seat stands aside")
    CONCERN_CLEARED = "concern_cleared", _("Hold cleared")
    ADMITTED = "admitted", _("Membership granted")
    REFUSED = "refused", _("Membership not granted")
    REPRESENTATION_GRANTED = "representation_granted", _("Representation began")
    REPRESENTATION_ENDED = "representation_ended", _("Representation ended")
    REPRESENTATIVE_ASKED = "representative_asked", _("Somebody asks for the way in")
    REPRESENTATIVE_INVITED = "representative_invited", _("Invitation to represent")
    LOGIN_CLOSED = "login_closed", _("Account put out of use")
    FACTOR_ASKED = "factor_asked", _("Lost second factor: asked")
    FACTOR_CHECKED = "factor_checked", _("Lost second factor: first officer")
    FACTOR_WAITING = "factor_waiting", _("Lost second factor: waiting time")
    FACTOR_STOPPED = "factor_stopped", _("Lost second factor: stopped")
    FACTOR_LAPSED = "factor_lapsed", _("Lost second factor: lapsed")
    FACTOR_RESTORED = "factor_restored", _("Lost second factor: removed")
    FACTOR_DESK = "factor_desk", _("Lost second factor: waits for an officer")
    FACTOR_HALTED = "factor_halted", _("Lost second factor: a request was stopped")
    PROTECTION_RAISED = "protection_raised", _("Protection raised")
    PROTECTION_LOWERING = "protection_lowering", _("Protection is being lowered")
    PROTECTION_LOWERED = "protection_lowered", _("Protection lowered")
    MESSAGE = "message", _("Message through the portal")
    UNSEALING_DESK = "unsealing_desk", _("Sealed identity: waits for custodians")
    UNSEALING_ASKED = "unsealing_asked", _("Sealed identity: somebody asked")
    UNSEALING_AGREED = "unsealing_agreed", _("Sealed identity: may be looked at")
    UNSEALING_DECLINED = "unsealing_declined", _("Sealed identity: declined")
    UNSEALING_SEEN = "unsealing_seen", _("Sealed identity: was looked at")
    DOWNLOAD_READY = "download_ready", _("Own data: download ready")
    CORRECTION_DESK = "correction_desk", _("Own data: correction asked for")
    CORRECTION_ANSWERED = "correction_answered", _("Own data: correction answered")
    ERASURE_ASKED = "erasure_asked", _("Own data: erasure asked for")
    ERASURE_TAKEN_BACK = "erasure_taken_back", _("Own data: erasure taken back")
    ERASURE_DESK = "erasure_desk", _("Own data: somebody is to be erased")
    GROUP_ASKED = "group_asked", _("Working group: somebody asks to join")
    GROUP_ANSWERED = "group_answered", _("Working group: an invitation was answered")
    GROUP_INVITED = "group_invited", _("Working group: invitation")
    GROUP_SEATED = "group_seated", _("Working group: seat or role given")
    GROUP_DECLINED = "group_declined", _("Working group: request declined")
    GROUP_SEAT_ENDED = "group_seat_ended", _("Working group: seat ended")
    GROUP_STEPPED = "group_stepped", _("Working group: another state")
    GROUP_MILESTONE = "group_milestone", _("Working group: a milestone is proposed")
    GROUP_REPORTED = "group_reported", _("Working group: report filed")
    MEETING_PLANNED = "meeting_planned", _("Working group: meeting planned")
    MEETING_CHANGED = "meeting_changed", _("Working group: meeting changed")
    MEETING_CANCELLED = "meeting_cancelled", _("Working group: meeting cancelled")
    MINUTES_CIRCULATED = "minutes_circulated", _("Working group: minutes circulated")
    ACTION_GIVEN = "action_given", _("Working group: action item given")
    DOCUMENT_OPENED = "document_opened", _("Working group: document out for comment")
    COMMENT_ANSWERED = "comment_answered", _("Working group: your comment was answered")
    BYLINE_ASKED = "byline_asked", _("Output: may your name stand on it")
    OUTPUT_PROPOSED = "output_proposed", _("Output: proposed")
    OUTPUT_PUBLISHED = "output_published", _("Output: published")
    CHARTER_HANDED_IN = "charter_handed_in", _("Charter: waits for its ballot")
    CHARTER_RELEASED = "charter_released", _("Charter: open for comment")
    CHARTER_ANSWERED = "charter_answered", _("Charter: a comment was answered")
    CHARTER_ADOPTED = "charter_adopted", _("Charter: adopted")
    CHARTER_NOT_ADOPTED = "charter_not_adopted", _("Charter: not adopted")
    RETENTION_REFUSED = "retention_refused", _("Too much is old to be deleted unasked")
    ACCOUNT = "account", _("About an account")
