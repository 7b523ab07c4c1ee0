"""Sends what is due: reserves a batch, and hands over one mail after the other on a kept connection."""

import logging
import time

from django.db import InterfaceError, OperationalError, connection

from secretariat.actions import delivery
from secretariat.emails.contents import load
from secretariat.emails.mails import Press
from secretariat.models import Notice
from secretariat.rules.delivery import BATCH, Trouble
from secretariat.tasks.transport import Connection, TroubleError

log = logging.getLogger(__name__)

LONGEST_RUN_SECONDS = 240
MOST_LOSSES = 2
SWEEP_LOCK = 7_201_001
"""The key of the advisory lock by which a second sweep sees that one is under way."""


def deliver_due(*, when_more=lambda: None) -> int:
    """Send what is due until nothing is, the server is out of reach, or the run has lasted long enough.

    `when_more` is called when a batch was full, so that another worker may help. Returns how many mails left.
    """
    sent, until = 0, time.monotonic() + LONGEST_RUN_SECONDS
    with Connection() as post:
        while batch := delivery.reserve():
            load(batch)
            if len(batch) == BATCH:
                when_more()
            try:
                sent += Round(post, batch).run()
            except TroubleError:
                break
            if time.monotonic() > until:
                when_more()
                break
    return sent


class Round:
    """One batch on its way."""

    def __init__(self, post: Connection, batch: list[Notice]):
        self.post = post
        self.press = Press()
        self.rest = batch
        self.last: Notice | None = None  # handed over, and not yet marked as sent
        self.sent = 0
        self.faults = 0  # of our own; the first of a batch is told in full
        self.losses = 0  # of the connection, one after the other

    def run(self) -> int:
        """Send the batch; returns how many left. Raises TroubleError where the server is out of reach."""
        try:
            while self.rest:
                self.connect()
                self.hand_over(self.rest.pop(0))
        finally:
            self.note_last()
            if self.rest:
                delivery.give_back(batch=self.rest)
        return self.sent

    def connect(self):
        """A server out of reach puts the whole rest off, at one attempt's price; so does one that keeps hanging up."""
        try:
            if self.losses >= MOST_LOSSES:
                raise TroubleError(Trouble.LATER, "the server keeps hanging up")
            self.post.open()
        except TroubleError as failure:
            log.warning("The mail server is out of reach: %s.", failure.error)
            self.note_last()
            delivery.put_off(batch=self.rest, error=failure.error)
            self.rest = []
            raise

    def hand_over(self, notice: Notice):
        if not delivery.begin(notice=notice, after=self.last):
            self.last = None
            return
        self.last = None
        try:
            self.post.send(self.made(notice))
        except TroubleError as failure:
            delivery.fail(notice=notice, trouble=failure.trouble, error=failure.error)
            self.losses = self.losses + 1 if self.post.was_lost() else 0
        else:
            self.sent, self.losses = self.sent + 1, 0
            self.last = notice
            if hasattr(notice, "text"):
                self.note_last()

    def made(self, notice: Notice):
        """The mail of a notice. Whatever is wrong with one must not stop the others; a lost database must."""
        try:
            return self.press.mail_of(notice)
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:
            log.error("No mail can be made of notice %s.", notice, exc_info=not self.faults)
            self.faults += 1
            raise TroubleError(Trouble.FAULT, type(failure).__name__) from failure

    def note_last(self):
        if self.last is not None:
            delivery.finish(notice=self.last)
            self.last = None


def sweep(*, when_more=lambda: None) -> int:
    """Settle what lost workers left, and send what is due; nothing, if another sweep is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SWEEP_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            delivery.settle_abandoned()
            return deliver_due(when_more=when_more)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
