"""Every address, everybody, GET and POST: the answer is the table's, and what is refused did not happen.

A refusal, and every GET, has written nothing at all: PostgreSQL's own count of rows written says so, rolled back or
not. No answer holds a secret that is not its reader's.
"""

import pytest

from tests.permission_table import CLOSED, OPEN_WITHOUT_FACTOR, TABLE
from tests.permission_table.people import SPEAKING_FOR_ALL, expected
from tests.world.canaries import leaked

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permission-table")]

PAGES = [(name, row) for name, rows in TABLE.items() for row in rows]
each_page = pytest.mark.parametrize(("name", "row"), PAGES, ids=[f"{name} {row}".strip() for name, row in PAGES])


def faults_of(answer, wanted: str, *, person: str, place: tuple[str, str]) -> list[str]:
    """What is wrong with an answer, in words; nothing if all is as the table says."""
    did = wanted.startswith("did ")
    words = wanted.removeprefix("did ")
    if did and not words.isdigit():
        words = f"to {words}"
    found = []
    if answer.words != words:
        found.append(f"{answer.words} instead of {wanted} {answer.said}")
    if bool(answer.wrote) != did:
        found.append(f"wrote {answer.wrote or 'nothing'} ({wanted}) {answer.said}")
    if answer.stored and not did:
        found.append(f"stored {len(answer.stored)} files")
    if secrets := leaked(person, answer.everything, place=place):
        found.append(f"was sent {', '.join(secrets)}")
    return [f"{person}: {fault}" for fault in found]


def people_asked(line: str, *, name: str, row: str) -> dict[str, str]:
    """Whom to ask, with the answer each is to get: everybody, for the first row of a page.

    A method that a page does not take is refused before anyone is looked at, so that a few speak for all. For the
    further rows of a page, a third of those who get the common answer are asked, another third with every row.
    """
    answers = expected(line, closed=name in CLOSED, confining=name not in OPEN_WITHOUT_FACTOR)
    if line == "405":
        return {person: answers[person] for person in SPEAKING_FOR_ALL}
    place = list(TABLE[name]).index(row)
    common = [person for person, answer in answers.items() if answer == line.rpartition(";")[2].strip()]
    spared = {person for number, person in enumerate(common) if place and (number + place) % 3}
    return {person: answer for person, answer in answers.items() if person not in spared}


class TestTheTable:
    @each_page
    def test_get(self, visit, name, row):
        path, faults = visit.path(name, row), []
        for person, wanted in people_asked(TABLE[name][row][0], name=name, row=row).items():
            faults += faults_of(visit.ask(person, "GET", path), wanted, person=person, place=(name, row))
        assert not faults, "\n".join(faults)

    @each_page
    def test_post(self, visit, name, row):
        path, faults = visit.path(name, row), []
        for person, wanted in people_asked(TABLE[name][row][1], name=name, row=row).items():
            answer = visit.ask(person, "POST", path, visit.form(name, row, person))
            faults += faults_of(answer, wanted, person=person, place=(name, row))
        assert not faults, "\n".join(faults)
