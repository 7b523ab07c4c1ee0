"""Measures the directory over databases of several sizes, as one ordinary member."""

from django.db import connection
from django.test import Client, override_settings

from members.kernel.clock import today
from members.models import DirectoryCount, ReadingDay
from members.queries.directory import Question, asker_of, counts
from members.queries.directory import page as lines_of
from tests.bench import counting
from tests.bench.databases import database_of, within
from tests.bench.measures import measure, time_of, time_of_floor
from tests.bench.pages import FIRST, Page, pages, reader, run
from tests.bench.report import Run
from tests.signing_in import sign_in

AS_IN_PRODUCTION = {"ALLOWED_HOSTS": ["testserver"], "WHITENOISE_AUTOREFRESH": False, "WHITENOISE_USE_FINDERS": False}
WITHOUT_RIGHTS = FIRST.replace("(e.readers & 1) <> 0 AND (e.holds_until IS NULL OR e.holds_until > %s)", "true")


def measure_all(sizes) -> tuple[list[Run], list[Page], dict[str, str]]:
    """Measure over each size; with the pages that were measured, and what else was."""
    runs, further, asked = [], {}, []
    for members in sizes:
        with within(database_of(members)), override_settings(**AS_IN_PRODUCTION):
            asked = pages()
            runs.append(one_run(members, asked))
            further |= beside(members)
    return runs, asked, further


def one_run(members: int, asked: list[Page], rounds: int = 15) -> Run:
    """Everything over the database the portal works in now."""
    client = Client()
    user = reader()
    sign_in(client, user)
    measured = []
    for page in asked:
        ReadingDay.objects.all().delete()
        measured.append(measure(client, page, rounds))
    return Run(members, time_of_floor(client), measured, rights_cost(user), counting.differences())


def rights_cost(user) -> float:
    """How much longer the list takes by right than without, in milliseconds."""
    asker = asker_of(user, on=today())
    by_right = time_of(lambda: lines_of(Question(), asker, most=26))
    without = time_of(lambda: run([(WITHOUT_RIGHTS.format(where=""), [])]))
    return max(by_right - without, 0.0)


def beside(members: int) -> dict[str, str]:
    """What is no page: counting everybody anew, which the first reader after a change waits for."""
    DirectoryCount.objects.all().delete()
    asker = asker_of(reader(), on=today())
    client = Client()
    sign_in(client, reader())
    frame = time_of(lambda: client.get("/privacy/"))
    anew = time_of(lambda: counts(Question(), asker), 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('members_directoryentry')")
        size = cursor.fetchone()[0] / 1_000_000
    return {
        f"an empty page with the portal's frame, {members:,} members": f"{frame:.1f} ms (`/privacy/`, signed in)",
        f"all counts taken anew, {members:,} members": f"{anew:.1f} ms (by the first reader after a change)",
        f"the narrow table, {members:,} members": f"{size:.0f} MB",
    }
