"""Values in the rows of a message: each stays on its line, is short, and becomes a link in no mail program.

Names are typed by people whom nobody has vouched for, and stand in mails that the portal vouches for.
"""

import re

from members.kernel.lines import one_line

MOST = 120
"""Characters of a value. What is longer can be read on the page that the message leads to."""
DOT = r".\u3002\uff0e\uff61"
"""The full stops that stand between the parts of an address, the Chinese and Japanese ones too."""
LINKABLE = re.compile(rf"(?<=[:{DOT}])(?=[^\W\d_]|/)|(?<=[^\W\d_][{DOT}])(?=\d)")
"""Where mail programs see an address: `evil.example`, `https://…`, `www.4…`."""


class Proven(str):
    """A value that was proven before, such as the address somebody came in by: it is shown as it is."""


def shown(value: str) -> str:
    """A value as a message shows it: one line, at most `MOST` characters, with blanks where an address would hold."""
    if isinstance(value, Proven):
        return str(value)
    line = LINKABLE.sub(" ", one_line(value))
    return line if len(line) <= MOST else f"{line[: MOST - 1].rstrip()}…"
