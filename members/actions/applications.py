"""The life of an application in the applicant's hands: begun, written page by page, sent, withdrawn."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import documents, organisations, referees, rights, writing
from members.audit import record
from members.choices.applications import ApplicationState, HolderKind, Step
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.numbers import next_number
from members.kernel.refusals import Refused
from members.models import Affiliation, Application, ApplicationVersion, Ballot, Membership, Person, User
from members.queries import affiliations, answers
from members.rules import answers as answer_rules
from members.rules import applications as rules
from members.signals import application_withdrawn

# --- Beginning ----------------------------------------------------------------------------------------------------


@transaction.atomic
def start(*, tier, user, by, person=None) -> Application:
    """Begin an application for a tier, or give the one that is pending already.

    `person` is who is known to stand behind the login; by default the login's own. Raises Refused, code `member` where
    they hold the tier, `too-early` before the day from which another application is welcome.
    """
    application, is_new = _begun(tier=tier, user=user, person=person)
    if is_new:
        record(Verb.APPLICATION_STARTED, target=application, by=by, tier=tier.short_name)
    return application


@transaction.atomic
def enter_paper(*, tier, email, received_on, by) -> Application:
    """Enter an application that came on paper, for the login of an address, which is opened if there is none.

    A sealed address is like an unknown one: it gets a login of its own, or whoever enters it would read the handle. Its
    owner is written to, and does not find the application. Raises Refused, code `pending` where an application for the
    tier is being dealt with, or as `start` does.
    """
    user = User.objects.to_enter_for(email) or User.objects.create_user(email)
    application, is_new = _begun(tier=tier, user=user, entered_by=by, received_on=received_on)
    if not is_new:
        raise Refused(
            _("{number} for this tier is pending under this address."),
            code="pending",
            field="email",
            number=application.number,
        )
    record(Verb.APPLICATION_ENTERED, target=application, by=by, tier=tier.short_name)
    return application


def _begun(*, tier, user, person=None, **columns) -> tuple[Application, bool]:
    """The pending application of a user for a tier, made now if there is none; and whether it was made."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    own = Application.objects.filter(applicant=user, tier=tier)
    pending = own.pending().first()
    if pending:
        return pending, False
    now = database_now()
    person = person or Person.objects.filter(user=user).first()
    holds = person and Membership.objects.in_force(on=now.date()).filter(person=person, tier=tier).exists()
    latest = own.order_by("-pk").first()
    rules.ensure_may_start(holds_tier=bool(holds), reapply_on=latest.reapply_on if latest else None, today=now.date())
    terms = tier.current_terms
    application = Application.objects.create(
        number=f"APP-{now.year}-{next_number('APP', now.year):04d}",
        tier=tier,
        terms=terms,
        holder_kind=terms.holder_kind,
        applicant=user,
        person=person,
        started_at=now,
        saved_at=now,
        **columns,
    )
    user.forget_groups()
    rights.settle(application)
    return application, True


# --- Writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def save(*, application, step, values, basis, by) -> Application:
    """Keep the answers of one page as they were typed, right or wrong.

    `basis` is the digest of the answers the form was filled from. Raises Refused, code `stale`, where they were changed
    since, unless to the very same; and as `rules.ensure_may_write` does. Saving what is saved already writes nothing.
    """
    application = writing.locked_to_write(application)
    if step not in answers.steps_of(application):
        raise Refused(_("This page is not asked of this application."), code="not-asked")
    before = answers.saved(application, step)
    if step in application.answers and values == before:
        return application
    if answer_rules.basis_of(before) != basis:
        raise Refused(
            _("This page was saved in another window meanwhile. Nothing was overwritten: look at both below."),
            code="stale",
        )
    application.answers[step] = values
    columns = ["answers"]
    if step == Step.HOLDER:
        application.holder_kind = _chosen_holder(values)
        columns.append("holder_kind")
    writing.touch(application, *columns)
    record(Verb.APPLICATION_SAVED, target=application, by=by, step=step)
    return application


def _chosen_holder(values) -> str:
    chosen = values.get("holder_kind")
    return chosen if chosen in {HolderKind.PERSON, HolderKind.ORGANISATION} else HolderKind.EITHER


@transaction.atomic
def say_left(*, application, organisation, by) -> Application:
    """The applicant no longer belongs to a participating organisation: its name is taken off the page of affiliations,
    and an affiliation on the applicant's own record ends today.

    Raises Refused, code `speaks` for one who represents the organisation, or where nothing may be changed now.
    """
    application = writing.locked_to_write(application)
    today = database_now().date()
    typed = answers.saved(application, Step.AFFILIATION)
    ties = [tie for tie in affiliations.ties(application, typed, on=today) if tie.organisation == organisation]
    rules.ensure_may_leave(speaks=any(tie.speaks for tie in ties), organisation=organisation.name)
    application.answers[Step.AFFILIATION] = answer_rules.without_organisations(
        typed, affiliations.fields_naming(organisation, typed)
    )
    for affiliation in _own_affiliations(application, organisation, on=today):
        organisations.end_affiliation(affiliation=affiliation, by=by, reason=str(_("Said by the person")))
    writing.touch(application, "answers")
    record(Verb.LEFT_ORGANISATION, target=application, by=by, organisation=organisation.pk)
    return application


def _own_affiliations(application, organisation, *, on):
    """The affiliations of the applicant's own person with an organisation that are in force."""
    person = application.person
    if person is None or person.user_id != application.applicant_id:
        return Affiliation.objects.none()
    return Affiliation.objects.in_force(on=on).filter(person=person, organisation=organisation)


@transaction.atomic
def ask_representative(*, application, organisation, by) -> Application:
    """Ask those who speak for a participating organisation to let the applicant take part through it.

    They are told the applicant's name and address, as the page before this act says. The answers so far stay. Asked a
    second time, it is the first. Raises Refused, code `not-tied` where the applicant did not name the organisation.
    """
    application = writing.locked_to_write(application)
    today = database_now().date()
    rules.ensure_tied(tied=affiliations.is_tied(application, organisation, on=today))
    if organisation.pk not in affiliations.asked(application):
        record(Verb.REPRESENTATIVE_ASKED, target=application, by=by, organisation=organisation.pk)
    return application


# --- Sending ------------------------------------------------------------------------------------------------------


@transaction.atomic
def submit(*, application, revision, by) -> ApplicationVersion:
    """Freeze the answers as the first version and hand it to the Secretariat; the referees are written to.

    `revision` is that of the answers as they were read. Sent twice, it gives the version of the first time. Raises
    Refused, code `stale`, `incomplete` (with the steps that are not finished), or as `rules.ensure_may_become` does.
    """
    application = writing.locked(application)
    sent = application.current_version
    if sent and application.revision == revision:
        return sent
    rules.ensure_may_become(application.state, ApplicationState.SUBMITTED)
    rules.ensure_unchanged(application.revision, revision)
    now = database_now()
    rules.ensure_complete([page.step for page in answers.unfinished(application, on=now.date())])
    version = writing.freeze(application, by=by, at=now)
    application.state, application.submitted_at = ApplicationState.SUBMITTED, now
    application.save(update_fields=["state", "submitted_at"])
    rights.settle(application)
    record(Verb.APPLICATION_SUBMITTED, target=application, by=by, version=version.number)
    for referee in application.referees.filter(invited_at__isnull=True):
        referees.invite(referee=referee, by=by)
    return version


# --- Ending -------------------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw(*, application, by) -> Application:
    """End an application by the applicant's wish. What was sent stays on record; a draft nobody has read is emptied.

    Whatever goes on about it ends too: see `signals.application_withdrawn`. Raises Refused, code `ended`.
    """
    application = _locked_with_ballots(application)
    rules.ensure_may_become(application.state, ApplicationState.WITHDRAWN)
    was_sent = application.submitted_at is not None
    application.state, application.ended_at = ApplicationState.WITHDRAWN, database_now()
    application.save(update_fields=["state", "ended_at"])
    if was_sent:
        application_withdrawn.send(Application, application=application, by=by)
    else:
        _empty(application)
    rights.settle(application)
    record(Verb.APPLICATION_WITHDRAWN if was_sent else Verb.APPLICATION_DISCARDED, target=application, by=by)
    return application


def _empty(application) -> None:
    """Forget what was written in a draft that was never sent."""
    application.answers, application.sealed_answers = {}, ""
    application.save(update_fields=["answers", "sealed_answers"])
    application.referees.all().delete()
    for document in application.documents.filter(removed_at__isnull=True):
        documents.discard(document)


def _locked_with_ballots(application) -> Application:
    """The application and the ballots about it, locked in the order that `members.actions.logs` states.

    A ballot that was prepared while this waited for the application was not among the first: then all is let go and
    locked anew, as otherwise the application would be held before its ballot.
    """
    while True:
        with transaction.atomic():
            held = {ballot.pk for ballot in _about(application).select_for_update(of=("self",)).order_by("pk")}
            application = writing.locked(application)
            if held >= set(_about(application).values_list("pk", flat=True)):
                return application
            transaction.set_rollback(True)


def _about(application):
    """The ballots about an application that are not over."""
    return Ballot.objects.live().about(application).order_by()
