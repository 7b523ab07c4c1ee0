"""Whose data is kept for a time after it is over: applicants who never came in, and former members. Rows are logins."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from members.choices.applications import ENDED
from members.choices.own_data import ErasureState
from members.models import (
    Application,
    ChairTerm,
    CustodianTerm,
    Erasure,
    Membership,
    Representation,
    SeatTerm,
    StaffTerm,
    User,
)

TAKING_PART = (Membership, Representation, SeatTerm, ChairTerm, StaffTerm, CustodianTerm)
"""The terms by which somebody takes part. Where somebody works goes on, and says nothing of the platform."""


def _terms(table, **conditions) -> Exists:
    return Exists(table.objects.filter(person__user=OuterRef("pk"), **conditions))


def _have_taken_part() -> Q:
    """Who has or had a term; terms to come count too."""
    found = Q()
    for table in TAKING_PART:
        found |= Q(_terms(table))
    return found


def _kept() -> QuerySet:
    """Logins that are not erased."""
    return User.objects.exclude(Exists(Erasure.objects.done().filter(user=OuterRef("pk"))))


def outsiders() -> QuerySet:
    """Logins that applied and have never taken part."""
    applied = Exists(Application.objects.filter(applicant=OuterRef("pk")))
    return _kept().filter(applied).exclude(_have_taken_part())


def insiders() -> QuerySet:
    """Logins that take part or once did."""
    return _kept().filter(_have_taken_part())


def over_since(logins: QuerySet, before: datetime) -> QuerySet:
    """Of some logins those whose every term and application had ended at an instant.

    Who waits for an erasure is none of them, and who took one back is none until the same time has gone by again.
    """
    mine = Application.objects.filter(applicant=OuterRef("pk"))
    running = Q(Exists(mine.exclude(state__in=ENDED))) | Q(Exists(mine.filter(ended_at__gte=before)))
    for table in TAKING_PART:
        terms = table.objects.filter(person__user=OuterRef("pk"))
        running |= Q(Exists(terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=before.date()))))
    erasures = Erasure.objects.filter(user=OuterRef("pk"))
    running |= Q(Exists(erasures.filter(Q(state=ErasureState.WAITING) | Q(ended_at__gte=before))))
    return logins.exclude(running)
