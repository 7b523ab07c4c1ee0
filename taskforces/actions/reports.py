"""Filing the report of a period."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import today
from taskforces.actions.steps import locked
from taskforces.models import GroupReport
from taskforces.queries.reports import period_of
from taskforces.rules import reports as rules


@transaction.atomic
def file(*, group, by, done, plans, obstacles="", needs="") -> GroupReport:
    """File the report of the period that is due next, up to today where it is not over.

    Raises Refused, code `not-active` or `too-early`.
    """
    group, on = locked(group), today()
    first, last = period_of(group) or (on, on)
    rules.ensure_reports(state=group.state, first=first, on=on)
    report = GroupReport.objects.create(
        group=group,
        covers_from=first,
        covers_to=min(last, on),
        done=done.strip(),
        plans=plans.strip(),
        obstacles=obstacles.strip(),
        needs=needs.strip(),
    )
    record(Verb.GROUP_REPORTED, target=report, by=by)
    return report
