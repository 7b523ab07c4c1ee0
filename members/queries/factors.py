"""Reads of lost second factors, for the Secretariat's desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from members.choices.factors import TONES, FactorState
from members.models import LostFactor
from members.permissions.factors import visible_to
from members.queries.screening import names_of_logins
from members.rules.factors import LAPSES_AFTER

ENDED_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """One request in the list, and whether it waits for the reader."""

    lost: LostFactor
    name: str
    tone: str
    is_yours: bool

    @property
    def url(self) -> str:
        return reverse("members:desk-factor", args=[self.lost.public_id])


def lines(rows: Iterable[LostFactor], viewer, *, on) -> list[Line]:
    """Requests as lines, in a fixed number of statements."""
    rows = list(rows)
    names = names_of_logins(viewer, [row.user_id for row in rows], on=on)
    yours = set(
        LostFactor.objects.awaiting(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    return [Line(row, names.get(row.user_id, ""), TONES[row.state], row.pk in yours) for row in rows]


def open_lines(viewer, *, on) -> list[Line]:
    """The open requests that an officer may deal with, what has waited longest first."""
    return lines(visible_to(viewer).open().select_related("user").order_by("pk"), viewer, on=on)


def ended_lines(viewer, *, on) -> list[Line]:
    """The last requests that are over."""
    rows = visible_to(viewer).over().select_related("user").order_by("-ended_at", "-pk")
    return lines(rows[:ENDED_SHOWN], viewer, on=on)


def page_of(lost: LostFactor, viewer, *, on) -> dict:
    """What the page of a request shows."""
    officers = [lost.user_id, lost.first_officer_id, lost.second_officer_id]
    names = names_of_logins(viewer, [officer for officer in officers if officer], on=on)
    return {
        "lost": lost,
        "tone": TONES[lost.state],
        "name": names.get(lost.user_id, ""),
        "first": names.get(lost.first_officer_id, ""),
        "second": names.get(lost.second_officer_id, ""),
        "lapses_at": lost.asked_at + LAPSES_AFTER,
        "is_yours": LostFactor.objects.awaiting(viewer).filter(pk=lost.pk).exists(),
        "FactorState": FactorState,
    }
