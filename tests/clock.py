"""Moving time: the portal's one clock is the database's, and in test mode it can be shifted."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection


class Clock:
    """Shifts `portal_now()` on this test's connection: for everything that this process asks from then on."""

    def __init__(self):
        self.shifted = timedelta()

    def shift(self, **span):
        """Move on by a span, such as `days=3` or `seconds=301`; spans add up."""
        self.shifted += timedelta(**span)
        self._say(f"{self.shifted.total_seconds()} seconds")

    def reset(self):
        """Back to the real time."""
        self.shifted = timedelta()
        self._say("")

    @contextmanager
    def ahead(self, **span):
        """Move on for a while, and back again."""
        before = self.shifted
        self.shift(**span)
        try:
            yield
        finally:
            self.shifted = timedelta()
            self.shift(seconds=before.total_seconds())

    def shift_every_process(self, **span):
        """Move on for every connection that is opened from now on; a test with processes of its own resets it."""
        self.shift(**span)
        with connection.cursor() as cursor:
            cursor.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET portal.clock_shift = %L', current_database(), "
                f"'{self.shifted.total_seconds()} seconds'); END $$"
            )

    def reset_every_process(self):
        """Back to the real time for every connection."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET portal.clock_shift', current_database()); END $$"
            )
        self.reset()

    @staticmethod
    def _say(value):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.clock_shift', %s, false)", [value])
