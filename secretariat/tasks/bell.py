"""The doorbell: tells the workers that there is something to send. The truth is in the database; the sweep finds it.

A broker that is down or hangs must not keep a page waiting: it is tried once with the patience of the settings, and
then left alone for a while, so that neither many notices of one act nor many pages wait for it in a row.
"""

import logging
import time

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

TASK = "secretariat.tasks.deliver_notices"
SILENCE_SECONDS = 15
"""After a failure, how long this process does not ring. The sweep comes as often."""

EXPIRES_SECONDS = 60
"""A ring that nobody has heard by then is worth nothing: the sweep has been."""


class Bell:
    """The bell of one process."""

    def __init__(self):
        self.silent_until = 0.0

    def ring(self) -> bool:
        """Ring, unless the broker was found out of order a moment ago. Never raises; says whether it rang."""
        if time.monotonic() < self.silent_until:
            return False
        try:
            current_app.send_task(TASK, expires=EXPIRES_SECONDS, ignore_result=True)
        except (OperationalError, RedisError, OSError) as failure:
            self.silent_until = time.monotonic() + SILENCE_SECONDS
            log.warning(
                "The broker does not answer (%s). The sweep will find what is to be sent.", type(failure).__name__
            )
            return False
        return True


bell = Bell()
