"""A sealed identity is seen: asked for with a reason, agreed to by two custodians of two institutions, looked at once.

Every refusal is on the record too: who tries what they may not is worth knowing.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import rights, terms
from members.audit import record
from members.choices.protection import UnsealingState
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import CustodianTerm, Custody, Person, Protection, Unsealing
from members.permissions.custody import institutions_of, is_custodian
from members.queries.sealed import identity_of
from members.rules import custody as rules
from members.rules.terms import ensure_days


@contextmanager
def _refusals_recorded(unsealing: Unsealing, *, act: str, by):
    """One transaction; where it is refused, nothing of it stays but the record of the refusal."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        record_refusal(unsealing=unsealing, act=act, code=refused.code, by=by)
        raise


@transaction.atomic
def record_refusal(*, unsealing, act, code, by) -> None:
    """Write down that somebody was refused."""
    record(Verb.UNSEALING_REFUSED, target=unsealing, by=by, act=act, code=code)


def _locked(unsealing: Unsealing) -> Unsealing:
    rows = Unsealing.objects.select_for_update(of=("self",)).select_related("protection__user", "asked_by")
    return rows.get(pk=unsealing.pk)


def _is_lapsed(unsealing: Unsealing, now) -> bool:
    return rules.is_lapsed(
        state=unsealing.state, asked_at=unsealing.asked_at, approved_at=unsealing.approved_at, now=now
    )


# --- Custodians ---------------------------------------------------------------------------------------------------


@transaction.atomic
def appoint(*, person, by, starts_on=None, ends_on=None) -> CustodianTerm:
    """Let a person serve as custodian. Raises Refused, code `serves`."""
    now = database_now()
    starts_on = starts_on or now.date()
    ensure_days(starts_on, ends_on)
    if CustodianTerm.objects.in_force(on=starts_on).filter(person=person).exists():
        raise Refused(_("This person serves as custodian already."), code="serves", field="person")
    term = CustodianTerm.objects.create(
        person=person, starts_on=starts_on, ends_on=ends_on, granted_by=by, granted_at=now
    )
    record(Verb.CUSTODIAN_APPOINTED, target=term, by=by)
    rights.recompute_people(person)
    return term


@transaction.atomic
def end(*, term, by, reason="") -> CustodianTerm:
    """End a term as custodian today. Raises Refused, code `over`."""
    term = terms.end(term, by=by, reason=reason)
    record(Verb.CUSTODIAN_ENDED, target=term, by=by)
    rights.recompute_people(term.person)
    return term


# --- Asking and deciding ------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, handle, reason, by) -> Unsealing:
    """Ask to see who stands behind a handle. Whether anybody goes by it is not said. Asked twice, it is the first."""
    handle = " ".join(handle.split())
    known = Unsealing.objects.open().filter(asked_by=by, handle__iexact=handle).first()
    if known and not _is_lapsed(known, database_now()):
        return known
    if known:
        known.state, known.ended_at = UnsealingState.LAPSED, database_now()
        known.save(update_fields=["state", "ended_at"])
    protection = Protection.objects.filter(handle__iexact=handle).first()
    unsealing = Unsealing.objects.create(handle=handle, protection=protection, reason=reason, asked_by=by)
    record(Verb.UNSEALING_ASKED, target=unsealing, by=by)
    return unsealing


def approve(*, unsealing, by) -> Unsealing:
    """A custodian agrees. The second, of another institution, opens the way for one look.

    Raises Refused as `rules.ensure_may_decide` does; that, too, is recorded.
    """
    with _refusals_recorded(unsealing, act="approve", by=by):
        unsealing, now = _decided(unsealing, by=by, approves=True), database_now()
        second = unsealing.state == UnsealingState.APPROVED_ONCE
        unsealing.state = UnsealingState.APPROVED if second else UnsealingState.APPROVED_ONCE
        unsealing.approved_at = now if second else None
        unsealing.save(update_fields=["state", "approved_at"])
        record(Verb.UNSEALING_APPROVED, target=unsealing, by=by, complete=second)
    return unsealing


def decline(*, unsealing, note, by) -> Unsealing:
    """A custodian declines, with a note for whoever asked; that ends the request. Raises Refused as `approve` does."""
    with _refusals_recorded(unsealing, act="decline", by=by):
        unsealing = _decided(unsealing, by=by, approves=False, note=note)
        unsealing.state, unsealing.ended_at = UnsealingState.DECLINED, database_now()
        unsealing.save(update_fields=["state", "ended_at"])
        record(Verb.UNSEALING_DECLINED, target=unsealing, by=by)
    return unsealing


def _decided(unsealing, *, by, approves, note="") -> Unsealing:
    unsealing, now = _locked(unsealing), database_now()
    person = Person.objects.filter(user=by).first()
    custodies = list(unsealing.custodies.all())
    organisation = rules.ensure_may_decide(
        state=unsealing.state,
        lapsed=_is_lapsed(unsealing, now),
        is_custodian=is_custodian(by, on=now.date()),
        is_asker=unsealing.asked_by_id == by.pk,
        is_concerned=unsealing.protection is not None and unsealing.protection.user_id == by.pk,
        decided_before=any(row.custodian_id == person.pk for row in custodies) if person else False,
        organisations=_institutions(person, custodies, on=now.date()),
        taken=_taken(custodies, on=now.date()),
    )
    Custody.objects.create(
        unsealing=unsealing, custodian=person, organisation_id=organisation, approves=approves, note=note
    )
    return unsealing


def _institutions(person: Person | None, custodies: list[Custody], *, on) -> list[int]:
    """The institutions a custodian may decide for. None while where one who decides belongs to is sealed: that two are
    of one institution could not be seen.
    """
    deciding = [row.custodian_id for row in custodies] + [person.pk if person else None]
    if person is None or Protection.objects.filter(person__in=deciding).exists():
        return []
    return institutions_of(person, on=on)


def _taken(custodies: list[Custody], *, on) -> set[int]:
    """The institutions that have decided: those decided for, and all others of the same custodians."""
    named = {row.organisation_id for row in custodies}
    return named.union(*(institutions_of(row.custodian, on=on) for row in custodies))


# --- Looking ------------------------------------------------------------------------------------------------------


def look(*, unsealing, session_key, by) -> dict | None:
    """See the identity, once: the look begins now and lasts half an hour, in this session alone.

    None where nobody goes by the handle. Raises Refused as `rules.ensure_may_look` does; that, too, is recorded.
    """
    with _refusals_recorded(unsealing, act="look", by=by):
        unsealing, now = _locked(unsealing), database_now()
        rules.ensure_may_look(
            state=unsealing.state,
            is_asker=unsealing.asked_by_id == by.pk,
            lapsed=_is_lapsed(unsealing, now),
            looked_at=unsealing.looked_at,
            same_session=bool(session_key) and unsealing.looked_in == session_key,
            now=now,
        )
        if unsealing.looked_at is None:
            unsealing.state, unsealing.looked_at, unsealing.looked_in = UnsealingState.LOOKED, now, session_key
            unsealing.ended_at = now
            unsealing.save(update_fields=["state", "looked_at", "looked_in", "ended_at"])
            record(Verb.UNSEALING_LOOKED, target=unsealing, by=by)
        return identity_of(unsealing.protection) if unsealing.protection else None
