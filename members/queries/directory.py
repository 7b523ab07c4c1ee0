"""Searching the directory: whom a question finds, in which order, and the exact counts beside every filter.

Everything is asked of the narrow table that `members.queries.directory_rows` builds from the projection, so that
search, counts, order and suggestions tell a reader no more than the pages they may read.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from members.choices.audiences import Audience
from members.choices.directory import Order, Reader
from members.kernel.statements import prepared
from members.kernel.text import UNSPACED, words_of
from members.permissions.fields import audiences_of
from members.queries.directory_letters import FACETS
from members.queries.directory_rows import (
    FOR_OFFICE,
    IN_EXPERTISE,
    IN_HEADLINE,
    IN_NAME,
    IN_ORGANISATION,
    quoted,
    whole,
)

MOST_WORDS = 8
BITS = {name: 1 << place for place, name in enumerate(FACETS)}
"""The filters, each with the bit by which a row says that it alone keeps it out."""


# --- Who asks, and what --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asker:
    """Who reads the directory: what kind of reader, which person (0 is nobody), and on which day."""

    reader: Reader
    person_id: int
    on: date

    @property
    def reads_addresses(self) -> bool:
        """Whether the asker may read the e-mail addresses of others."""
        return self.reader in (Reader.SECRETARIAT, Reader.STEERING_SECRETARIAT)


def asker_of(user, *, on: date) -> Asker:
    """The asker behind a login that may open the directory."""
    audiences = audiences_of(user)
    steering, office = Audience.STEERING in audiences, Audience.SECRETARIAT in audiences
    reader = {
        (False, False): Reader.MEMBERS,
        (True, False): Reader.STEERING,
        (False, True): Reader.SECRETARIAT,
        (True, True): Reader.STEERING_SECRETARIAT,
    }[steering, office]
    person = getattr(user, "person", None)
    return Asker(reader, person.pk if person else 0, on)


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after (or before) the line with this rank, day, key and identifier."""

    rank: int
    since: date
    sort_key: str
    public_id: UUID
    backwards: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked of the directory: words, and by filter the letters of the values chosen."""

    words: str = ""
    meant: dict[str, str] = field(default_factory=dict)  # by word, the letters of the fields of expertise it names
    chosen: dict[str, str] = field(default_factory=dict)
    order: Order = Order.NAME
    cursor: Cursor | None = None

    @property
    def terms(self) -> list[str]:
        return words_of(self.words)[:MOST_WORDS]

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked for in particular."""
        return not self.chosen and not self.terms


# --- Words --------------------------------------------------------------------------------------------------------


def _anywhere(question: Question, asker: Asker) -> str:
    """Each word somewhere, by its beginning."""
    marks = ("", FOR_OFFICE) if asker.reads_addresses else ("",)
    return _every_word(question, marks)


def _every_word(question: Question, marks: tuple[str, ...], *, expertise: bool = True) -> str:
    """Every word behind one of some marks, or as a field of expertise."""
    terms = []
    for word in question.terms:
        begins = ":*" if len(word) > 1 or UNSPACED.match(word) else ""
        either = [f"{quoted(mark + word)}{begins}" for mark in marks]
        if expertise:
            either += [quoted(IN_EXPERTISE + sign) for sign in question.meant.get(word, "")]
        terms.append(f"({' | '.join(either)})")
    return " & ".join(terms)


LAST_RANK = 5


def _by_rank(question: Question, asker: Asker) -> list[str]:
    """What to ask for, best answers first: the whole name; all in the name; in the line too; expertise; places; all."""
    return [
        quoted(whole(question.words)),
        _every_word(question, (IN_NAME,), expertise=False),
        _every_word(question, (IN_NAME, IN_HEADLINE), expertise=False),
        _every_word(question, (IN_NAME, IN_HEADLINE)),
        _every_word(question, (IN_NAME, IN_HEADLINE, IN_ORGANISATION)),
        _anywhere(question, asker),
    ]


# --- Conditions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Condition:
    """A piece of a statement, with the values it is handed."""

    text: str
    values: tuple = ()


def _seen_by(asker: Asker) -> Condition:
    """Exactly one row of each person the asker may find, as long as it holds."""
    return Condition(
        "((e.readers & %s) <> 0 AND e.person_id <> %s OR e.person_id = %s AND (e.readers & %s) <> 0)"
        " AND (e.holds_until IS NULL OR e.holds_until > %s)",
        (int(asker.reader), asker.person_id, asker.person_id, int(Reader.ONESELF), asker.on),
    )


def _has(name: str, letters: str) -> Condition:
    """A row has one of the letters in the column of a filter."""
    column = f"e.{FACETS[name]}"
    if len(letters) == 1:
        return Condition(f"strpos({column}, %s) > 0", (letters,))
    return Condition(f"translate({column}, %s, '') <> {column}", (letters,))


def _all_of(*conditions: Condition) -> Condition:
    return Condition(
        " AND ".join(each.text for each in conditions), tuple(value for each in conditions for value in each.values)
    )


# --- A page -------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """One line of a page: where it stands, and what it says."""

    rank: int
    since: date
    sort_key: str
    public_id: UUID
    line: dict


BY_NAME, BY_DAY = "e.sort_key, e.public_id", "e.since DESC, e.sort_key, e.public_id"
BY_NAME_BACKWARDS, BY_DAY_BACKWARDS = "e.sort_key DESC, e.public_id DESC", "e.since, e.sort_key DESC, e.public_id DESC"


def page(question: Question, asker: Asker, *, most: int, many: bool = False) -> list[Found]:
    """At most so many of whom a question finds, from its cursor on, in the order of the list.

    Say that it finds `many`, and the list is walked in its order until the page is full; else those found are sorted.
    """
    ranks = _by_rank(question, asker) if question.terms and question.order == Order.BEST else None
    backwards = question.cursor is not None and question.cursor.backwards
    pieces = _ranked(question, asker, ranks, most, many) if ranks else [_piece(question, asker, most, walk=many)]
    if backwards:
        pieces.reverse()
    joined = " UNION ALL ".join(f"SELECT * FROM ({piece.text}) piece" for piece in pieces)  # noqa: S608 - our own words
    text = (
        f"SELECT h.rank, h.since, h.sort_key, h.public_id, l.content FROM ({joined} LIMIT {most:d}) h"  # noqa: S608
        f" JOIN members_directoryline l ON l.entry_id = h.id"
    )
    # The plan of a search by words hangs on the words.
    with connection.cursor() if question.terms else prepared() as cursor:
        cursor.execute(text, [value for piece in pieces for value in piece.values])
        rows = cursor.fetchall()
    lines = json.loads(f"[{','.join(row[4] for row in rows)}]")  # at once: it is five times as fast as one by one
    found = [Found(*row[:4], line) for row, line in zip(rows, lines, strict=True)]
    return sorted(found, key=lambda each: _place(each, question.order))


def _place(found: Found, order: Order) -> tuple:
    """Where a line stands in an order."""
    day = -found.since.toordinal() if order == Order.NEWEST else 0
    return (found.rank, day, found.sort_key.encode(), found.public_id.bytes)


def _piece(
    question: Question, asker: Asker, most: int, *, words: Condition | None = None, rank: int = 0, walk: bool = False
) -> Condition:
    """Those of a rank, in order, beyond the cursor."""
    newest, cursor = question.order == Order.NEWEST, question.cursor
    conditions = [_seen_by(asker), *(_has(name, letters) for name, letters in question.chosen.items())]
    if words is None and question.terms:
        words = Condition("t.vector @@ %s::tsquery", (_anywhere(question, asker),))
    if words:
        conditions.append(words)
    if cursor and cursor.rank == rank:
        conditions.append(_beyond(cursor, newest=newest))
    backwards = cursor is not None and cursor.backwards
    order = (BY_DAY_BACKWARDS if newest else BY_NAME_BACKWARDS) if backwards else (BY_DAY if newest else BY_NAME)
    joined = " JOIN members_directorytext t ON t.entry_id = e.id" if words else ""
    where = _all_of(*conditions)
    # Without the fence, PostgreSQL walks the whole list for a rare word, whose share of the texts it cannot know.
    fence = "OFFSET 0) e" if words and not walk else ") e"
    return Condition(
        f"SELECT e.*, {rank} AS rank FROM"  # noqa: S608 - our own words only
        f" (SELECT e.id, e.since, e.sort_key, e.public_id FROM members_directoryentry e{joined}"
        f" WHERE {where.text} {fence} ORDER BY {order} LIMIT {most:d}",
        where.values,
    )


def _beyond(cursor: Cursor, *, newest: bool) -> Condition:
    """What lies beyond the cursor in the order of a rank."""
    beyond = "<" if cursor.backwards else ">"
    names = (cursor.sort_key, cursor.public_id)
    by_name = f"(e.sort_key, e.public_id) {beyond} (%s, %s)"
    if not newest:
        return Condition(by_name, names)
    later = ">" if cursor.backwards else "<"
    return Condition(f"(e.since {later} %s OR e.since = %s AND {by_name})", (cursor.since, cursor.since, *names))


def _ranked(question: Question, asker: Asker, ranks: list[str], most: int, many: bool) -> list[Condition]:  # noqa: FBT001
    """A piece for each rank; PostgreSQL asks for the next one only while the page has room."""
    cursor, pieces = question.cursor, []
    for rank, asked in enumerate(ranks):
        if cursor and (rank > cursor.rank if cursor.backwards else rank < cursor.rank):
            continue
        words = [Condition("t.vector @@ %s::tsquery", (asked,))]
        if rank:  # each rank holds the one before
            before = " | ".join(f"({each})" for each in {ranks[0], ranks[rank - 1]})
            words.append(Condition("NOT t.vector @@ %s::tsquery", (before,)))
        pieces.append(_piece(question, asker, most, words=_all_of(*words), rank=rank, walk=many and rank == LAST_RANK))
    return pieces


# --- Counts -------------------------------------------------------------------------------------------------------


@dataclass
class Counts:
    """How many people a question finds, and by filter how many each letter would leave, other filters as they are."""

    total: int = 0
    by: dict[str, Counter] = field(default_factory=dict)


def counts(question: Question, asker: Asker) -> tuple[Counts, str]:
    """The exact counts of a question in one pass over the narrow table, and the moment at which they were taken.

    Rows that a single filter keeps out are read too, since they count beside the values of that one.
    """
    misses = [(_has(name, letters), BITS[name]) for name, letters in question.chosen.items()]
    miss = " + ".join(f"CASE WHEN {each.text} THEN 0 ELSE {bit} END" for each, bit in misses) or "0"
    where, joined = [_seen_by(asker)], ""
    if question.terms:
        joined = " JOIN members_directorytext t ON t.entry_id = e.id"
        where.append(Condition("t.vector @@ %s::tsquery", (_anywhere(question, asker),)))
    condition = _all_of(*where)
    strung = ", ".join(f"string_agg(e.{column}, '')" for column in FACETS.values())
    text = (
        f"SELECT {miss} AS miss, pg_current_snapshot()::text, count(*), {strung}"  # noqa: S608 - our own words only
        f" FROM members_directoryentry e{joined} WHERE {condition.text} GROUP BY miss"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [*(value for each, _bit in misses for value in each.values), *condition.values])
        rows = cursor.fetchall()
    found = Counts(by={name: Counter() for name in FACETS})
    for bit, _snapshot, number, *columns in rows:
        found.total += number if bit == 0 else 0
        for (name, own), letters in zip(BITS.items(), columns, strict=True):
            if bit in (0, own):
                found.by[name].update(letters or "")
    return found, rows[0][1] if rows else ""
