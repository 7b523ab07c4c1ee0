"""Corrections of what one cannot change oneself: asked for, and answered by the Secretariat within a month."""

from django.db import transaction

from members.audit import record
from members.choices.own_data import CorrectionState
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import Correction, User
from members.permissions.protection import is_protected
from members.rules import corrections as rules
from members.rules.protection import ensure_not_protected


@transaction.atomic
def ask(*, user, text, by) -> Correction:
    """Say what is wrong, for the Secretariat to mend. Raises Refused, code `one-open`."""
    ensure_not_protected(is_protected=is_protected(user))
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    rules.ensure_none_open(has_open=Correction.objects.open().filter(user=user).exists())
    now = database_now()
    correction = Correction.objects.create(user=user, text=text, asked_at=now, due_on=rules.due_on(now.date()))
    record(Verb.CORRECTION_ASKED, target=correction, by=by)
    return correction


@transaction.atomic
def answer(*, correction, state, answer, by) -> Correction:
    """Say that it is corrected, or why not. Raises Refused, code `over` or `oneself`."""
    correction = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    rules.ensure_another_person(officer=by.pk, concerned=correction.user_id)
    rules.ensure_open(state=correction.state)
    correction.state, correction.answer = CorrectionState(state), answer
    correction.answered_by, correction.ended_at = by, database_now()
    correction.save(update_fields=["state", "answer", "answered_by", "ended_at"])
    record(Verb.CORRECTION_ANSWERED, target=correction, by=by, state=correction.state)
    return correction
