"""The sections of a group's pages: those that its kind has and the viewer may open."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from taskforces.choices import Feature
from taskforces.models import WorkingGroup


@dataclass(frozen=True)
class Section:
    """A tab on the pages of a group."""

    label: str
    url: str
    current: bool
    count: str = ""


def sections_of(group: WorkingGroup, may, *, here: str) -> list[Section]:
    """The tabs of a group's pages, the first one its own page. `here` is the name of the address that is current."""
    has = group.kind.has
    found = [
        ("group", _("Overview"), True),
        ("group-people", _("People"), may.read_roster),
        ("group-charter", _("Charter"), has(Feature.CHARTER)),
        ("group-meetings", _("Meetings"), (may.attend or may.read_roster) and has(Feature.MEETINGS)),
        ("documents", _("Documents"), has(Feature.DOCUMENTS)),
        ("group-milestones", _("Milestones"), may.attend and has(Feature.MILESTONES)),
        ("group-reports", _("Reports"), may.attend and has(Feature.REPORTS)),
    ]
    return [
        Section(label, reverse(f"taskforces:{name}", args=[group.slug]), name == here)
        for name, label, is_open in found
        if is_open
    ]
