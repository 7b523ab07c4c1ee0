"""Asking to join a working group, and what its chairs answer."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from taskforces.actions import seats
from taskforces.actions.steps import locked
from taskforces.choices import RequestState, SeatKind
from taskforces.models import GroupSeat, JoinRequest
from taskforces.queries.eligibility import eligible
from taskforces.rules import groups as of_groups
from taskforces.rules import seats as rules


@transaction.atomic
def ask(*, group, person, by, message="") -> JoinRequest | GroupSeat:
    """Ask to join a group. Where its kind lets everybody in who is eligible, the seat is there at once.

    Raises Refused, code `not-active`, `by-invitation`, `sits`, `has-asked` or `not-eligible`.
    """
    group, today = locked(group), database_now().date()
    is_eligible = eligible(person, group, to=by, on=today)
    rules.ensure_may_ask(
        state=group.state,
        joined_by=group.kind.joined_by,
        is_eligible=is_eligible,
        sits=seats.current(person, group, on=today) is not None,
        has_asked=JoinRequest.objects.open().filter(group=group, person=person).exists(),
    )
    if rules.joins_at_once(joined_by=group.kind.joined_by, is_eligible=is_eligible):
        seat = seats.give(group=group, person=person, role=SeatKind.MEMBER, by=by)
        seats.close_waiting(group=group, person=person)
        record(Verb.GROUP_JOINED, target=seat, by=by)
        return seat
    request = JoinRequest.objects.create(group=group, person=person, message=message)
    record(Verb.GROUP_ASKED, target=request, by=by)
    return request


def _answer(request, state, *, by, reason="") -> JoinRequest:
    """The request with its answer, locked after its group. Raises Refused, code `answered`."""
    request = JoinRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    rules.ensure_open(request.state)
    request.state, request.reason = state, reason
    request.answered_by, request.answered_at = by, database_now()
    request.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    return request


@transaction.atomic
def withdraw(*, request, by) -> JoinRequest:
    """Take one's own request back. Raises Refused, code `answered`."""
    request = _answer(request, RequestState.WITHDRAWN, by=by)
    record(Verb.GROUP_ASKING_WITHDRAWN, target=request, by=by)
    return request


@transaction.atomic
def accept(*, request, by) -> GroupSeat:
    """Take somebody in as a member from today on. Raises Refused, code `answered`, `concluded` or `sits`."""
    group = locked(request.group)
    of_groups.ensure_going_on(group.state)
    request = _answer(request, RequestState.ACCEPTED, by=by)
    rules.ensure_not_seated(sits=seats.current(request.person, group, on=database_now().date()) is not None)
    seat = seats.give(group=group, person=request.person, role=SeatKind.MEMBER, by=by)
    seats.close_waiting(group=group, person=request.person)
    record(Verb.GROUP_ADMITTED, target=request, by=by, seat=seat.pk)
    return seat


@transaction.atomic
def decline(*, request, reason, by) -> JoinRequest:
    """Say no, and why: whoever asked reads the reason. Raises Refused, code `answered` or `no-reason`."""
    of_groups.ensure_reason(reason)
    request = _answer(request, RequestState.DECLINED, by=by, reason=reason.strip())
    record(Verb.GROUP_DECLINED, target=request, by=by)
    return request
