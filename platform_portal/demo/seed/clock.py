"""The clock of the story, and the order in which its scenes are played.

The database shifts its clock only for a connection that says it is in test mode (`docs/adr/0003-one-clock.md`). The
story says so on its own connection, for as long as it is played, since it has to happen in the past: founding members,
terms and decided ballots must carry the times at which they came about, in the record and in the chained logs as much
as in the tables. No other connection sees anything of it, and at the end both settings are what they were.
"""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import connection

from members.kernel.clock import database_now

DAY_BEGINS, DAY_ENDS = 7, 19
"""The hours, in UTC, between which people act in the story."""
RECENT = timedelta(days=1)
"""How long before the present the story no longer minds the time of day."""
LONG = timedelta(hours=6)
"""From which length on a pause is a few hours longer, one never knows how many."""

Plot = Iterator[timedelta | datetime]
"""A thread of the story: acts, and between them how long, or until when, nothing happens in it."""


class StoryClock:
    """The portal's clock on this connection, to be moved through the past, and back in its place afterwards."""

    def __enter__(self):
        self.present = database_now()
        self._say("SELECT set_config('portal.mode', 'test', false)")
        return self

    def move_to(self, instant: datetime) -> None:
        """Let the portal's clock say `instant` now, unless it is past that already: it never goes backwards."""
        self._say(
            "SELECT set_config('portal.clock_shift', (greatest(%s, portal_now()) - clock_timestamp())::text, false)",
            [instant],
        )

    def begin_at(self, instant: datetime) -> None:
        """Let the portal's clock say `instant` now, in the past as it is."""
        self._say("SELECT set_config('portal.clock_shift', (%s - clock_timestamp())::text, false)", [instant])

    def __exit__(self, *failure):
        if connection.needs_rollback:  # the transaction around the story takes the settings back with it
            return
        self._say("RESET portal.clock_shift")
        self._say("RESET portal.mode")

    @staticmethod
    def _say(statement, values=None):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


class Timeline:
    """Plays the plots of a story side by side, each scene in the order of time."""

    def __init__(self, clock: StoryClock, random: Random):
        self.clock, self.random = clock, random
        self.waiting: list[tuple[datetime, int, Plot]] = []
        self.order = count()

    @property
    def present(self) -> datetime:
        return self.clock.present

    def ago(self, days: float) -> datetime:
        """The instant so many days before the present."""
        return self.present - timedelta(days=days)

    def add(self, plot: Plot, *, at: datetime) -> None:
        """Let a plot begin at an instant, or a little later. Raises ValueError where that is still to come."""
        at = self._at_daytime(at)
        if at > self.present:
            raise ValueError("The story runs past the present.")
        heapq.heappush(self.waiting, (at, next(self.order), plot))

    def play(self) -> None:
        """Play everything, from the first scene to the last."""
        while self.waiting:
            at, _order, plot = heapq.heappop(self.waiting)
            self.clock.move_to(at)
            pause = next(plot, None)
            if pause is not None:
                self.add(plot, at=pause if isinstance(pause, datetime) else at + self._stretched(pause))

    def _stretched(self, pause: timedelta) -> timedelta:
        return pause + timedelta(hours=self.random.uniform(0, 4)) if pause > LONG else pause

    def _at_daytime(self, at: datetime) -> datetime:
        """The instant itself, some minutes later, in daytime: nobody in the story gets up at night to vote."""
        if self.present - at < RECENT:
            return at
        later = at + timedelta(minutes=self.random.uniform(1, 50))
        if later.hour >= DAY_ENDS:
            later = datetime.combine(later.date() + timedelta(days=1), time(DAY_BEGINS), tzinfo=UTC)
        elif later.hour < DAY_BEGINS:
            later = datetime.combine(later.date(), time(DAY_BEGINS), tzinfo=UTC)
        else:
            return later
        return later + timedelta(minutes=self.random.uniform(0, 90))
