"""How a line of the log is written: one for each event, whatever stands in it, and without the secrets of addresses."""

import logging
import re
import unicodedata

SECRETS = re.compile(
    r"(?<=/enter/)[\w-]{20,}|(?<=/referees/)[\w-]{20,}|(?<=/calendar/)[\w-]{20,}|(?<=/reset/key/)[\w-]+"
)
"""What lets somebody in by its address alone: entry links, referees' letters, new passwords, calendars."""
UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
"""Unicode categories of what breaks a line, colours a terminal or turns the direction of writing round."""


def one_line(text: str) -> str:
    """The text with what is not to be seen written out, and without secrets."""
    seen = (ascii(sign)[1:-1] if unicodedata.category(sign) in UNSEEN else sign for sign in text)
    return SECRETS.sub("…", "".join(seen))


class LineFormatter(logging.Formatter):
    """One line for each event. The lines of a traceback are indented, so that none can pass for an event."""

    def formatMessage(self, record):  # noqa: N802  logging names it so
        return one_line(super().formatMessage(record))

    def formatException(self, ei):  # noqa: N802  logging names it so
        return "\n".join(f"  {one_line(line)}" for line in super().formatException(ei).split("\n"))
