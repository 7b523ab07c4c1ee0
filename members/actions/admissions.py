"""What follows for an application from what happens in its ballot, in the same transaction: admission above all."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import memberships, offices, organisations, people, protection, rights, screening
from members.audit import record
from members.choices.applications import ApplicationState, HolderKind
from members.choices.ballots import BallotState, Verdict
from members.choices.bodies import RepresentationRole, SeatRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.text import fold
from members.models import (
    Affiliation,
    Application,
    Concern,
    InformationRequest,
    Membership,
    Organisation,
    Person,
    Representation,
    SeatTerm,
    SteeringSeat,
)
from members.permissions.matters import is_about
from members.permissions.protection import is_protected
from members.queries.applications import organisation_fields, person_fields, present_posts
from members.rules import admissions as rules
from members.rules.applications import ensure_may_become

STEERING = "steering"


def _become(ballot, state, **changes) -> Application:
    """Move the application of a ballot on, and let its grants follow. Raises Refused where that may not follow."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("tier", "terms", "applicant", "person", "organisation")
        .get(pk=ballot.subject_id)
    )
    ensure_may_become(application.state, state)
    application.state = state
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *changes])
    rights.settle(application)
    return application


@transaction.atomic
def begin(*, ballot) -> Application:
    """Note that an application is before the committee."""
    return _become(ballot, ApplicationState.BALLOT)


@transaction.atomic
def hold(*, ballot) -> Application:
    """Note that the committee holds an application."""
    return _become(ballot, ApplicationState.HELD)


@transaction.atomic
def take_back(*, ballot) -> None:
    """Give an application on which nothing was decided back to the Secretariat, unless it has ended otherwise."""
    if Application.objects.filter(pk=ballot.subject_id, state=ApplicationState.BALLOT).exists():
        _become(ballot, ApplicationState.RECOMMENDED)


@transaction.atomic
def conclude(*, ballot, decision) -> Application:
    """Do what a decision says: admit the applicant from the day of the decision, or refuse with a day to return."""
    if decision.verdict == Verdict.APPROVED:
        return _admit(ballot, decision)
    application = Application.objects.select_related("terms").get(pk=ballot.subject_id)
    return _refuse(ballot, decision, after_days=application.terms.reapply_after_days)


def _refuse(ballot, decision, *, after_days) -> Application:
    reapply_on = rules.reapply_on(decision.decided_at.date(), after_days=after_days)
    application = _become(ballot, ApplicationState.REFUSED, ended_at=database_now(), reapply_on=reapply_on)
    record(Verb.REFUSED, target=application, decision=decision.pk)
    return application


def _admit(ballot, decision) -> Application:
    application = _become(ballot, ApplicationState.ADMITTED, ended_at=database_now())
    version = application.versions.select_related("application").get(number=ballot.subject_version)
    person = _person(application, version)
    holder = {"person": person}
    if application.holder_kind == HolderKind.ORGANISATION:
        known = application.organisation
        holder = {"organisation": known or organisations.enter(by=None, **organisation_fields(version))}
    _grant(application, decision, **holder)
    if "organisation" in holder:
        _let_speak(person, holder["organisation"])
    else:
        _affiliate(person, version)
    if application.tier.short_name == STEERING:
        _seat(person, holder)
    application.person, application.organisation = person, holder.get("organisation", application.organisation)
    application.save(update_fields=["person", "organisation"])
    return application


def _person(application, version) -> Person:
    """The applicant's record: the one that is known, with what it lacked, or a new one."""
    given, applicant = person_fields(version), application.applicant
    if is_protected(applicant):
        return protection.enter(user=applicant, fields=given)
    person = application.person or Person.objects.filter(user=applicant).first()
    if person is None:
        return people.enter(user=applicant, by=None, **given)
    if person.user_id is None and not Person.objects.filter(user=applicant).exists():
        person = people.link_login(person=person, user=applicant, by=None)
    lacking = {name: value for name, value in given.items() if value and not _filled(person, name)}
    return people.change(person=person, by=None, revision=person.revision, **lacking) if lacking else person


def _filled(person, name) -> bool:
    value = getattr(person, name)
    return value.exists() if name in people.LISTS else bool(value)


def _grant(application, decision, **holder) -> Membership:
    """Begin the membership on the day of the decision, or where another tier is left for it, on the day of leaving."""
    starts_on, today = decision.decided_at.date(), database_now().date()
    for held in Membership.objects.in_force(on=today).filter(**holder):
        starts_on = memberships.end(membership=held, by=None, reason=_("Continued in another tier")).ends_on
    return memberships.grant(tier_terms=application.terms, by=None, decision=decision, starts_on=starts_on, **holder)


def _let_speak(person, organisation) -> None:
    """Let whoever applied for an organisation speak for it: as principal, unless it has one already."""
    today = database_now().date()
    in_force = Representation.objects.in_force(on=today).filter(organisation=organisation)
    if in_force.filter(person=person).exists():
        return
    taken = in_force.filter(role=RepresentationRole.PRINCIPAL).exists()
    role = RepresentationRole.DELEGATE if taken else RepresentationRole.PRINCIPAL
    organisations.appoint_representative(organisation=organisation, person=person, role=role, by=None)


def _affiliate(person, version) -> None:
    """Note where the applicant works, as far as these organisations are known."""
    today = database_now().date()
    for name, position in present_posts(version):
        for organisation in Organisation.objects.filter(sort_key=fold(name)[:240]):
            known = Affiliation.objects.in_force(on=today).filter(person=person, organisation=organisation)
            if not known.exists():
                organisations.affiliate(person=person, organisation=organisation, position=position, by=None)


def _seat(person, holder: dict) -> SteeringSeat:
    """Open the seat of a new steering member, and let whoever applied fill it unless they fill another."""
    seat = SteeringSeat.objects.filter(**holder).first() or offices.open_seat(by=None, **holder)
    if seat.closed_on:
        seat.closed_on = None
        seat.save(update_fields=["closed_on"])
    in_force = SeatTerm.objects.in_force(on=database_now().date())
    has_principal = in_force.filter(seat=seat, role=SeatRole.PRINCIPAL).exists()
    if not has_principal and not in_force.filter(person=person).exists():
        offices.fill_seat(seat=seat, person=person, role=SeatRole.PRINCIPAL, by=None)
    return seat


@transaction.atomic
def put_to_applicant(*, concern, question, due_on, by) -> InformationRequest:
    """Ask the applicant about a concern that held a ballot, without saying whose it is.

    Raises Refused, code `no-applicant` where the ballot is about something else, `not-held`, `asked` where it was asked
    already, or as `screening.ask` does.
    """
    concern = Concern.objects.select_for_update(of=("self",)).select_related("ballot").get(pk=concern.pk)
    if not is_about(concern.ballot, Application):
        raise Refused(_("Nobody applied for what this ballot is about."), code="no-applicant")
    if concern.ballot.state != BallotState.FINAL or concern.ballot.verdict != Verdict.HELD or concern.cleared_at:
        raise Refused(_("Only a concern that held a ballot at its close is put to the applicant."), code="not-held")
    if concern.request_id:
        raise Refused(_("The applicant has been asked already."), code="asked")
    application = Application.objects.get(pk=concern.ballot.subject_id)
    concern.request = screening.ask(application=application, question=question, due_on=due_on, by=by)
    concern.save(update_fields=["request"])
    return concern.request
