"""Charters of a group: which is in force on a day, which is on its way, and its versions as a viewer may read them."""

from datetime import date

from members.models import Ballot
from taskforces.choices import IN_PREPARATION
from taskforces.models import Charter, WorkingGroup
from taskforces.models.charters import CONTENT


def has_charters(group: WorkingGroup) -> bool:
    """Whether groups of this kind have a charter."""
    return "charter" in group.kind.features


def in_force(group: WorkingGroup, *, on: date) -> Charter | None:
    """The charter of a group on a day: the last that was adopted by then."""
    adopted = Charter.objects.filter(group=group, adopted_on__lte=on).select_related("adopted_version", "decision")
    return adopted.order_by("-adopted_on", "-pk").first()


def in_preparation(group: WorkingGroup) -> Charter | None:
    """The charter of a group that is on its way."""
    return Charter.objects.filter(group=group, state__in=IN_PREPARATION).select_related("released_version").first()


def live_ballots(charter: Charter):
    """The ballots on a charter that are prepared or open."""
    return Ballot.objects.live().about(charter)


def content_of(text) -> dict:
    """All that a charter or a version says, by name."""
    return {name: getattr(text, name) for name in CONTENT}
