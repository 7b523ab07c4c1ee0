"""How a download of one's own data goes: put together soon, fetched once, kept for three days. All is pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.own_data import DownloadState
from members.kernel.refusals import Refused

KEPT_FOR = timedelta(hours=72)
"""How long a download waits to be fetched: it holds everything about somebody in one file."""
CLAIM_LASTS = timedelta(minutes=10)
"""How long a worker may be silent before another takes the download over: longer than any task may run."""
MOST_ATTEMPTS = 5
"""How often a download may lose its worker or fail; one that does so each time is given up."""
UNCLAIMED_FOR = timedelta(hours=1)
"""How long a file may lie without a download before it is cleared away: what a killed worker left."""


def ensure_ready(*, state: str, expires_at: datetime | None, now: datetime) -> None:
    """A download is fetched once, in time. Raises Refused, code `not-ready`, `fetched` or `expired`."""
    if state == DownloadState.ASKED:
        raise Refused(_("The download is not ready yet."), code="not-ready")
    if state == DownloadState.FETCHED:
        raise Refused(_("This download was fetched already, and is deleted. Ask for another."), code="fetched")
    if state != DownloadState.READY or expires_at is None or now >= expires_at:
        raise expired()


def expired() -> Refused:
    """What is said of a download whose file is gone."""
    return Refused(_("This download is deleted: its time was over. Ask for another."), code="expired")
