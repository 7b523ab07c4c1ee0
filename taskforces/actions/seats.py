"""Seats in working groups: granted, given back, ended, and lost with membership."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import rights, terms
from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import Person, StaffTerm
from members.rules.terms import ensure_days
from taskforces.choices import OFFERED, ONE_AT_A_TIME, InvitationState, RequestState, SeatKind
from taskforces.models import GroupInvitation, GroupSeat, JoinRequest, WorkingGroup
from taskforces.permissions.groups import visible_to
from taskforces.permissions.seats import taking_part
from taskforces.permissions.table import GroupRight
from taskforces.rules import groups as of_groups
from taskforces.rules import seats as rules


def manages(user, group: WorkingGroup) -> bool:
    """Whether somebody acts for the Secretariat here, and not as a chair."""
    return visible_to(user, right=GroupRight.MANAGE_GROUP).filter(pk=group.pk).exists()


def current(person: Person, group: WorkingGroup, *, on):
    """The seat of somebody in a group, in force or to come, whether or not they take part still."""
    own = GroupSeat.objects.filter(group=group, person=person)
    return (own.in_force(on=on) | own.to_come(on=on)).first()


def give(*, group, person, role, by, ends_on=None) -> GroupSeat:
    """Write a seat from today on. The group is locked, and the person sits nowhere in it. Part of an act.

    Raises Refused, code `no-such-role`, `role-taken`, `protected`, `not-serving`, `not-taking-part` or `no-days`.
    """
    now = database_now()
    rules.ensure_role(role=role, roles=group.kind.roles)
    ensure_days(now.date(), ends_on)
    held = GroupSeat.objects.filter(group=group, role=role)
    rules.ensure_holder(
        role=role,
        is_taken=role in ONE_AT_A_TIME and (held.in_force(on=now.date()) | held.to_come(on=now.date())).exists(),
        is_protected=Person.objects.filter(pk=person.pk, protection__isnull=False).exists(),
        serves=StaffTerm.objects.in_force(on=now.date()).filter(person=person).exists(),
    )
    seat = GroupSeat.objects.create(
        group=group, person=person, role=role, starts_on=now.date(), ends_on=ends_on, granted_by=by, granted_at=now
    )
    if not GroupSeat.objects.filter(taking_part(on=now.date()), pk=seat.pk).exists():
        raise Refused(_("Only who takes part in the platform can be in a group."), code="not-taking-part")
    rights.recompute_people(person)
    return seat


@transaction.atomic
def grant(*, group, person, role, by, ends_on=None) -> GroupSeat:
    """Give somebody a seat, or another role from today on: the seat they had ends then.

    Chairs do that for people of their group; the Secretariat for everybody, the chairs among them.
    """
    group = WorkingGroup.objects.select_for_update(of=("self",)).select_related("kind").get(pk=group.pk)
    of_groups.ensure_going_on(group.state)
    held = current(person, group, on=database_now().date())
    rules.ensure_grantable(role=role, held=held.role if held else None, in_office=manages(by, group))
    if held:
        terms.end(held, by=by)
    seat = give(group=group, person=person, role=role, by=by, ends_on=ends_on)
    close_waiting(group=group, person=person)
    record(Verb.GROUP_SEAT_GRANTED, target=seat, by=by, role=role)
    return seat


@transaction.atomic
def end(*, seat, by, reason="") -> GroupSeat:
    """End somebody's seat today, with the rights that came of it. Raises Refused, code `over` or `not-yours`."""
    if seat.role not in OFFERED and not manages(by, seat.group):
        raise Refused(_("The Secretariat names who chairs, and who keeps contact."), code="not-yours")
    return _ended(seat, by=by, reason=reason, verb=Verb.GROUP_SEAT_ENDED)


@transaction.atomic
def leave(*, seat, by) -> GroupSeat:
    """Give one's own seat back today. Raises Refused, code `over`."""
    return _ended(seat, by=by, reason="", verb=Verb.GROUP_LEFT)


def _ended(seat, *, by, reason, verb) -> GroupSeat:
    seat = terms.end(seat, by=by, reason=reason)
    rights.recompute_people(seat.person)
    record(verb, target=seat, by=by)
    return seat


def end_all(*, group, by) -> None:
    """End every seat of a group, and close what waits for an answer. Part of concluding it."""
    today = database_now().date()
    running = GroupSeat.objects.filter(group=group)
    running = (running.in_force(on=today) | running.to_come(on=today)).order_by("pk")
    rights.recompute_people(*[terms.end(seat, by=by).person for seat in running])
    close_waiting(group=group)


def close_waiting(*, group=None, person=None) -> None:
    """Close open requests and invitations of a group or a person: another act has answered them. Part of that act."""
    which = {name: row for name, row in (("group", group), ("person", person)) if row is not None}
    now = database_now()
    JoinRequest.objects.open().filter(**which).update(state=RequestState.WITHDRAWN, answered_at=now)
    GroupInvitation.objects.open().filter(**which).update(state=InvitationState.WITHDRAWN, answered_at=now)


@transaction.atomic
def end_of_those_gone(*, people, by) -> int:
    """End the seats of those of some people who take part in the platform no more; says how many."""
    today = database_now().date()
    running = GroupSeat.objects.filter(person__in=people)
    running = running.in_force(on=today) | running.to_come(on=today)
    gone = list(running.exclude(taking_part(on=today)).select_related("person").order_by("pk"))
    for seat in gone:
        _ended(seat, by=by, reason="", verb=Verb.GROUP_SEAT_ENDED)
    for person in {seat.person for seat in gone}:
        close_waiting(person=person)
    return len(gone)


@transaction.atomic
def go_behind_handle(*, person) -> None:
    """Somebody is protected from now on: an office, whose holder everybody knows, becomes a member's seat, and what
    they said of themselves when they asked to join goes.
    """
    today = database_now().date()
    held = GroupSeat.objects.in_force(on=today).filter(person=person, role__in=[*ONE_AT_A_TIME, SeatKind.LIAISON])
    for seat in held.select_related("group__kind").order_by("pk"):
        terms.end(seat, by=None)
        GroupSeat.objects.create(
            group=seat.group,
            person=person,
            role=SeatKind.MEMBER,
            starts_on=today,
            ends_on=seat.ends_on,
            granted_at=database_now(),
        )
    JoinRequest.objects.filter(person=person).exclude(message="").update(message="")
    rights.recompute_people(person)


@transaction.atomic
def forget(*, person) -> None:
    """Somebody is being erased: their seats end, and what was written about them goes. That they sat stays."""
    today = database_now().date()
    running = GroupSeat.objects.filter(person=person)
    for seat in (running.in_force(on=today) | running.to_come(on=today)).order_by("pk"):
        _ended(seat, by=None, reason="", verb=Verb.GROUP_SEAT_ENDED)
    close_waiting(person=person)
    GroupSeat.objects.filter(person=person).exclude(end_reason="").update(end_reason="")
    JoinRequest.objects.filter(person=person).update(message="", reason="")
