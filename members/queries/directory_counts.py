"""Counts of the directory that are kept for a kind of reader as long as nothing in it has changed.

They are taken as that kind of reader, without the reader's own row, which is put in for each reader by itself; and
they are held to be good only while every change that can be seen now could be seen when they were taken. So they
never tell more than the reader may know, and never what is past. Those of a search by words are not kept.
"""

import json
from collections import Counter

from django.db import connection

from members.choices.directory import Reader
from members.kernel.statements import prepared
from members.queries.directory import Asker, Counts, Question, counts
from members.queries.directory_letters import FACETS

LONGEST_KEY = 200
OWN = """
    SELECT coalesce(jsonb_agg(to_jsonb(own)), '[]') FROM members_directoryentry own
    WHERE own.person_id = %s AND (own.holds_until IS NULL OR own.holds_until > %s)
"""
KEPT = """
    SELECT counts, (OWN) FROM members_directorycount kept
    WHERE reader = %s AND asked = %s AND kept.on = %s AND NOT EXISTS (
        SELECT FROM members_directoryentry entry WHERE entry.changed_in >= pg_snapshot_xmin(kept.snapshot::pg_snapshot)
        AND NOT pg_visible_in_snapshot(entry.changed_in, kept.snapshot::pg_snapshot))
""".replace("OWN", OWN)
KEEP = """
    INSERT INTO members_directorycount (reader, asked, "on", snapshot, counts) SELECT %s, %s, %s, %s, %s
    WHERE pg_current_xact_id_if_assigned() IS NULL
    ON CONFLICT (reader, asked) DO UPDATE
        SET "on" = EXCLUDED.on, snapshot = EXCLUDED.snapshot, counts = EXCLUDED.counts
"""
"""Not in a transaction that has written: what it alone has done is seen in its counts and not by its snapshot."""


def counts_for(question: Question, asker: Asker) -> Counts:
    """The exact counts of a question, kept ones where there are."""
    asked = "&".join(f"{name}={letters}" for name, letters in sorted(question.chosen.items()))
    if question.terms or len(asked) > LONGEST_KEY:
        return counts(question, asker)[0]
    found, own = _kept(asked, asker) or _take(question, asked, asker)
    _put_own_in(found, own, question, asker)
    return found


def _put_own_in(found: Counts, own: list[dict], question: Question, asker: Asker) -> None:
    """Count the reader's own row as oneself sees it, and no more as others do."""
    for row in own:
        times = bool(row["readers"] & Reader.ONESELF) - bool(row["readers"] & asker.reader)
        missed = {name for name, letters in question.chosen.items() if not set(letters) & set(row[FACETS[name]])}
        found.total += 0 if missed else times
        for name, column in FACETS.items():
            if missed <= {name}:
                for sign in row[column]:
                    found.by[name][sign] += times


def _kept(asked: str, asker: Asker) -> tuple[Counts, list[dict]] | None:
    """Counts that were kept and still hold, with the reader's own rows."""
    with prepared() as cursor:
        cursor.execute(KEPT, [asker.person_id, asker.on, int(asker.reader), asked, asker.on])
        row = cursor.fetchone()
    if row is None:
        return None
    content = json.loads(row[0])
    return Counts(content["total"], {name: Counter(content["by"][name]) for name in FACETS}), json.loads(row[1])


def _take(question: Question, asked: str, asker: Asker) -> tuple[Counts, list[dict]]:
    """Count as nobody in particular, and keep it."""
    found, snapshot = counts(question, Asker(asker.reader, 0, asker.on))
    with connection.cursor() as cursor:
        if snapshot:
            content = json.dumps({"total": found.total, "by": found.by})
            cursor.execute(KEEP, [int(asker.reader), asked, asker.on, snapshot, content])
        cursor.execute(OWN, [asker.person_id, asker.on])
        return found, json.loads(cursor.fetchone()[0])
