"""Who is told: each audience as a question to the dated terms in force on the day of the act, never to groups."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import QuerySet

from members.choices.ballots import ConflictAnswer, Visibility
from members.kernel.sealing import is_sealed_address
from members.models import (
    Application,
    AuditEvent,
    Ballot,
    Correction,
    CustodianTerm,
    Download,
    EntryLink,
    Erasure,
    LostFactor,
    Membership,
    Protection,
    Referee,
    Representation,
    SeatTerm,
    StaffTerm,
    Unsealing,
    User,
)
from members.permissions.protection import is_protected
from secretariat.choices import Audience
from secretariat.permissions.groups import GROUP_READERS
from secretariat.permissions.readers import Reader, day_of, login, stranger, users

# --- What an act is about ----------------------------------------------------------------------------------------


def application_of(event: AuditEvent) -> Application | None:
    """The application an act is about, directly or through its ballot, its referee or the membership it led to."""
    target = event.target
    if isinstance(target, Membership):
        target = target.decision.ballot if target.decision else None
    if isinstance(target, Ballot):
        target = target.subject
    if isinstance(target, Referee):
        target = target.application
    return target if isinstance(target, Application) else None


# --- The audiences -----------------------------------------------------------------------------------------------


def of_link(event):
    """The address an entry link was made for, or the login whose sealed address it was."""
    link: EntryLink = event.target
    if is_sealed_address(link.email):
        owner = User.objects.filter(email=link.email).first()
        return iter([Reader(owner.language, user_id=owner.pk)] if owner else [])
    return stranger(link.email, link.language)


def of_referee(event):
    """The address of the referee, in the language of the applicant until the referee chooses another."""
    referee: Referee = event.target
    return stranger(referee.email, event.facts["language"])


def applicant(event):
    """Whoever applied."""
    application = application_of(event)
    return login(application.applicant) if application else iter(())


def holder(event):
    """Of a membership: its person, those who speak for its organisation, and whoever applied for it."""
    membership: Membership = event.target
    if membership.person_id:
        yield from users(Membership.objects.filter(pk=membership.pk).values("person"))
    else:
        yield from users(speaking_for(membership.organisation_id, on=day_of(event)))
    yield from applicant(event)


def speaking_for(organisation_id: int, *, on: date) -> QuerySet:
    """The people who speak for an organisation on a day."""
    return Representation.objects.in_force(on=on).filter(organisation=organisation_id).values("person")


def representatives(event):
    """Everyone who speaks for the organisation that the act names."""
    return users(speaking_for(event.facts["organisation"], on=day_of(event)))


def person(event):
    """The person whose term, request, invitation or comment it is."""
    return login(event.target.person.user)


def of_login(event):
    """Whose login it is, also when it is out of use: that is what they are told."""
    user: User = event.target
    yield Reader(user.language, user_id=user.pk)


def owner(event):
    """The login that a request is about: a lost second factor, or one's own data."""
    request: LostFactor | Download | Correction | Erasure = event.target
    return login(request.user)


def protected(event):
    """The protected member whose protection it is."""
    protection: Protection = event.target
    return login(protection.user)


def concerned(event):
    """The protected member whom a request to see an identity is about, if anybody goes by the handle."""
    unsealing: Unsealing = event.target
    return login(unsealing.protection.user) if unsealing.protection else iter(())


def custodians(event):
    """The custodians in office, but for whom it is about and who asked."""
    unsealing: Unsealing = event.target
    serving = CustodianTerm.objects.in_force(on=day_of(event)).exclude(person__user=unsealing.asked_by_id)
    if unsealing.protection:
        serving = serving.exclude(person__user=unsealing.protection.user_id)
    return users(serving.values("person"))


def correspondent(event):
    """To whom a message was written, unless an earlier one of the same correspondence waits to be read still."""
    reader = User.objects.filter(pk=event.facts["reader"]).first()
    return iter(()) if event.facts["waits"] else login(reader)


def asker(event):
    """Who asked to see an identity, once both custodians have agreed or one has declined."""
    unsealing: Unsealing = event.target
    return login(unsealing.asked_by) if event.facts.get("complete", True) else iter(())


def secretariat(event):
    """Everyone who serves in the Secretariat: but not that a protected member, of whom it does not know, goes."""
    if isinstance(event.target, Erasure) and is_protected(event.target.user):
        return iter(())
    return users(StaffTerm.objects.in_force(on=day_of(event)).values("person"))


def officer(event):
    """The officer an application is with, while in office; else the whole Secretariat."""
    application = application_of(event)
    in_office = StaffTerm.objects.in_force(on=day_of(event))
    own = in_office.filter(person__user=application.assigned_to_id) if application.assigned_to_id else None
    return users((own if own is not None and own.exists() else in_office).values("person"))


def seats(event):
    """Who fills the seats on a ballot's roll now, as principal or alternate, but for seats and people that stand aside.

    A ballot that was never opened has no roll, and nobody to tell.
    """
    ballot: Ballot = event.target
    eligible = ballot.roll.filter(eligible=True).exclude(seat__in=ballot.recusals.values("seat"))
    aside = ballot.conflict_answers.filter(answer=ConflictAnswer.CONFLICTED)
    filling = SeatTerm.objects.in_force(on=day_of(event)).filter(seat__in=eligible.values("seat"))
    return users(filling.exclude(person__in=aside.values("person")).values("person"))


def committee(event):
    """The seats of a ballot, and the Secretariat."""
    yield from seats(event)
    yield from secretariat(event)


def seat(event):
    """Who fills the seat that stands aside."""
    filling = SeatTerm.objects.in_force(on=day_of(event)).filter(seat=event.facts["seat"])
    return users(filling.values("person"))


def ballot_office(event):
    """The Secretariat, unless the ballot keeps positions sealed: what a seat does must then not be told of."""
    ballot: Ballot = event.target
    sealed = ballot.rule_snapshot["settings"]["procedure"]["visibility"] == Visibility.SEALED
    return iter(()) if sealed else secretariat(event)


READERS: dict[Audience, Callable[[AuditEvent], Iterable[Reader]]] = {
    Audience.ADDRESS: of_link,
    Audience.INVITED: of_link,
    Audience.REFEREE: of_referee,
    Audience.APPLICANT: applicant,
    Audience.HOLDER: holder,
    Audience.PERSON: person,
    Audience.LOGIN: owner,
    Audience.PROTECTED: protected,
    Audience.CONCERNED: concerned,
    Audience.CUSTODIANS: custodians,
    Audience.CORRESPONDENT: correspondent,
    Audience.ASKER: asker,
    Audience.SECRETARIAT: secretariat,
    Audience.BALLOT_OFFICE: ballot_office,
    Audience.OFFICER: officer,
    Audience.REPRESENTATIVES: representatives,
    Audience.SEATS: seats,
    Audience.COMMITTEE: committee,
    Audience.SEAT: seat,
    Audience.ACCOUNT: of_login,
} | GROUP_READERS
