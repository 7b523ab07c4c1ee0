"""Charters of a group: which is in force on a day, which is on its way, and its versions as a viewer may read them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from members.models import Ballot
from taskforces.choices import IN_PREPARATION, Feature, GroupState
from taskforces.models import Charter, WorkingGroup
from taskforces.models.charters import CONTENT
from taskforces.rules import charters as rules
from taskforces.rules.groups import FOLLOWS


def has_charters(group: WorkingGroup) -> bool:
    """Whether groups of this kind have a charter."""
    return group.kind.has(Feature.CHARTER)


def in_force(group: WorkingGroup, *, on: date) -> Charter | None:
    """The charter of a group on a day: the last that was adopted by then."""
    adopted = Charter.objects.filter(group=group, adopted_on__lte=on).select_related("adopted_version", "decision")
    return adopted.order_by("-adopted_on", "-pk").first()


def lacks_charter(group: WorkingGroup, *, on: date) -> bool:
    """Whether a group of a kind with charters has none in force on a day, so that it cannot become active."""
    return has_charters(group) and in_force(group, on=on) is None


def next_states(group: WorkingGroup, *, on: date) -> list[GroupState]:
    """The states that a group may enter next."""
    following = FOLLOWS[GroupState(group.state)]
    return [state for state in following if state != GroupState.ACTIVE or not lacks_charter(group, on=on)]


def in_preparation(group: WorkingGroup) -> Charter | None:
    """The charter of a group that is on its way."""
    return Charter.objects.filter(group=group, state__in=IN_PREPARATION).select_related("released_version").first()


def live_ballots(charter: Charter):
    """The ballots on a charter that are prepared or open."""
    return Ballot.objects.live().about(charter)


def content_of(text) -> dict:
    """All that a charter or a version says, by name."""
    return {name: getattr(text, name) for name in CONTENT}


def overdue_of(group: WorkingGroup, *, on: date) -> list[str]:
    """What of the charter in force is over, in sentences for who runs the group."""
    charter = in_force(group, on=on) if has_charters(group) and group.state != GroupState.CONCLUDED else None
    if charter is None:
        return []
    text = charter.adopted_version
    codes = rules.overdue(mandate_ends_on=text.mandate_ends_on, review_on=text.review_on, today=on)
    return [str(OVERDUE[code]) for code in codes]


OVERDUE = {
    "mandate": _("The mandate of the group has ended. Put a new charter to the committee, or conclude the group."),
    "review": _("The review of the charter is due. Look whether it says still what the group does."),
}
"""What the page says to chairs and Secretariat, by the code of the rule."""
