"""Proposing milestones, taking them on, and saying what came of them."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import ensure_unchanged
from taskforces.actions.steps import locked
from taskforces.choices import MilestoneState
from taskforces.models import Milestone
from taskforces.rules import groups as of_groups
from taskforces.rules import milestones as rules


def _locked(milestone) -> Milestone:
    """The milestone, locked after its group. Raises Refused, code `concluded`."""
    group = locked(milestone.group)
    of_groups.ensure_going_on(group.state)
    return Milestone.objects.select_for_update(of=("self",)).select_related("group").get(pk=milestone.pk)


@transaction.atomic
def propose(*, group, by, title, details="", due_on=None) -> Milestone:
    """Propose something to reach. Raises Refused, code `concluded`."""
    group = locked(group)
    of_groups.ensure_going_on(group.state)
    milestone = Milestone.objects.create(group=group, title=title, details=details, due_on=due_on)
    record(Verb.GROUP_MILESTONE_PROPOSED, target=milestone, by=by)
    return milestone


@transaction.atomic
def take_on(*, milestone, by) -> Milestone:
    """Make a proposed milestone one of the group's. Raises Refused, code `no-such-step`."""
    milestone = _locked(milestone)
    rules.ensure_follows(milestone.state, MilestoneState.CURRENT)
    milestone.state = MilestoneState.CURRENT
    milestone.save(update_fields=["state"])
    record(Verb.GROUP_MILESTONE_TAKEN_ON, target=milestone, by=by)
    return milestone


@transaction.atomic
def change(*, milestone, by, revision, title, details="", due_on=None) -> Milestone:
    """Say a milestone in other words, or move its date. Raises Refused, code `ended`, or `stale`."""
    milestone = _locked(milestone)
    rules.ensure_open(milestone.state)
    ensure_unchanged(saved=milestone.revision, revision=revision)
    milestone.title, milestone.details, milestone.due_on = title, details, due_on
    milestone.revision += 1
    milestone.save(update_fields=["title", "details", "due_on", "revision"])
    record(Verb.GROUP_MILESTONE_CHANGED, target=milestone, by=by)
    return milestone


@transaction.atomic
def end(*, milestone, state, outcome, by, evidence="") -> Milestone:
    """Say that a milestone was reached, with what shows it, or that it is dropped, and why.

    Raises Refused, code `no-such-step` or `no-outcome`.
    """
    milestone = _locked(milestone)
    rules.ensure_follows(milestone.state, MilestoneState(state))
    rules.ensure_outcome(outcome)
    milestone.state, milestone.outcome, milestone.evidence = state, outcome.strip(), evidence
    milestone.ended_at = database_now()
    milestone.save(update_fields=["state", "outcome", "evidence", "ended_at"])
    record(Verb.GROUP_MILESTONE_ENDED, target=milestone, by=by, state=state)
    return milestone
