"""What the Secretariat does with an application: takes it on, checks it, asks, recommends, writes, returns it."""

from django.db import transaction

from members.actions import rights
from members.audit import record
from members.choices.applications import ApplicationState
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import Application, Check, CheckItem, InformationRequest, Letter, Recommendation
from members.rules import screening as rules
from members.rules.applications import ensure_may_become


def _locked(application) -> Application:
    return Application.objects.select_for_update(of=("self",)).select_related("tier", "terms").get(pk=application.pk)


def _become(application: Application, state: str, **changes) -> None:
    """Move a locked application on, and let its grants follow. Raises Refused where that may not follow."""
    ensure_may_become(application.state, state)
    application.state = state
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *changes])
    rights.settle(application)


@transaction.atomic
def take_on(*, application, by, officer=None) -> Application:
    """Give an application to an officer, oneself unless another is named; a submitted one is screened from now on."""
    application = _locked(application)
    application.assigned_to = officer or by
    application.save(update_fields=["assigned_to"])
    if application.state == ApplicationState.SUBMITTED:
        _become(application, ApplicationState.SCREENING)
    record(Verb.SCREENING_STARTED, target=application, by=by, officer=application.assigned_to_id)
    return application


@transaction.atomic
def record_checks(*, application, found, by) -> int:
    """Write down what was found. `found` maps check items to pairs of outcome and note. Says how many changed."""
    application = _locked(application)
    rules.ensure_may_check(application.state)
    known = {check.item_id: check for check in application.checks.all()}
    changed = []
    for item, (outcome, note) in found.items():
        check = known.get(item.pk) or Check(application=application, item=item)
        if (check.outcome, check.note) != (outcome, note):
            check.outcome, check.note = outcome, note
            check.checked_by, check.checked_at = by, database_now()
            check.save()
            changed.append(item.key)
    if changed:
        record(Verb.CHECK_RECORDED, target=application, by=by, items=changed)
    return len(changed)


@transaction.atomic
def ask(*, application, question, due_on, by) -> InformationRequest:
    """Ask the applicant. During screening the application waits for the answer; before the committee it does not."""
    application = _locked(application)
    rules.ensure_may_ask(application.state)
    rules.ensure_due_later(due_on, today=database_now().date())
    request = InformationRequest.objects.create(application=application, question=question, due_on=due_on, asked_by=by)
    if application.state == ApplicationState.SCREENING:
        _become(application, ApplicationState.INFORMATION)
    record(Verb.INFORMATION_ASKED, target=application, by=by, request=request.pk)
    return request


@transaction.atomic
def recommend(*, application, advice, text, by) -> Recommendation:
    """Advise the steering committee on the newest version, once every check of the list is recorded."""
    application = _locked(application)
    ensure_may_become(application.state, ApplicationState.RECOMMENDED)
    items = CheckItem.objects.asked_of(application.tier)
    rules.ensure_checked(
        {item.key: str(item) for item in items}, set(application.checks.values_list("item__key", flat=True))
    )
    recommendation = Recommendation.objects.create(
        application=application, version=application.current_version, advice=advice, text=text, made_by=by
    )
    _become(application, ApplicationState.RECOMMENDED)
    record(Verb.RECOMMENDED, target=application, by=by, advice=advice, recommendation=recommendation.pk)
    return recommendation


@transaction.atomic
def screen_again(*, application, by) -> Application:
    """Take an application that was ready for the committee back to screening, before a ballot on it is open."""
    application = _locked(application)
    rules.ensure_recommended(application.state)
    _become(application, ApplicationState.SCREENING)
    record(Verb.SCREENING_STARTED, target=application, by=by, again=True)
    return application


@transaction.atomic
def send_letter(*, application, template_key, subject, body, by) -> Letter:
    """Send the applicant a letter, as it was edited. It goes by e-mail and stands on the application's page."""
    application = _locked(application)
    rules.ensure_letter_whole(subject, body)
    letter = Letter.objects.create(
        application=application, template_key=template_key, subject=subject, body=body, sent_by=by
    )
    record(Verb.LETTER_SENT, target=application, by=by, letter=letter.pk, template=template_key)
    return letter


@transaction.atomic
def decline(*, application, reason, reapply_on, subject, body, by) -> Application:
    """Return an application as incomplete, with the reason, a letter, and the day from which another is welcome."""
    application = _locked(application)
    now = database_now()
    rules.ensure_may_try_again_later(reapply_on, today=now.date())
    rules.ensure_letter_whole(subject, body)
    _become(application, ApplicationState.DECLINED, ended_at=now, outcome_reason=reason, reapply_on=reapply_on)
    letter = Letter.objects.create(
        application=application, template_key="incomplete", subject=subject, body=body, sent_by=by
    )
    record(Verb.APPLICATION_DECLINED, target=application, by=by, letter=letter.pk)
    return application


@transaction.atomic
def link(*, application, by, person=None, organisation=None) -> Application:
    """Say that the applicant is a person or an organisation that is known already, so that admission makes no second."""
    application = _locked(application)
    rules.ensure_not_ended(application.state)
    if person is not None:
        application.person = person
    if organisation is not None:
        application.organisation = organisation
    application.save(update_fields=["person", "organisation"])
    record(
        Verb.APPLICATION_LINKED,
        target=application,
        by=by,
        person=application.person_id,
        organisation=application.organisation_id,
    )
    return application
