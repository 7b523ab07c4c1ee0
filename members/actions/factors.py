"""A lost second factor is restored: asked for, established by two officers, waited for, and carried out or stopped."""

import logging

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.actions import accounts
from members.audit import record
from members.choices.factors import FactorState, StoppedBy
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.tokens import derived_tokens, digest, token_behind
from members.models import LostFactor, User
from members.rules import factors as rules

PURPOSE = "lost-factor"
logger = logging.getLogger(__name__)


def _locked(lost: LostFactor) -> LostFactor:
    return LostFactor.objects.select_for_update(of=("self",)).select_related("user").get(pk=lost.pk)


# --- Asking -------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, user, by) -> LostFactor | None:
    """Ask for the factors of a login to be removed, by who has proven the password or a link.

    There is one open request for a login: asking again changes nothing and tells nobody. A login that is out of use has
    none. Raises Refused, code `no-factor`.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        return None
    rules.ensure_something_to_restore(has_factor=Authenticator.objects.filter(user_id=user.pk).exists())
    now = database_now()
    for earlier in LostFactor.objects.open().filter(user=user).select_for_update(of=("self",)):
        if not rules.is_lapsed(state=earlier.state, asked_at=earlier.asked_at, now=now):
            return earlier
        _end(earlier, FactorState.LAPSED, Verb.FACTOR_LAPSED, by=None)
    lost = LostFactor(user=user, asked_at=now)
    lost.token_digest = digest(next(derived_tokens(PURPOSE, lost.public_id.hex)))
    lost.save()
    record(Verb.FACTOR_ASKED, target=lost, by=by)
    return lost


# --- Two officers -------------------------------------------------------------------------------------------------


@transaction.atomic
def check(*, lost, identity, note, by) -> LostFactor:
    """A first officer says how the person's identity was established.

    Raises Refused, code `over`, `lapsed`, `moved-on` or `oneself`.
    """
    lost, now = _locked(lost), database_now()
    rules.ensure_open(state=lost.state, asked_at=lost.asked_at, now=now)
    rules.ensure_another_person(officer=by.pk, concerned=lost.user_id)
    rules.ensure_waits_for(FactorState.ASKED, state=lost.state)
    lost.identity, lost.note, lost.first_officer, lost.first_at = identity, note, by, now
    lost.state = FactorState.CHECKED
    lost.save(update_fields=["identity", "note", "first_officer", "first_at", "state"])
    record(Verb.FACTOR_CHECKED, target=lost, by=by, identity=identity)
    return lost


@transaction.atomic
def confirm(*, lost, by) -> LostFactor:
    """A second officer confirms it, and the waiting time begins.

    Raises Refused, code `over`, `lapsed`, `moved-on`, `oneself` or `same-officer`.
    """
    lost, now = _locked(lost), database_now()
    rules.ensure_open(state=lost.state, asked_at=lost.asked_at, now=now)
    rules.ensure_another_person(officer=by.pk, concerned=lost.user_id, first=lost.first_officer_id)
    rules.ensure_waits_for(FactorState.CHECKED, state=lost.state)
    lost.second_officer, lost.second_at, lost.due_at = by, now, now + rules.WAITING_TIME
    lost.state = FactorState.WAITING
    lost.save(update_fields=["second_officer", "second_at", "due_at", "state"])
    record(Verb.FACTOR_CONFIRMED, target=lost, by=by)
    return lost


# --- Stopping -----------------------------------------------------------------------------------------------------


def address_of(lost: LostFactor) -> str:
    """The path of the link that stops a request, for whoever builds the mail. It is a secret: never store or log it."""
    token = token_behind(lost.token_digest, purpose=PURPOSE, name=lost.public_id.hex)
    return reverse("members:factor-stop", args=[token]) if token else reverse("members:lost-factor")


def find(*, token) -> LostFactor:
    """The request that a link would stop now. Raises Refused, code `unknown`, `over` or `lapsed`."""
    return _ensured(LostFactor.objects.filter(token_digest=digest(token)).first())


def _ensured(lost: LostFactor | None) -> LostFactor:
    if lost is None:
        raise Refused(_("This link is not one of ours, or too old to be remembered."), code="unknown")
    rules.ensure_open(state=lost.state, asked_at=lost.asked_at, now=database_now())
    return lost


@transaction.atomic
def stop_by_link(*, token) -> LostFactor:
    """Whoever reads the mail stops it, signed in or not. Raises Refused as `find` does."""
    locked = LostFactor.objects.select_for_update(of=("self",)).filter(token_digest=digest(token))
    return _stop(_ensured(locked.first()), StoppedBy.LINK, by=None)


@transaction.atomic
def stop(*, lost, reason, by) -> LostFactor:
    """An officer stops it. Raises Refused, code `over`, `lapsed` or `oneself`."""
    lost = _locked(lost)
    rules.ensure_another_person(officer=by.pk, concerned=lost.user_id)
    return _stop(_ensured(lost), StoppedBy.OFFICER, by=by, reason=reason)


@transaction.atomic
def stop_by_factor(*, user) -> None:
    """Whoever proves the factor has not lost it."""
    for lost in LostFactor.objects.open().filter(user=user).select_for_update(of=("self",)):
        _stop(lost, StoppedBy.FACTOR, by=user)


def _stop(lost, how, *, by, reason="") -> LostFactor:
    lost.stopped_by, lost.stop_reason = how, reason
    return _end(lost, FactorState.STOPPED, Verb.FACTOR_STOPPED, by=by, how=how)


def _end(lost, state, verb, *, by, **facts) -> LostFactor:
    lost.state, lost.ended_at = state, database_now()
    lost.save(update_fields=["state", "ended_at", "stopped_by", "stop_reason"])
    record(verb, target=lost, by=by, **facts)
    return lost


# --- The clock ----------------------------------------------------------------------------------------------------


@transaction.atomic
def carry_out(*, lost) -> LostFactor:
    """Remove every factor of the login, end its sessions and void its links. The next sign-in is led to a new factor.

    Raises Refused, code `over` or `not-due`.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=lost.user_id)
    lost = _locked(lost)
    rules.ensure_due(state=lost.state, due_at=lost.due_at, now=database_now())
    if not user.is_active:
        return _stop(lost, StoppedBy.CLOSED, by=None)
    count, _by_model = Authenticator.objects.filter(user_id=user.pk).delete()
    accounts.note_factor_change(user=user, change="factors_restored", session_key="", by=None)
    return _end(lost, FactorState.RESTORED, Verb.FACTOR_RESTORED, by=None, factors=count)


@transaction.atomic
def lapse(*, lost) -> LostFactor:
    """Write down that the two officers did not come in time. Raises Refused, code `over`."""
    lost = _locked(lost)
    if not rules.is_lapsed(state=lost.state, asked_at=lost.asked_at, now=database_now()):
        raise Refused(_("This request is over. Nothing more happens by it."), code="over")
    return _end(lost, FactorState.LAPSED, Verb.FACTOR_LAPSED, by=None)


def carry_out_due() -> int:
    """Carry out what is due and end what has lapsed, each in a transaction of its own; says how many.

    One that fails is logged and does not hold up the others; the next round comes back to it.
    """
    now, count = database_now(), 0
    late = LostFactor.objects.unconfirmed(since=now - rules.LAPSES_AFTER)
    for act, rows in ((lapse, late), (carry_out, LostFactor.objects.due(at=now))):
        for lost in rows.order_by("pk"):
            try:
                act(lost=lost)
                count += 1
            except Refused:  # another worker, or whoever it concerns, was faster
                continue
            except Exception:
                logger.exception("Request %s about a lost factor could not be ended.", lost.pk)
    return count
