"""Who may see a sealed identity: two custodians of two institutions agree, and the one who asked looks once. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.protection import OPEN_UNSEALINGS, UnsealingState
from members.kernel.refusals import Refused

LAPSES_AFTER = timedelta(days=7)
"""How long a request waits for its two custodians."""
APPROVAL_LASTS = timedelta(hours=24)
"""How long after the second approval the look may begin."""
LOOK_LASTS = timedelta(minutes=30)
"""How long the look lasts from its beginning."""


def is_lapsed(*, state: str, asked_at: datetime, approved_at: datetime | None, now: datetime) -> bool:
    """Whether the custodians, or whoever asked, did not come in time, whether or not anybody has written that down."""
    if state == UnsealingState.APPROVED:
        return now - approved_at >= APPROVAL_LASTS
    return state in OPEN_UNSEALINGS and now - asked_at >= LAPSES_AFTER


def ensure_may_decide(
    *,
    state: str,
    lapsed: bool,
    is_custodian: bool,
    is_asker: bool,
    is_concerned: bool,
    decided_before: bool,
    organisations: Collection[int],
    taken: Collection[int],
) -> int:
    """The institution for which a custodian decides: the first of theirs that has not decided yet.

    Raises Refused: `no-custodian`, `oneself` for whoever asked or whom it is about, `over`, `lapsed`, `decided` for a
    second decision of the same custodian, `no-institution`, or `same-institution` where theirs has decided already.
    """
    if not is_custodian:
        raise Refused(_("Only custodians in office decide on this."), code="no-custodian")
    if is_asker or is_concerned:
        raise Refused(_("You have a part in this request. Other custodians decide on it."), code="oneself")
    if lapsed:
        raise Refused(_("This request has lapsed. It can be made again."), code="lapsed")
    if decided_before:
        raise Refused(_("You have decided already. It takes a second custodian."), code="decided")
    if state not in {UnsealingState.ASKED, UnsealingState.APPROVED_ONCE}:
        raise Refused(_("This request waits for no custodian."), code="over")
    if not organisations:
        raise Refused(_("You belong to no institution that the portal knows. Two must agree."), code="no-institution")
    if not set(organisations).isdisjoint(taken):
        raise Refused(
            _("Your institution has decided already. It takes a custodian of another."), code="same-institution"
        )
    return next(iter(organisations))


def ensure_may_look(
    *, state: str, is_asker: bool, lapsed: bool, looked_at: datetime | None, same_session: bool, now: datetime
) -> None:
    """Raises Refused: `not-yours`, `not-approved`, `expired` where the approval is too old, or `looked` where the one
    look is over, or goes on in another session.
    """
    if not is_asker:
        raise Refused(_("Only whoever asked may look."), code="not-yours")
    if looked_at is not None:
        if not same_session or now - looked_at >= LOOK_LASTS:
            raise Refused(_("This was looked at. One approval is one look."), code="looked")
        return
    if lapsed:
        raise Refused(_("The approval was not used in time. Ask again."), code="expired")
    if state != UnsealingState.APPROVED:
        raise Refused(_("Two custodians of two institutions have not agreed to this."), code="not-approved")
