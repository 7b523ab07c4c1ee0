"""Who is in a working group on a day, as one viewer may see them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from members.kernel.text import fold
from members.models import Person
from members.permissions.people import visible_to
from members.queries.people import PersonView, project_all
from taskforces.choices import OFFERED, SeatKind
from taskforces.models import WorkingGroup
from taskforces.permissions.seats import known_to
from taskforces.queries.seats import seats_on

ORDER = [kind.value for kind in SeatKind]


@dataclass(frozen=True)
class Line:
    """One person of a roster. `has_page` is whether the viewer finds them in the directory too."""

    row: object
    person: PersonView
    has_page: bool

    @property
    def is_protected(self) -> bool:
        return self.person.avatar is not None

    @property
    def is_offered(self) -> bool:
        """Whether the seat is one that chairs give and end themselves."""
        return self.row.role in OFFERED


@dataclass(frozen=True)
class Roster:
    """The people of a group on a day. What is counted of them is counted of what the viewer sees, line by line."""

    on: date
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def regions(self) -> list[tuple[str, int]]:
        """Regions with the number of people who live there, most first."""
        return _most_first(line.person.region or _("Not said") for line in self.lines)

    @cached_property
    def tiers(self) -> list[tuple[str, int]]:
        """Tiers with the number of people who are in them, most first."""
        return _most_first(tier for line in self.lines for tier in line.person.tiers or (_("Not said"),))


def _most_first(labels) -> list[tuple[str, int]]:
    return sorted(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0]))


def roster(group: WorkingGroup, viewer, *, on: date, today: date) -> Roster:
    """The roster of a group as of a day, in a fixed number of statements. Who people are is shown as of today."""
    rows = list(seats_on(group, on=on).filter(known_to(viewer, group, on=today)))
    lines = lines_of(rows, viewer, on=today)
    return Roster(on, in_order(lines))


def in_order(lines: list[Line]) -> list[Line]:
    """Who runs the group first, then the others by name."""
    return sorted(
        lines, key=lambda line: (ORDER.index(line.row.role), fold(line.person.latin_name or line.person.name))
    )


def lines_of(rows, viewer, *, on) -> list[Line]:
    """Seats, requests or invitations that the viewer may know of, each with its person as they may see them."""
    keys = {row.person_id for row in rows}
    people = list(Person.objects.filter(pk__in=keys).with_everything())
    views = dict(zip((person.pk for person in people), project_all(viewer, people, on=on), strict=True))
    found = set(visible_to(viewer, on=on).filter(pk__in=keys).values_list("pk", flat=True))
    return [Line(row, views[row.person_id], row.person_id in found) for row in rows]
