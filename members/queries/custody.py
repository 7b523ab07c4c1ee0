"""Reads about requests to see a sealed identity."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from members.choices.protection import UnsealingState
from members.models import Person, Unsealing
from members.permissions.custody import is_custodian, visible_to
from members.permissions.protection import unprotected
from members.queries.people import names_for
from members.rules.custody import APPROVAL_LASTS, LAPSES_AFTER, is_lapsed

TONES = {
    UnsealingState.ASKED: "wait",
    UnsealingState.APPROVED_ONCE: "wait",
    UnsealingState.APPROVED: "good",
    UnsealingState.DECLINED: "bad",
}


@dataclass(frozen=True)
class Request:
    """One request, as its readers see it: who asked, who decided, until when."""

    row: Unsealing
    asked_by: str
    decided: list[tuple[str, bool, datetime, str]]
    lapsed: bool

    @property
    def state(self) -> str:
        """Where it stands, whether or not anybody has written down that it lapsed."""
        return UnsealingState.LAPSED if self.lapsed else UnsealingState(self.row.state)

    @property
    def label(self) -> str:
        return UnsealingState(self.state).label

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "plain")

    @property
    def ends_at(self) -> datetime:
        """Until when it waits: for custodians, or for the look."""
        approved = self.row.approved_at
        return approved + APPROVAL_LASTS if approved else self.row.asked_at + LAPSES_AFTER

    @property
    def waits_for_custodians(self) -> bool:
        return self.state in (UnsealingState.ASKED, UnsealingState.APPROVED_ONCE)

    @property
    def may_be_looked_at(self) -> bool:
        return self.state == UnsealingState.APPROVED


def requests_for(user, *, on, at, rows=None) -> list[Request]:
    """Requests a user may know of, newest first, in a fixed number of statements.

    Who asks does so in office, and is named to all who read the request, listed or not.
    """
    found = list((rows if rows is not None else visible_to(user, on=on)).prefetch_related("custodies")[:100])
    askers = unprotected(Person.objects.filter(user__in={row.asked_by_id for row in found}))
    named = dict(askers.values_list("user", "name"))
    names = names_for(user, {custody.custodian_id for row in found for custody in row.custodies.all()}, on=on)
    return [
        Request(
            row=row,
            asked_by=named.get(row.asked_by_id) or _("a member"),
            decided=[
                (names[custody.custodian_id], custody.approves, custody.decided_at, custody.note)
                for custody in row.custodies.all()
            ],
            lapsed=is_lapsed(state=row.state, asked_at=row.asked_at, approved_at=row.approved_at, now=at),
        )
        for row in found
    ]


def to_look_at(user, *, on, at) -> list[Request]:
    """Requests of one's own that two custodians have agreed to, while the look may begin."""
    rows = visible_to(user, on=on).filter(asked_by=user, state=UnsealingState.APPROVED)
    return [request for request in requests_for(user, on=on, at=at, rows=rows) if request.may_be_looked_at]


def waiting_for(user, *, on, at) -> list[Request]:
    """Open requests on which a custodian has not decided, for *Today*."""
    if not is_custodian(user, on=on):
        return []
    rows = visible_to(user, on=on).open().exclude(asked_by=user).exclude(custodies__custodian__user=user)
    return [request for request in requests_for(user, on=on, at=at, rows=rows) if request.waits_for_custodians]
