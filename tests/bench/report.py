"""What the measuring found, as a page of the documentation, and which promises are broken."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.acts import Act
from tests.bench.measures import Measured
from tests.bench.pages import Page

MOST_STATEMENTS, MOST_TIMES, MOST_GROWTH, MOST_FOR_RIGHTS = 12, 2.0, 1.5, 3.0


@dataclass(frozen=True)
class Run:
    """What was measured over one database."""

    members: int
    floor: float
    measured: list[Measured]
    rights: float
    wrong_counts: list[str]


def broken(runs: list[Run], pages: list[Page], acts: list[Act]) -> list[str]:
    """The promises that do not hold, in words."""
    by_name = {page.name: page for page in pages}
    found = [fault for run in runs for one in run.measured for fault in _of_page(run, one, by_name[one.page])]
    for run in runs:
        if run.rights > MOST_FOR_RIGHTS:
            found.append(f"rights, {run.members:,} members: {run.rights:.1f} ms more")
        found += [f"counts by {name}, {run.members:,} members: not those of plain SQL" for name in run.wrong_counts]
    few, many = runs[0], runs[-1]
    for before, after in zip(few.measured, many.measured, strict=True):
        if by_name[after.page].keeps and after.took > MOST_GROWTH * before.took:
            found.append(f"{after.page}: grows from {before.took:.1f} to {after.took:.1f} ms")
    return found + [f"{act.name}: {act.told}, and {act.promise} are promised" for act in acts if not act.holds]


def _of_page(run: Run, one: Measured, page: Page) -> Iterator[str]:
    """The promises that one page breaks."""
    where, allowed = f"{one.page}, {run.members:,} members", MOST_TIMES * (run.floor + one.best)
    if one.took > allowed:
        yield f"{where}: {one.took:.1f} ms, and {allowed:.1f} ms are allowed"
    if one.statements > MOST_STATEMENTS:
        yield f"{where}: {one.statements} statements"
    if page.rows is not None and one.rows > page.rows:
        yield f"{where}: {one.rows} rows read, and {page.rows} are allowed"


def table(run: Run) -> str:
    lines = [
        f"### {run.members:,} members",
        "",
        f"The floor took {run.floor:.1f} ms. Asking by right took {run.rights:.1f} ms more than asking without.",
        "",
        "| page | took, ms | best SQL, ms | of floor + best | statements | rows read | bytes |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.page} | {one.took:.1f} | {one.best:.1f} | {one.took / (run.floor + one.best):.1f} |"
        f" {one.statements} | {one.rows:,} | {one.size:,} |"
        for one in run.measured
    ]
    return "\n".join(lines)


def page(runs: list[Run], acts: list[Act], faults: list[str], further: dict[str, str]) -> str:
    """The whole page."""
    said = "\n".join(f"- {fault}" for fault in faults) or "None."
    done = "\n".join(f"| {act.name} | {act.told} | {act.promise} |" for act in acts)
    rest = "\n".join(f"- {name}: {value}" for name, value in further.items())
    tables = "\n\n".join(map(table, runs))
    return f"""# Performance

Written by `make bench`: medians, in one process, web server and database on the same machine. Absolute times move from
machine to machine and with what else runs there; promises are ratios within one run.

A list page takes at most {MOST_TIMES:g} times the floor and the best statements by hand (`tests/bench/floor.py`:
what `startproject` and templates give for a session, a user and one list of 25; `tests/bench/pages.py`); at most
{MOST_STATEMENTS} statements; and, where its counts are kept, no more than {MOST_GROWTH:g} times as long with a hundred
thousand people as with ten thousand. Asking by right costs at most {MOST_FOR_RIGHTS:g} ms more. The counts beside the
filters are those of plain SQL over the tables that hold the facts. Broken promises are named at the end, and end the
command with 1.

## Directory

{tables}

## Acts

Promised in absolute numbers, for a machine of two cores with nothing else to do. A vote is taken by one request, from
the form to the address of its receipt, with its record; a close counts, decides, records and writes the notices; mails
are made, handed to a mail server on one kept connection, and marked before and after, by one worker.

| act | measured | promised |
|---|---|---|
{done}

## Besides

{rest}

## Promises broken in this run

{said}
"""
