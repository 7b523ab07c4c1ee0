"""Rosters as of any day, checked against a history generated at random."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from members.kernel.clock import today
from taskforces.choices import SeatKind
from taskforces.models import GroupSeat
from taskforces.queries.rosters import roster
from tests import people
from tests.factories import groups as made

NAMES = ("individual", "rising", "delegate")
SPAN = 12
stays = some.lists(
    some.tuples(some.sampled_from(NAMES), some.integers(0, SPAN), some.one_of(some.none(), some.integers(1, SPAN))),
    max_size=6,
)


def without_overlaps(history):
    """The stays of a history that the exclusion constraint lets stand: of one person never two on one day."""
    kept, days = [], set()
    for name, start, length in history:
        taken = {(name, day) for day in range(start, start + (length or 10 * SPAN))}
        if not taken & days:
            kept.append((name, start, length))
            days |= taken
    return kept


class AnyDay(TestCase):
    """A roster asked of a day holds exactly whose stays cover it."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(history=stays)
    def test_the_roster_of_a_day_is_who_was_there(self, history):
        cast = people.assemble()
        group, first = made.entered(cast), today()
        stays = without_overlaps(history)
        for name, start, length in stays:
            begins = first + timedelta(days=start)
            GroupSeat.objects.create(
                group=group,
                person=cast.person(name),
                role=SeatKind.MEMBER,
                starts_on=begins,
                ends_on=begins + timedelta(days=length) if length else None,
                granted_at=group.entered_at,
            )
        for number in range(2 * SPAN + 1):
            day = first + timedelta(days=number)
            shown = roster(group, cast["secretariat-1"], on=day, today=first)
            wanted = sorted(
                cast.person(name).pk
                for name, start, length in stays
                if start <= number and (length is None or number < start + length)
            )
            assert sorted(line.row.person_id for line in shown.lines) == wanted
