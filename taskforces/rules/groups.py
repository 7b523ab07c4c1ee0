"""The life of a working group: what may follow what. Pure."""

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import GroupState

FOLLOWS: dict[GroupState, tuple[GroupState, ...]] = {
    GroupState.PROPOSED: (GroupState.IN_CHARTER, GroupState.ACTIVE, GroupState.CONCLUDED),
    GroupState.IN_CHARTER: (GroupState.ACTIVE, GroupState.CONCLUDED),
    GroupState.ACTIVE: (GroupState.DORMANT, GroupState.CONCLUDED),
    GroupState.DORMANT: (GroupState.ACTIVE, GroupState.CONCLUDED),
    GroupState.CONCLUDED: (),
}


def ensure_step(*, state: str, to: str, is_chaired: bool, lacks_charter: bool = False) -> None:
    """That a group may go on to a state. `lacks_charter` is said of a kind with charters, before one is adopted.

    Raises Refused, code `no-such-step`, `no-chair` where nobody chairs it, or `no-charter`.
    """
    if to not in FOLLOWS[GroupState(state)]:
        raise Refused(_("A group in this state cannot go there."), code="no-such-step", field="state")
    if to == GroupState.ACTIVE and not is_chaired:
        raise Refused(_("A group becomes active once somebody chairs it."), code="no-chair", field="state")
    if to == GroupState.ACTIVE and lacks_charter:
        raise Refused(
            _("A group of this kind becomes active once the steering committee has adopted its charter."),
            code="no-charter",
            field="state",
        )


def ensure_reason(reason: str) -> None:
    """Every step says why. Raises Refused, code `no-reason`."""
    if not reason.strip():
        raise Refused(_("Say why: the reason stays on the group's page."), code="no-reason", field="reason")


def ensure_going_on(state: str) -> None:
    """Raises Refused, code `concluded`, for what cannot be done with a group that is over."""
    if state == GroupState.CONCLUDED:
        raise Refused(_("This group is concluded."), code="concluded")
