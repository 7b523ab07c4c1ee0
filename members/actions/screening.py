"""What the Secretariat does with an application: takes it on, checks it, asks, recommends, writes, returns it."""

from dataclasses import dataclass

from django.db import transaction

from members.actions import rights
from members.audit import record
from members.choices.applications import ApplicationState
from members.choices.verbs import Verb
from members.kernel.clock import database_now, today
from members.models import (
    Application,
    Ballot,
    Check,
    CheckItem,
    Decision,
    InformationRequest,
    Letter,
    Person,
    Recommendation,
    StaffTerm,
)
from members.queries import letters
from members.rules import screening as rules
from members.rules.answers import basis_of
from members.rules.applications import ensure_may_become
from members.rules.letters import fill

INCOMPLETE, REFUSAL = "incomplete", "refused"


def _locked(application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("tier", "terms", "applicant")
    return rows.get(pk=application.pk)


def _become(application: Application, state: str, **changes) -> None:
    """Move a locked application on, and let its grants follow. Raises Refused where that may not follow."""
    ensure_may_become(application.state, state)
    application.state = state
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *changes])
    rights.settle(application)


# --- Who has it ---------------------------------------------------------------------------------------------------


def _in_office(user_id: int | None) -> bool:
    return StaffTerm.objects.in_force(on=today()).filter(person__user=user_id).exists() if user_id else False


@transaction.atomic
def take_on(*, application, by) -> Application:
    """Take an application on: it is on one's desk, and one that was submitted is screened from now on.

    Taken on twice is once. Raises Refused, code `taken` where a colleague in office has it, `ended`.
    """
    application = _locked(application)
    rules.ensure_not_ended(application.state)
    holder = application.assigned_to_id
    rules.ensure_free(with_colleague=holder != by.pk and _in_office(holder))
    if holder == by.pk and application.state != ApplicationState.SUBMITTED:
        return application
    application.assigned_to = by
    application.save(update_fields=["assigned_to"])
    if application.state == ApplicationState.SUBMITTED:
        _become(application, ApplicationState.SCREENING)
        record(Verb.SCREENING_STARTED, target=application, by=by)
    else:
        record(Verb.HANDED_OVER, target=application, by=by, officer=by.pk)
    return application


@transaction.atomic
def hand_over(*, application, officer, by) -> Application:
    """Give an application to an officer. Its state stays. Raises Refused, code `not-in-office` or `ended`."""
    application = _locked(application)
    rules.ensure_not_ended(application.state)
    rules.ensure_in_office(in_office=_in_office(officer.pk))
    if application.assigned_to_id != officer.pk:
        application.assigned_to = officer
        application.save(update_fields=["assigned_to"])
        record(Verb.HANDED_OVER, target=application, by=by, officer=officer.pk)
    return application


# --- Checking -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """What is to be recorded for a check. `seen` is the digest of what stood there when the writer began."""

    outcome: str
    note: str = ""
    seen: str | None = None


def digest_of(check: Check | None) -> str:
    """A digest of what is recorded for a check, or of nothing."""
    return _digest(check.outcome, check.note) if check else _digest("", "")


def _digest(outcome, note) -> str:
    return basis_of({"outcome": str(outcome), "note": note})


@transaction.atomic
def record_checks(*, application, found, by) -> int:
    """Write down what was found. `found` maps check items to findings; says how many changed what was recorded.

    A finding that its writer did not change is left alone, whatever a colleague recorded meanwhile. Raises Refused,
    code `not-now`, or `stale` where both changed the same check.
    """
    application = _locked(application)
    rules.ensure_may_check(application.state)
    known = {check.item_id: check for check in application.checks.all()}
    wanted = {item: _digest(finding.outcome, finding.note) for item, finding in found.items()}
    changed = {item: finding for item, finding in found.items() if finding.seen != wanted[item]}
    rules.ensure_seen(
        {
            item.key: (finding.seen, digest_of(known.get(item.pk)), wanted[item])
            for item, finding in changed.items()
            if finding.seen is not None
        }
    )
    new = [item for item in changed if digest_of(known.get(item.pk)) != wanted[item]]
    for item in new:
        check = known.get(item.pk) or Check(application=application, item=item)
        check.outcome, check.note = changed[item].outcome, changed[item].note
        check.checked_by, check.checked_at = by, database_now()
        check.save()
    if new:
        record(Verb.CHECK_RECORDED, target=application, by=by, items=[item.key for item in new])
    return len(new)


# --- Asking -------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, application, question, due_on, by) -> InformationRequest:
    """Ask the applicant. During screening the application waits for the answer; before the committee it does not.

    The same question asked twice is one. Raises Refused, code `not-now` or `past`.
    """
    application = _locked(application)
    rules.ensure_may_ask(application.state)
    same = application.requests.filter(question=question, due_on=due_on, asked_by=by, answered_at=None).first()
    if same:
        return same
    rules.ensure_due_later(due_on, today=today())
    request = application.requests.create(question=question, due_on=due_on, asked_by=by)
    if application.state == ApplicationState.SCREENING:
        _become(application, ApplicationState.INFORMATION)
    record(Verb.INFORMATION_ASKED, target=application, by=by, request=request.pk)
    return request


# --- Recommending -------------------------------------------------------------------------------------------------


@transaction.atomic
def recommend(*, application, advice, text, version, by) -> Recommendation:
    """Advise the steering committee on the newest version, once every check of the list is recorded.

    `version` is the number of the version that was read. The same advice given twice is one. Raises Refused, code
    `not-now`, `ended`, `stale` or `unchecked`.
    """
    application = _locked(application)
    newest = application.current_version
    same = application.recommendations.filter(version=newest, advice=advice, text=text, made_by=by)
    if application.state == ApplicationState.RECOMMENDED and (made := same.last()):
        return made
    rules.ensure_may_recommend(application.state)
    rules.ensure_newest(version, newest=newest.number)
    items = CheckItem.objects.asked_of(application.tier)
    recorded = application.checks.values_list("item__key", flat=True)
    rules.ensure_checked({item.key: str(item) for item in items}, set(recorded))
    made = application.recommendations.create(version=newest, advice=advice, text=text, made_by=by)
    _become(application, ApplicationState.RECOMMENDED)
    record(Verb.RECOMMENDED, target=application, by=by, advice=advice, recommendation=made.pk)
    return made


@transaction.atomic
def screen_again(*, application, by) -> Application:
    """Take an application that was ready for the committee back to screening.

    Raises Refused, code `not-now`, or `ballot-prepared` while a ballot on it is prepared.
    """
    application = _locked(application)
    prepared = Ballot.objects.live().about(application).values_list("number", flat=True).first()
    rules.ensure_may_be_taken_back(application.state, ballot=prepared or "")
    _become(application, ApplicationState.SCREENING)
    record(Verb.SCREENING_RESUMED, target=application, by=by)
    return application


# --- Writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_letter(*, application, template_key, subject, body, by) -> Letter:
    """Send the applicant a letter, as it was edited. It goes by e-mail and stands on the application's page.

    Sent twice at once, it is one letter. Raises Refused, code `unfilled`.
    """
    application = _locked(application)
    rules.ensure_letter_whole(subject, body)
    last, now = application.letters.filter(subject=subject, body=body, sent_by=by).last(), database_now()
    if last and rules.is_sent_twice(last.sent_at, now=now):
        return last
    letter = application.letters.create(template_key=template_key, subject=subject, body=body, sent_by=by)
    record(Verb.LETTER_SENT, target=application, by=by, letter=letter.pk, template=template_key)
    return letter


@transaction.atomic
def give_reasons(*, application, reason, subject, body, by) -> Letter:
    """Give somebody who was not admitted the reasons, in a letter, and keep them with the decision and the application.

    The letter's place for the reason is filled now. The same reasons given twice are one letter. Raises Refused, code
    `not-now`, `given` where others were given before, or `unfilled`.
    """
    application = _locked(application)
    decision = Decision.objects.filter(ballot__in=Ballot.objects.about(application)).order_by("pk").last()
    if decision and decision.reasons == reason and (sent := application.letters.filter(template_key=REFUSAL).last()):
        return sent
    rules.ensure_may_give_reasons(application.state if decision else "", given=bool(decision and decision.reasons))
    subject, body = fill(subject, reason=reason), fill(body, reason=reason)
    rules.ensure_letter_whole(subject, body)
    decision.reasons = application.outcome_reason = reason
    decision.save(update_fields=["reasons"])
    application.save(update_fields=["outcome_reason"])
    letter = application.letters.create(template_key=REFUSAL, subject=subject, body=body, sent_by=by)
    record(Verb.LETTER_SENT, target=application, by=by, letter=letter.pk, template=REFUSAL, decision=decision.pk)
    return letter


@transaction.atomic
def decline(*, application, reason, reapply_on, subject, body, by) -> Application:
    """Return an application as incomplete, with the reason, a letter, and the day from which another is welcome.

    The letter's places for the reason and the day are filled now. The same return made twice is one. Raises Refused,
    code `past`, `unfilled`, or as `ensure_may_become` does.
    """
    application = _locked(application)
    if application.state == ApplicationState.DECLINED and application.outcome_reason == reason:
        return application
    now = database_now()
    ensure_may_become(application.state, ApplicationState.DECLINED)
    rules.ensure_may_try_again_later(reapply_on, today=now.date())
    facts = {"reason": reason, "reapply_on": letters.day_in_words(application, INCOMPLETE, reapply_on)}
    subject, body = fill(subject, **facts), fill(body, **facts)
    rules.ensure_letter_whole(subject, body)
    _become(application, ApplicationState.DECLINED, ended_at=now, outcome_reason=reason, reapply_on=reapply_on)
    letter = application.letters.create(template_key=INCOMPLETE, subject=subject, body=body, sent_by=by)
    record(Verb.APPLICATION_DECLINED, target=application, by=by, letter=letter.pk)
    return application


# --- Saying who the applicant is ----------------------------------------------------------------------------------


@transaction.atomic
def link(*, application, by, person=None, organisation=None) -> Application:
    """Say which known person and organisation the applicant is, so that admission makes no second; None for unknown.

    An applicant whose login has a record is that person. Raises Refused, code `ended`, `before-committee`, or
    `own-record` where another is named.
    """
    application = _locked(application)
    rules.ensure_may_link(application.state)
    own = Person.objects.filter(user=application.applicant_id).first()
    rules.ensure_own_record(own.pk if own else None, person.pk if person else None)
    known = (own or person, organisation)
    if (application.person, application.organisation) == known:
        return application
    application.person, application.organisation = known
    application.save(update_fields=["person", "organisation"])
    facts = {"person": application.person_id, "organisation": application.organisation_id}
    record(Verb.APPLICATION_LINKED, target=application, by=by, **facts)
    return application
