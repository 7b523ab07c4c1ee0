"""Who sits on the steering committee, who chairs it, and who serves in the Secretariat."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from members.actions import rights, terms
from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import ChairTerm, SeatTerm, StaffTerm, SteeringSeat
from members.rules.terms import ensure_days


@transaction.atomic
def open_seat(*, by, organisation=None, person=None) -> SteeringSeat:
    """Give a steering member its seat, under the next number."""
    SteeringSeat.objects.select_for_update().order_by("number").last()
    number = (SteeringSeat.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    return SteeringSeat.objects.create(
        number=number, organisation=organisation, person=person, opened_on=database_now().date()
    )


@transaction.atomic
def fill_seat(*, seat, person, role, by, starts_on=None, ends_on=None) -> SeatTerm:
    """Let a person fill a seat as principal or alternate.

    Raises Refused, code `role-taken` where the seat has one, `two-seats` where the person fills another.
    """
    now = database_now()
    starts_on = starts_on or now.date()
    ensure_days(starts_on, ends_on)
    seat = SteeringSeat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    in_force = SeatTerm.objects.in_force(on=starts_on)
    if in_force.filter(person=person).exists():
        raise Refused(_("Nobody fills two seats."), code="two-seats", field="person")
    if in_force.filter(seat=seat, role=role).exists():
        raise Refused(_("The seat has such a holder already. End that term first."), code="role-taken", field="role")
    term = SeatTerm.objects.create(
        seat=seat, person=person, role=role, starts_on=starts_on, ends_on=ends_on, granted_by=by, granted_at=now
    )
    rights.recompute_people(person)
    record(Verb.SEAT_FILLED, target=term, by=by, seat=seat.pk, role=role)
    return term


@transaction.atomic
def vacate_seat(*, term, by, reason="") -> SeatTerm:
    """End a term on a seat today. Positions the seat has taken stay the seat's. Raises Refused, code `over`."""
    term = terms.end(term, by=by, reason=reason)
    rights.recompute_people(term.person)
    record(Verb.SEAT_VACATED, target=term, by=by, seat=term.seat_id)
    return term


@transaction.atomic
def appoint_chair(*, person, by, ends_on, starts_on=None) -> ChairTerm:
    """Let a steering member chair the committee for a term."""
    now = database_now()
    starts_on = starts_on or now.date()
    ensure_days(starts_on, ends_on)
    term = ChairTerm.objects.create(person=person, starts_on=starts_on, ends_on=ends_on, granted_by=by, granted_at=now)
    rights.recompute_people(person)
    record(Verb.SEAT_FILLED, target=term, by=by, chair=True)
    return term


@transaction.atomic
def end_chair(*, term, by, reason="") -> ChairTerm:
    """End a term as chair today, so that another can follow. Raises Refused, code `over`."""
    term = terms.end(term, by=by, reason=reason)
    rights.recompute_people(term.person)
    record(Verb.SEAT_VACATED, target=term, by=by, chair=True)
    return term


@transaction.atomic
def appoint_staff(*, person, role, by, starts_on=None, ends_on=None) -> StaffTerm:
    """Let a person serve in the Secretariat."""
    now = database_now()
    starts_on = starts_on or now.date()
    ensure_days(starts_on, ends_on)
    term = StaffTerm.objects.create(
        person=person, role=role, starts_on=starts_on, ends_on=ends_on, granted_by=by, granted_at=now
    )
    rights.recompute_people(person)
    record(Verb.STAFF_APPOINTED, target=term, by=by, role=role)
    return term


@transaction.atomic
def end_staff(*, term, by, reason="") -> StaffTerm:
    """End a term in the Secretariat today, and the rights with it. Raises Refused, code `over`."""
    term = terms.end(term, by=by, reason=reason)
    rights.recompute_people(term.person)
    record(Verb.STAFF_ENDED, target=term, by=by)
    return term
