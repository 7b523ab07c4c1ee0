"""Who is told of what: the one table from verbs to notices.

`TABLE` says which notices an act writes, `MANNERS` who gets each and how. A reader gets one notice of an act, the first
of its row that is meant for them. What is not named here is not told.
"""

from dataclasses import dataclass

from members.choices.verbs import Verb
from secretariat.choices import Audience, Doubt, Kind


@dataclass(frozen=True)
class Manner:
    """Who gets a notice, whether it stands in the inbox and goes by mail, and what follows a doubt."""

    audience: Audience
    in_inbox: bool = True
    by_mail: bool = True
    doubt: Doubt = Doubt.REPEAT

    @property
    def spares_the_actor(self) -> bool:
        """Colleagues are not told of what they did themselves; whoever it concerns gets it as a receipt."""
        return self.audience in COLLEAGUES


COLLEAGUES = frozenset(
    {
        Audience.SECRETARIAT,
        Audience.BALLOT_OFFICE,
        Audience.OFFICER,
        Audience.SEATS,
        Audience.COMMITTEE,
        Audience.CUSTODIANS,
        Audience.GROUP_CHAIRS,
        Audience.GROUP_PEOPLE,
        Audience.CHARTER_PEOPLE,
        Audience.CHARTER_READERS,
    }
)

TABLE: dict[Verb, tuple[Kind, ...]] = {
    Verb.ENTRY_ASKED: (Kind.ENTRY_LINK,),
    Verb.APPLICATION_SUBMITTED: (Kind.APPLICATION_RECEIVED, Kind.APPLICATION_NEW),
    Verb.HANDED_OVER: (Kind.APPLICATION_HANDED,),
    Verb.INFORMATION_ASKED: (Kind.INFORMATION_ASKED,),
    Verb.INFORMATION_GIVEN: (Kind.INFORMATION_GIVEN,),
    Verb.REFEREE_INVITED: (Kind.REFEREE_INVITED,),
    Verb.REFEREE_ANSWERED: (Kind.REFEREE_ANSWERED,),
    Verb.REPRESENTATIVE_ASKED: (Kind.REPRESENTATIVE_ASKED,),
    Verb.RECOMMENDED: (Kind.APPLICATION_RECOMMENDED,),
    Verb.APPLICATION_REVISED: (Kind.APPLICATION_REVISED,),
    Verb.APPLICATION_DECLINED: (Kind.APPLICATION_DECLINED,),
    Verb.APPLICATION_WITHDRAWN: (Kind.WITHDRAWAL_RECEIVED, Kind.APPLICATION_WITHDRAWN),
    Verb.LETTER_SENT: (Kind.LETTER,),
    Verb.BALLOT_OPENED: (Kind.BALLOT_OPENED,),
    Verb.BALLOT_CLOSED: (Kind.BALLOT_CLOSED,),
    Verb.BALLOT_HELD: (Kind.BALLOT_HELD, Kind.DECISION_POSTPONED),
    Verb.BALLOT_WITHDRAWN: (Kind.BALLOT_WITHDRAWN,),
    Verb.RECUSED: (Kind.SEAT_RECUSED, Kind.RECUSAL),
    Verb.CONCERN_CLEARED: (Kind.CONCERN_CLEARED,),
    Verb.ADMITTED: (Kind.ADMITTED,),
    Verb.REFUSED: (Kind.REFUSED,),
    Verb.REPRESENTATION_GRANTED: (Kind.REPRESENTATION_GRANTED,),
    Verb.REPRESENTATION_ENDED: (Kind.REPRESENTATION_ENDED,),
    Verb.REPRESENTATIVE_INVITED: (Kind.REPRESENTATIVE_INVITED,),
    Verb.LOGIN_CLOSED: (Kind.LOGIN_CLOSED,),
    Verb.PROTECTION_RAISED: (Kind.PROTECTION_RAISED,),
    Verb.LOWERING_ASKED: (Kind.PROTECTION_LOWERING,),
    Verb.PROTECTION_LOWERED: (Kind.PROTECTION_LOWERED,),
    Verb.MESSAGE_SENT: (Kind.MESSAGE,),
    Verb.UNSEALING_ASKED: (Kind.UNSEALING_ASKED, Kind.UNSEALING_DESK),
    Verb.UNSEALING_APPROVED: (Kind.UNSEALING_AGREED,),
    Verb.UNSEALING_DECLINED: (Kind.UNSEALING_DECLINED,),
    Verb.UNSEALING_LOOKED: (Kind.UNSEALING_SEEN,),
    Verb.FACTOR_ASKED: (Kind.FACTOR_ASKED, Kind.FACTOR_DESK),
    Verb.FACTOR_CHECKED: (Kind.FACTOR_CHECKED, Kind.FACTOR_DESK),
    Verb.FACTOR_CONFIRMED: (Kind.FACTOR_WAITING,),
    Verb.FACTOR_STOPPED: (Kind.FACTOR_STOPPED, Kind.FACTOR_HALTED),
    Verb.FACTOR_LAPSED: (Kind.FACTOR_LAPSED,),
    Verb.FACTOR_RESTORED: (Kind.FACTOR_RESTORED,),
    Verb.DOWNLOAD_READY: (Kind.DOWNLOAD_READY,),
    Verb.CORRECTION_ASKED: (Kind.CORRECTION_DESK,),
    Verb.CORRECTION_ANSWERED: (Kind.CORRECTION_ANSWERED,),
    Verb.ERASURE_ASKED: (Kind.ERASURE_ASKED, Kind.ERASURE_DESK),
    Verb.ERASURE_TAKEN_BACK: (Kind.ERASURE_TAKEN_BACK,),
    Verb.GROUP_ASKED: (Kind.GROUP_ASKED,),
    Verb.GROUP_ADMITTED: (Kind.GROUP_SEATED,),
    Verb.GROUP_DECLINED: (Kind.GROUP_DECLINED,),
    Verb.GROUP_INVITED: (Kind.GROUP_INVITED,),
    Verb.GROUP_INVITATION_ACCEPTED: (Kind.GROUP_ANSWERED,),
    Verb.GROUP_INVITATION_DECLINED: (Kind.GROUP_ANSWERED,),
    Verb.GROUP_SEAT_GRANTED: (Kind.GROUP_SEATED,),
    Verb.GROUP_SEAT_ENDED: (Kind.GROUP_SEAT_ENDED,),
    Verb.GROUP_STEPPED: (Kind.GROUP_STEPPED,),
    Verb.CHARTER_HANDED_IN: (Kind.CHARTER_HANDED_IN,),
    Verb.CHARTER_RELEASED: (Kind.CHARTER_RELEASED,),
    Verb.CHARTER_ANSWERED: (Kind.CHARTER_ANSWERED,),
    Verb.CHARTER_ADOPTED: (Kind.CHARTER_ADOPTED,),
    Verb.CHARTER_NOT_ADOPTED: (Kind.CHARTER_NOT_ADOPTED,),
    Verb.RETENTION_REFUSED: (Kind.RETENTION_REFUSED,),
}

MANNERS: dict[Kind, Manner] = {
    Kind.ENTRY_LINK: Manner(Audience.ADDRESS, in_inbox=False),
    Kind.APPLICATION_RECEIVED: Manner(Audience.APPLICANT),
    Kind.APPLICATION_NEW: Manner(Audience.SECRETARIAT, doubt=Doubt.LEAVE),
    Kind.APPLICATION_HANDED: Manner(Audience.OFFICER, doubt=Doubt.LEAVE),
    Kind.INFORMATION_ASKED: Manner(Audience.APPLICANT),
    Kind.INFORMATION_GIVEN: Manner(Audience.OFFICER, doubt=Doubt.LEAVE),
    Kind.REFEREE_INVITED: Manner(Audience.REFEREE, in_inbox=False),
    Kind.REFEREE_ANSWERED: Manner(Audience.OFFICER, doubt=Doubt.LEAVE),
    Kind.REPRESENTATIVE_ASKED: Manner(Audience.REPRESENTATIVES),
    Kind.APPLICATION_RECOMMENDED: Manner(Audience.SECRETARIAT, by_mail=False),
    Kind.APPLICATION_REVISED: Manner(Audience.OFFICER, doubt=Doubt.LEAVE),
    Kind.APPLICATION_DECLINED: Manner(Audience.APPLICANT),
    Kind.APPLICATION_WITHDRAWN: Manner(Audience.OFFICER, doubt=Doubt.LEAVE),
    Kind.WITHDRAWAL_RECEIVED: Manner(Audience.APPLICANT),
    Kind.LETTER: Manner(Audience.APPLICANT),
    Kind.BALLOT_OPENED: Manner(Audience.SEATS),
    Kind.BALLOT_CLOSED: Manner(Audience.COMMITTEE),
    Kind.BALLOT_HELD: Manner(Audience.COMMITTEE),
    Kind.BALLOT_WITHDRAWN: Manner(Audience.SEATS),
    Kind.DECISION_POSTPONED: Manner(Audience.APPLICANT),
    Kind.SEAT_RECUSED: Manner(Audience.SEAT),
    Kind.RECUSAL: Manner(Audience.SECRETARIAT, by_mail=False),
    Kind.CONCERN_CLEARED: Manner(Audience.BALLOT_OFFICE, doubt=Doubt.LEAVE),
    Kind.ADMITTED: Manner(Audience.HOLDER),
    Kind.REFUSED: Manner(Audience.APPLICANT),
    Kind.REPRESENTATION_GRANTED: Manner(Audience.PERSON),
    Kind.REPRESENTATION_ENDED: Manner(Audience.PERSON),
    Kind.REPRESENTATIVE_INVITED: Manner(Audience.INVITED, in_inbox=False),
    Kind.LOGIN_CLOSED: Manner(Audience.ACCOUNT, in_inbox=False),
    Kind.FACTOR_ASKED: Manner(Audience.LOGIN),
    Kind.FACTOR_CHECKED: Manner(Audience.LOGIN),
    Kind.FACTOR_WAITING: Manner(Audience.LOGIN),
    Kind.FACTOR_STOPPED: Manner(Audience.LOGIN),
    Kind.FACTOR_LAPSED: Manner(Audience.LOGIN),
    Kind.FACTOR_RESTORED: Manner(Audience.LOGIN),
    Kind.FACTOR_DESK: Manner(Audience.SECRETARIAT, doubt=Doubt.LEAVE),
    Kind.FACTOR_HALTED: Manner(Audience.SECRETARIAT, by_mail=False),
    Kind.PROTECTION_RAISED: Manner(Audience.PROTECTED, by_mail=False),
    Kind.PROTECTION_LOWERING: Manner(Audience.PROTECTED),
    Kind.PROTECTION_LOWERED: Manner(Audience.ACCOUNT),
    Kind.MESSAGE: Manner(Audience.CORRESPONDENT),
    Kind.UNSEALING_DESK: Manner(Audience.CUSTODIANS),
    Kind.UNSEALING_ASKED: Manner(Audience.CONCERNED),
    Kind.UNSEALING_AGREED: Manner(Audience.ASKER),
    Kind.UNSEALING_DECLINED: Manner(Audience.ASKER),
    Kind.UNSEALING_SEEN: Manner(Audience.CONCERNED),
    Kind.DOWNLOAD_READY: Manner(Audience.LOGIN),
    Kind.CORRECTION_DESK: Manner(Audience.SECRETARIAT, doubt=Doubt.LEAVE),
    Kind.CORRECTION_ANSWERED: Manner(Audience.LOGIN),
    Kind.ERASURE_ASKED: Manner(Audience.LOGIN),
    Kind.ERASURE_TAKEN_BACK: Manner(Audience.LOGIN),
    Kind.ERASURE_DESK: Manner(Audience.SECRETARIAT, doubt=Doubt.LEAVE),
    Kind.GROUP_ASKED: Manner(Audience.GROUP_CHAIRS, doubt=Doubt.LEAVE),
    Kind.GROUP_ANSWERED: Manner(Audience.GROUP_CHAIRS, by_mail=False),
    Kind.GROUP_INVITED: Manner(Audience.PERSON),
    Kind.GROUP_SEATED: Manner(Audience.PERSON),
    Kind.GROUP_DECLINED: Manner(Audience.PERSON),
    Kind.GROUP_SEAT_ENDED: Manner(Audience.PERSON),
    Kind.GROUP_STEPPED: Manner(Audience.GROUP_PEOPLE),
    Kind.CHARTER_HANDED_IN: Manner(Audience.SECRETARIAT, doubt=Doubt.LEAVE),
    Kind.CHARTER_RELEASED: Manner(Audience.CHARTER_READERS),
    Kind.CHARTER_ANSWERED: Manner(Audience.PERSON),
    Kind.CHARTER_ADOPTED: Manner(Audience.CHARTER_PEOPLE),
    Kind.CHARTER_NOT_ADOPTED: Manner(Audience.CHARTER_PEOPLE),
    Kind.RETENTION_REFUSED: Manner(Audience.SECRETARIAT, by_mail=False),
    Kind.ACCOUNT: Manner(Audience.ACCOUNT, in_inbox=False),
}
