"""The register of decisions, as anybody may read it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from members.choices.applications import ApplicationState
from members.choices.ballots import VERDICT_TONES, Verdict
from members.choices.protection import SEALED_SERIES
from members.kernel.clock import today
from members.models import Application, Decision
from members.permissions.ballots import readable_by, visible_to
from members.permissions.matters import is_about
from members.queries.ballots import questions_for
from members.rules import sheets
from members.rules.counting import Sheet


@dataclass(frozen=True)
class Entry:
    """One decision, with its question in the words this reader may know."""

    number: str
    question: str
    verdict: str
    decided_at: datetime
    decision: Decision

    @property
    def label(self) -> str:
        return Verdict(self.verdict).label

    @property
    def tone(self) -> str:
        return VERDICT_TONES[self.verdict]

    @property
    def sheet(self) -> Sheet:
        return Sheet.from_record(self.decision.ballot.sheet)

    @property
    def sentence(self) -> str:
        """The count in a sentence."""
        return sheets.sentence(self.sheet)


def register(viewer=None, *, on: date | None = None) -> QuerySet[Decision]:
    """The decisions a viewer may know of, the newest first, with what an entry reads.

    Those of the sealed series are known to whoever may see their ballot, and to nobody else.
    """
    sealed = Q(number__startswith=f"{SEALED_SERIES}-")
    seen = Q()
    if viewer is not None and viewer.is_authenticated:
        seen = Q(ballot__in=visible_to(viewer, on=on or today()).values("pk"))
    rows = Decision.objects.filter(~sealed | seen) if seen else Decision.objects.exclude(sealed)
    return rows.select_related("ballot__rule", "ballot__subject_type").order_by("-decided_at", "-pk")


def entries(viewer, decisions, *, on: date) -> list[Entry]:
    """Decisions as entries of the register, in a fixed number of statements. `viewer` is None for everybody."""
    rows = list(decisions)
    questions = questions_for(viewer, [row.ballot for row in rows], on=on)
    return [Entry(row.number, questions[row.ballot_id], row.verdict, row.decided_at, row) for row in rows]


def told_to(viewer, decision: Decision, *, on: date) -> Application | None:
    """The application that was refused, for those who may read why: its applicant, and who reads the ballot's dossier.

    The register itself names neither who was refused nor the reasons.
    """
    if not viewer.is_authenticated or not is_about(decision.ballot, Application):
        return None
    refused = Application.objects.filter(pk=decision.ballot.subject_id, state=ApplicationState.REFUSED).first()
    if refused and refused.applicant_id == viewer.pk:
        return refused
    return refused if readable_by(viewer, on=on).filter(pk=decision.ballot_id).exists() else None


def latest(limit: int, *, viewer=None, on: date | None = None) -> list[Entry]:
    """The newest decisions, for the first page: in the words everybody may know unless a viewer is named."""
    return entries(viewer, register()[:limit], on=on or today())
