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
from members.models import Ballot, DecisionRule
from members.permissions.matters import matter_for

SERIES = "SC"


def draft(*, subject, rule: DecisionRule, by, parent=None) -> Ballot:
    """Write a ballot on the newest version of a subject, not open yet, inside the transaction of an act."""
    matter, now = matter_for(subject), database_now()
    version, digest = matter.newest(subject)
    series = SEALED_SERIES if matter.is_sealed(subject) else SERIES
    with translation.override("en"):
        consequence = matter.consequences(None, subject)
    ballot = Ballot.objects.create(
        number=f"{series}-{now.year}-{next_number(series, now.year):03d}",
        rule=rule,
        rule_snapshot={name: getattr(rule, name) for name in ("key", "version", "title", "source", "settings")},
        subject=subject,
        subject_version=version,
        subject_digest=digest,
        question=matter.question(subject),
        consequence="\n".join(consequence),
        parent=parent,
        prepared_by=by,
        prepared_at=now,
    )
    Log(ballot).append(EventType.PREPARED, by=by)
    rights.settle(ballot)
    record(Verb.BALLOT_PREPARED, target=ballot, by=by, subject=subject.pk)
    return ballot
