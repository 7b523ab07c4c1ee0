"""How an applicant answers what the Secretariat or the committee asks."""

from django.db import transaction

from members.actions import referees, rights, writing
from members.audit import record
from members.choices.applications import ApplicationState
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import InformationRequest
from members.queries import answers
from members.rules import applications as application_rules
from members.rules import information as rules


def _locked(request) -> InformationRequest:
    application = writing.locked(request.application)
    request = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    request.application = application
    return request


@transaction.atomic
def keep(*, request, answer, by) -> InformationRequest:
    """Keep an answer for later, unsent. Raises Refused, code `answered` or `ended`."""
    request = _locked(request)
    rules.ensure_open(answered_at=request.answered_at, state=request.application.state)
    if request.answer != answer:
        request.answer = answer
        request.save(update_fields=["answer"])
        record(Verb.ANSWER_KEPT, target=request.application, by=by, request=request.pk)
    return request


@transaction.atomic
def give(*, request, answer, revision, by) -> InformationRequest:
    """Send an answer. If the application was changed meanwhile, it becomes a new version with it.

    With the last open question answered, an application that waited goes back to the Secretariat. The same answer sent
    twice is one. Raises Refused, code `answered`, `ended`, `empty`, `stale`, or `incomplete` where a page that was
    changed is not finished.
    """
    request = _locked(request)
    application = request.application
    if request.answered_at and request.answer == answer.strip():
        return request
    rules.ensure_open(answered_at=request.answered_at, state=application.state)
    rules.ensure_said(answer)
    application_rules.ensure_unchanged(application.revision, revision)
    now = database_now()
    request.version = _new_version(application, by=by, now=now)
    request.answer, request.answered_at = answer.strip(), now
    request.save(update_fields=["answer", "answered_at", "version"])
    for referee in application.referees.filter(invited_at__isnull=True):
        referees.invite(referee=referee, by=by)
    others = application.requests.filter(answered_at__isnull=True)
    if application.state == ApplicationState.INFORMATION and not others.exists():
        application_rules.ensure_may_become(application.state, ApplicationState.SCREENING)
        application.state = ApplicationState.SCREENING
        application.save(update_fields=["state"])
        rights.settle(application)
    verb = Verb.APPLICATION_REVISED if request.version else Verb.INFORMATION_GIVEN
    version = request.version.number if request.version else None
    record(verb, target=application, by=by, request=request.pk, version=version)
    return request


def _new_version(application, *, by, now):
    """The version a changed application makes, or none where nothing was changed."""
    if not answers.has_changed(application):
        return None
    application_rules.ensure_may_write(application.state)
    application_rules.ensure_complete([page.step for page in answers.unfinished(application, on=now.date())])
    return writing.freeze(application, by=by, at=now)
