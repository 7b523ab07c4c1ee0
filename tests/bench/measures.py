"""How one thing is measured: its median time in this process, its statements, and the rows it reads."""

import time
from dataclasses import dataclass
from statistics import median

from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.bench import floor
from tests.bench.pages import Page, run

ROUNDS = 15
READ = (
    "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables"
    " WHERE relname LIKE 'members_directory%'"
)


@dataclass(frozen=True)
class Measured:
    """One page over one database: times in milliseconds."""

    page: str
    took: float
    best: float
    statements: int
    rows: int
    size: int


def time_of(act, rounds: int = ROUNDS) -> float:
    """The median time of doing something, in milliseconds."""
    act()
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return median(taken) * 1000


def time_of_floor(client: Client) -> float:
    """The least that a page of 25 members takes here and now."""
    with override_settings(ROOT_URLCONF=floor.URLCONF, MIDDLEWARE=floor.MIDDLEWARE):
        bare = Client()
        bare.cookies = client.cookies
        assert bare.get("/floor/").status_code == 200
        return time_of(lambda: bare.get("/floor/"))


def measure(client: Client, page: Page, rounds: int = ROUNDS) -> Measured:
    """A page beside its best statements."""
    headers = {"HX-Request": "true", "HX-Target": "suggestions"} if page.name == "suggestions" else {}
    response = client.get(page.address, headers=headers)
    assert response.status_code == 200, page
    with CaptureQueriesContext(connection) as asked:
        client.get(page.address, headers=headers)
        statements = len(asked)
    took = time_of(lambda: client.get(page.address, headers=headers), rounds)
    best = time_of(lambda: run(page.statements), rounds)
    return Measured(page.name, took, best, statements, rows_read(client, page, headers), len(response.content))


def rows_read(client: Client, page: Page, headers) -> int:
    """The rows of the directory that a page reads, as PostgreSQL counts them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(READ)
        before = cursor.fetchone()[0]
        client.get(page.address, headers=headers)
        cursor.execute(READ)
        return int(cursor.fetchone()[0] - before)
