"""What may be done with a milestone. Pure."""

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import MilestoneState

FOLLOWS: dict[MilestoneState, tuple[MilestoneState, ...]] = {
    MilestoneState.PROPOSED: (MilestoneState.CURRENT, MilestoneState.DROPPED),
    MilestoneState.CURRENT: (MilestoneState.REACHED, MilestoneState.DROPPED),
    MilestoneState.REACHED: (),
    MilestoneState.DROPPED: (),
}


def ensure_follows(state: str, to: MilestoneState) -> None:
    """Raises Refused, code `no-such-step`."""
    if to not in FOLLOWS[MilestoneState(state)]:
        raise Refused(_("That was done meanwhile. The list shows where the milestone stands."), code="no-such-step")


def ensure_open(state: str) -> None:
    """Raises Refused, code `ended`, for a milestone that was reached or dropped."""
    if not FOLLOWS[MilestoneState(state)]:
        raise Refused(_("This milestone is over, and stays as it is."), code="ended")


def ensure_outcome(outcome: str) -> None:
    """Raises Refused, code `no-outcome`."""
    if not outcome.strip():
        raise Refused(_("Say what came of it, in a sentence."), code="no-outcome", field="outcome")
