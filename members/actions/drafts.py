"""How a ballot comes to be: numbered without a gap, with everything it is prepared with."""

from django.utils import translation

from members.actions import rights
from members.actions.logs import Log
from members.audit import record
from members.choices.ballots import EventType
from members.choices.protection import SEALED_SERIES
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.numbers import next_number
from members.models import Application, Ballot, DecisionRule
from members.permissions.protection import is_protected
from members.rules.admissions import QUESTIONS, consequences

SERIES = "SC"


def draft(*, application: Application, rule: DecisionRule, by, parent=None) -> Ballot:
    """Write a ballot on the newest version of an application, not open yet, inside the transaction of an act."""
    version, now = application.current_version, database_now()
    series = SEALED_SERIES if is_protected(application.applicant) else SERIES
    with translation.override("en"):
        consequence = consequences(
            tier=application.tier.short_name,
            holder_kind=application.holder_kind,
            months=application.terms.term_months,
        )
    ballot = Ballot.objects.create(
        number=f"{series}-{now.year}-{next_number(series, now.year):03d}",
        rule=rule,
        rule_snapshot={name: getattr(rule, name) for name in ("key", "version", "title", "source", "settings")},
        subject=application,
        subject_version=version.number,
        subject_digest=version.digest,
        question=QUESTIONS[application.tier.short_name],
        consequence="\n".join(consequence),
        parent=parent,
        prepared_by=by,
        prepared_at=now,
    )
    Log(ballot).append(EventType.PREPARED, by=by)
    rights.settle(ballot)
    record(Verb.BALLOT_PREPARED, target=ballot, by=by, application=application.pk)
    return ballot
