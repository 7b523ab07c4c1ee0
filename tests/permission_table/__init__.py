"""The permission table: for every address of the portal and everybody of the cast the answer to GET and to POST.

A page is named by its URL name and by the row of the world it is asked about (`tests.world.rows`). Each has two lines,
one for GET and one for POST, which reads "answer: people; answer: people". The answers are

- a status, such as `200`, `403`, `404` or `405`;
- `to X`: led on to the page X, with nothing written;
- `did X`: the act was done and leads on to X; `did 200`: it was done, and a page says so;
- `login` and `factor`: the two doors before every page, for visitors and for who lacks the second factor.

Pages are closed by default: in `CLOSED` visitors are answered `login`, and the lines do not repeat it. Pages open to
visitors stand in `PUBLIC`. The confined officer is answered `factor` everywhere but on the pages of
`OPEN_WITHOUT_FACTOR`. Whoever is not named in a line gets the answer that stands alone.
"""

from tests.permission_table import (
    accounts,
    applications,
    ballots,
    desk,
    directory,
    documents,
    factors,
    groups,
    meetings,
    own_data,
    pages,
    protection,
)

PUBLIC = (
    accounts.PUBLIC
    | applications.PUBLIC
    | ballots.PUBLIC
    | documents.PUBLIC
    | groups.PUBLIC
    | meetings.PUBLIC
    | pages.PUBLIC
)
CLOSED = (
    accounts.CLOSED
    | applications.CLOSED
    | ballots.CLOSED
    | desk.CLOSED
    | directory.CLOSED
    | documents.CLOSED
    | factors.CLOSED
    | groups.CLOSED
    | meetings.CLOSED
    | own_data.CLOSED
    | pages.CLOSED
    | protection.CLOSED
)
TABLE = PUBLIC | CLOSED
OPEN_WITHOUT_FACTOR = accounts.OPEN_WITHOUT_FACTOR

__all__ = ["CLOSED", "OPEN_WITHOUT_FACTOR", "PUBLIC", "TABLE"]
