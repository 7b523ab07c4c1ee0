"""The verbs of the audit record: every act writes exactly one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """What happened. The value is stable; notices, timelines and exports look at it."""

    # accounts and entry
    ENTRY_ASKED = "entry.asked", _("Entry link asked for")
    ENTRY_USED = "entry.used", _("Entry link used")
    SIGNED_IN = "account.signed_in", _("Signed in")
    SIGN_IN_FAILED = "account.sign_in_failed", _("Sign-in failed")
    SIGNED_OUT = "account.signed_out", _("Signed out")
    FACTOR_CHANGED = "account.factor_changed", _("Sign-in details changed")
    SESSIONS_ENDED = "account.sessions_ended", _("Sessions ended")
    # people and organisations
    PROFILE_CHANGED = "person.changed", _("Profile changed")
    PERSON_CREATED = "person.created", _("Person entered")
    ORGANISATION_CREATED = "organisation.created", _("Organisation entered")
    ORGANISATION_CHANGED = "organisation.changed", _("Organisation changed")
    AFFILIATED = "affiliation.granted", _("Affiliation entered")
    AFFILIATION_ENDED = "affiliation.ended", _("Affiliation ended")
    REPRESENTATION_GRANTED = "representation.granted", _("Representation began")
    REPRESENTATION_ENDED = "representation.ended", _("Representation ended")
    REPRESENTATIVE_INVITED = "representation.invited", _("Representative invited")
    # tiers and reference
    TIER_REVISED = "tier.revised", _("New terms of a tier")
    REFERENCE_CHANGED = "reference.changed", _("Entry of a governed list changed")
    RULE_REVISED = "rule.revised", _("New version of a decision rule")
    # applications
    APPLICATION_STARTED = "application.started", _("Application started")
    APPLICATION_ENTERED = "application.entered", _("Application on paper entered")
    APPLICATION_SAVED = "application.saved", _("Application saved")
    DOCUMENT_ADDED = "application.document_added", _("Document added")
    DOCUMENT_REMOVED = "application.document_removed", _("Document removed")
    APPLICATION_SUBMITTED = "application.submitted", _("Application submitted")
    APPLICATION_REVISED = "application.revised", _("New version submitted")
    APPLICATION_WITHDRAWN = "application.withdrawn", _("Application withdrawn")
    SCREENING_STARTED = "application.screening_started", _("Screening began")
    CHECK_RECORDED = "application.checked", _("Check recorded")
    INFORMATION_ASKED = "application.information_asked", _("Information asked for")
    INFORMATION_GIVEN = "application.information_given", _("Information given")
    REFEREE_INVITED = "application.referee_invited", _("Referee invited")
    REFEREE_ANSWERED = "application.referee_answered", _("Referee's letter received")
    RECOMMENDED = "application.recommended", _("Recommendation made")
    LETTER_SENT = "application.letter_sent", _("Letter sent")
    APPLICATION_DECLINED = "application.declined", _("Application returned as incomplete")
    APPLICATION_LINKED = "application.linked", _("Application linked to an existing record")
    # ballots
    BALLOT_PREPARED = "ballot.prepared", _("Ballot prepared")
    BALLOT_OPENED = "ballot.opened", _("Ballot opened")
    BALLOT_WITHDRAWN = "ballot.withdrawn", _("Ballot withdrawn")
    CONFLICT_ANSWERED = "ballot.conflict_answered", _("Conflict question answered")
    RECUSED = "ballot.recused", _("Seat recused")
    POSITION_CAST = "ballot.cast", _("Position recorded")
    CONCERN_CLEARED = "ballot.concern_cleared", _("Hold cleared")
    COMMENTED = "ballot.commented", _("Comment added")
    DOSSIER_READ = "ballot.dossier_read", _("Dossier opened")
    BALLOT_CLOSED = "ballot.closed", _("Ballot closed")
    BALLOT_HELD = "ballot.held", _("Ballot closed with a hold")
    # outcomes
    ADMITTED = "membership.admitted", _("Membership granted")
    REFUSED = "membership.refused", _("Membership refused")
    FOUNDED = "membership.founded", _("Founding membership recorded")
    MEMBERSHIP_ENDED = "membership.ended", _("Membership ended")
    SEAT_FILLED = "seat.filled", _("Steering seat filled")
    SEAT_VACATED = "seat.vacated", _("Steering seat vacated")
    STAFF_APPOINTED = "staff.appointed", _("Secretariat staff appointed")
    STAFF_ENDED = "staff.ended", _("Secretariat staff ended")
    # access
    ACCESS_REFUSED = "access.refused", _("Access refused")
