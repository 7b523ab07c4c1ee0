"""Which report of a group is due next."""

from datetime import date

from taskforces.choices import Feature, GroupState
from taskforces.models import GroupStep, WorkingGroup
from taskforces.rules import reports as rules


def period_of(group: WorkingGroup) -> tuple[date, date] | None:
    """The first and last day of the period that is reported next; None where the group never was active."""
    active = GroupStep.objects.filter(group=group, state=GroupState.ACTIVE).order_by("pk").first()
    if active is None:
        return None
    last = group.reports.first()
    return rules.period_due(
        since=active.taken_at.date(), last=last.covers_to if last else None, every=group.kind.report_every
    )


def overdue_since(group: WorkingGroup, *, on: date) -> date | None:
    """The last day of a period that should have been reported before a day, if there is one. Who rests owes none."""
    owes = group.kind.has(Feature.REPORTS) and group.state == GroupState.ACTIVE
    period = period_of(group) if owes else None
    return period[1] if period and rules.is_overdue(covers_to=period[1], on=on) else None
