"""Inviting somebody into a working group, and what they answer."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from taskforces.actions import seats
from taskforces.actions.steps import locked
from taskforces.choices import InvitationState
from taskforces.models import GroupInvitation, GroupSeat
from taskforces.queries.eligibility import eligible
from taskforces.rules import groups as of_groups
from taskforces.rules import seats as rules


@transaction.atomic
def invite(*, group, person, role, by) -> GroupInvitation:
    """Ask a member into a group; whoever is not eligible, as an observer.

    Raises Refused, code `concluded`, `no-such-role`, `not-yours`, `sits`, `has-been-invited` or `not-eligible`.
    """
    group, today = locked(group), database_now().date()
    of_groups.ensure_going_on(group.state)
    rules.ensure_role(role=role, roles=group.kind.roles)
    rules.ensure_offered(
        role=role,
        in_office=seats.manages(by, group),
        sits=seats.current(person, group, on=today) is not None,
        has_been_invited=GroupInvitation.objects.open().filter(group=group, person=person).exists(),
    )
    rules.ensure_fits(role=role, is_eligible=eligible(person, group, to=by, on=today))
    invitation = GroupInvitation.objects.create(group=group, person=person, role=role, invited_by=by)
    record(Verb.GROUP_INVITED, target=invitation, by=by)
    return invitation


def _answer(invitation, state) -> GroupInvitation:
    invitation = GroupInvitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation.pk)
    rules.ensure_open(invitation.state)
    invitation.state, invitation.answered_at = state, database_now()
    invitation.save(update_fields=["state", "answered_at"])
    return invitation


@transaction.atomic
def accept(*, invitation, by) -> GroupSeat:
    """Take the seat one is offered, from today on. Raises Refused, code `answered`, `concluded` or `role-taken`."""
    group = locked(invitation.group)
    of_groups.ensure_going_on(group.state)
    invitation = _answer(invitation, InvitationState.ACCEPTED)
    rules.ensure_not_seated(sits=seats.current(invitation.person, group, on=database_now().date()) is not None)
    seat = seats.give(group=group, person=invitation.person, role=invitation.role, by=by)
    seats.close_waiting(group=group, person=invitation.person)
    record(Verb.GROUP_INVITATION_ACCEPTED, target=invitation, by=by, seat=seat.pk)
    return seat


@transaction.atomic
def decline(*, invitation, by) -> GroupInvitation:
    """Thank, and not come. Raises Refused, code `answered`."""
    invitation = _answer(invitation, InvitationState.DECLINED)
    record(Verb.GROUP_INVITATION_DECLINED, target=invitation, by=by)
    return invitation


@transaction.atomic
def withdraw(*, invitation, by) -> GroupInvitation:
    """Take an invitation back that nobody has answered. Raises Refused, code `answered`."""
    invitation = _answer(invitation, InvitationState.WITHDRAWN)
    record(Verb.GROUP_INVITATION_WITHDRAWN, target=invitation, by=by)
    return invitation
