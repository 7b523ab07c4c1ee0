"""Granting and ending memberships. A decision grants; the founding members alone came before there were ballots."""

from django.db import transaction

from members.actions import rights, terms
from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import Membership
from members.rules.terms import add_months
from members.signals import membership_began, membership_ended


@transaction.atomic
def grant(*, tier_terms, by, person=None, organisation=None, decision=None, starts_on=None) -> Membership:
    """Grant a term in a tier to a person or an organisation, for as long as the tier's terms say.

    With a decision it is the outcome of a ballot; without one it is a founding membership. The rights of the holder
    begin at once, or at midnight UTC of a later first day.
    """
    now = database_now()
    starts_on = starts_on or now.date()
    membership = Membership.objects.create(
        tier=tier_terms.tier,
        terms=tier_terms,
        person=person,
        organisation=organisation,
        decision=decision,
        founding=decision is None,
        starts_on=starts_on,
        ends_on=add_months(starts_on, tier_terms.term_months),
        granted_by=by,
        granted_at=now,
    )
    rights.body_of_tier(membership.tier)
    if organisation:
        rights.recompute_organisation(organisation)
    else:
        rights.recompute_people(person)
    verb = Verb.ADMITTED if decision else Verb.FOUNDED
    record(verb, target=membership, by=by, tier=membership.tier.short_name)
    membership_began.send(Membership, membership=membership, by=by)
    return membership


@transaction.atomic
def end(*, membership, by, reason="") -> Membership:
    """End a membership today, with all rights that came of it. Raises Refused, code `over`."""
    membership = terms.end(membership, by=by, reason=reason)
    if membership.organisation:
        rights.recompute_organisation(membership.organisation)
    else:
        rights.recompute_people(membership.person)
    record(Verb.MEMBERSHIP_ENDED, target=membership, by=by)
    membership_ended.send(Membership, membership=membership, by=by)
    return membership
