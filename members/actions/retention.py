"""How long things are kept: periods revised, and what is old on this floor looked up and deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from members.actions import applications, erasures
from members.audit import record
from members.choices.applications import ApplicationState
from members.choices.own_data import CorrectionState
from members.choices.retention import Kept
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import (
    Application,
    AuditEvent,
    Correction,
    Correspondence,
    Download,
    EntryLink,
    LostFactor,
    RetentionPeriod,
)
from members.queries.retention import insiders, outsiders, over_since
from members.rules.retention import Outlook, ensure_few
from members.rules.tiers import ensure_changed, ensure_newest


@dataclass(frozen=True)
class Sweep:
    """How one kind is swept: all its rows, those older than an instant, and what is done with the old ones."""

    rows: Callable[[], QuerySet]
    old: Callable[[QuerySet, datetime], QuerySet]
    clear: Callable[[QuerySet], None]


# --- What is on this floor ----------------------------------------------------------------------------------------


def _delete(rows: QuerySet) -> None:
    rows.delete()


def _discard(drafts: QuerySet) -> None:
    """A draft goes as its applicant would discard it: what was written is forgotten, that it was begun is not."""
    for draft in drafts.order_by("pk"):
        applications.withdraw(application=draft, by=None)


def _erase_by_period(kind: Kept) -> Callable[[QuerySet], None]:
    """Who is over is erased as by an erasure they asked for: told at once, and after the same time to take it back."""

    def ask(logins: QuerySet) -> None:
        for user in logins.order_by("pk"):
            erasures.ask(user=user, by=None, because=kind.value)

    return ask


OVER = {
    "factors": lambda: LostFactor.objects.over().exclude(note="", stop_reason=""),
    "corrections": lambda: Correction.objects.exclude(text="", answer=""),
}

SWEEPS: dict[Kept, Sweep] = {
    Kept.DRAFT: Sweep(
        lambda: Application.objects.filter(state=ApplicationState.DRAFT, submitted_at=None),
        lambda rows, before: rows.filter(saved_at__lt=before),
        _discard,
    ),
    Kept.ENTRY_LINK: Sweep(
        EntryLink.objects.all,
        lambda rows, before: rows.filter(expires_at__lt=before),
        _delete,
    ),
    Kept.DOWNLOAD: Sweep(
        Download.objects.all,
        lambda rows, before: rows.over().filter(ended_at__lt=before),
        _delete,
    ),
    Kept.FACTOR_NOTE: Sweep(
        OVER["factors"],
        lambda rows, before: rows.filter(ended_at__lt=before),
        lambda rows: rows.update(note="", stop_reason=""),
    ),
    Kept.CORRESPONDENCE: Sweep(
        Correspondence.objects.all,
        lambda rows, before: rows.silent_since(before.date()),
        _delete,
    ),
    Kept.CORRECTION: Sweep(
        OVER["corrections"],
        lambda rows, before: rows.filter(~Q(state=CorrectionState.ASKED), ended_at__lt=before),
        lambda rows: rows.update(text="", answer=""),
    ),
    Kept.APPLICANT: Sweep(outsiders, over_since, _erase_by_period(Kept.APPLICANT)),
    Kept.FORMER_MEMBER: Sweep(insiders, over_since, _erase_by_period(Kept.FORMER_MEMBER)),
}
"""The kinds of this floor. Apps above add theirs where they carry it out."""


# --- Looking, and deleting ----------------------------------------------------------------------------------------


def outlook(kind: Kept, sweep: Sweep) -> Outlook:
    """What there is of a kind now, and how much of it is older than its period."""
    period, rows = RetentionPeriod.current(kind), sweep.rows()
    before = database_now() - timedelta(days=period.days)
    return Outlook(kind=kind, days=period.days, total=rows.count(), old=sweep.old(rows, before).count())


@transaction.atomic
def carry_out(kind: Kept, sweep: Sweep, *, by, is_asked_for=False) -> Outlook:
    """Delete what is older than its period. Raises Refused, code `too-much`, for more than its share of the rows."""
    found = outlook(kind, sweep)
    ensure_few(found, is_asked_for=is_asked_for)
    if found.old:
        sweep.clear(sweep.old(sweep.rows(), database_now() - timedelta(days=found.days)))
        record(
            Verb.RETENTION_CARRIED_OUT,
            target=RetentionPeriod.current(kind),
            by=by,
            kind=kind.value,
            old=found.old,
            total=found.total,
        )
    return found


@transaction.atomic
def note_refusal(kind: Kept, refused: Refused) -> None:
    """Say once, until something of the kind is deleted again, that too much of it is old to be deleted unasked."""
    told = AuditEvent.objects.filter(verb__in=[Verb.RETENTION_REFUSED, Verb.RETENTION_CARRIED_OUT])
    last = told.filter(facts__kind=kind.value).order_by("-pk").first()
    if last is None or last.verb != Verb.RETENTION_REFUSED:
        facts = {"old": refused.facts["old"], "total": refused.facts["total"]}
        record(Verb.RETENTION_REFUSED, target=RetentionPeriod.current(kind), by=None, kind=kind.value, **facts)


@transaction.atomic
def revise(period: RetentionPeriod, *, by, **given) -> RetentionPeriod:
    """The next version of a period: what `period` says, but for what is `given`.

    Raises Refused, code `stale` where `period` is not the newest, or `unchanged`.
    """
    rows = RetentionPeriod.objects.select_for_update().filter(kind=period.kind)
    newest = rows.order_by("-version").first()
    changes = {name: value for name, value in given.items() if getattr(newest, name) != value}
    ensure_newest(period.version, newest=newest.version)
    ensure_changed(changes)
    kept = {name: getattr(newest, name) for name in ("kind", "days", "basis", "reason")} | changes
    made = RetentionPeriod.objects.create(**kept, version=newest.version + 1, created_by=by, created_at=database_now())
    record(Verb.RETENTION_REVISED, target=made, by=by, kind=made.kind, version=made.version, days=made.days)
    return made
