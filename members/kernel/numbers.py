"""Readable numbers without gaps, one series for each kind of thing and year."""

from django.db import connection


def next_number(series: str, year: int) -> int:
    """The next number of a series in a year, from a counter row locked until the transaction ends.

    A transaction that fails gives its number back, so a series has no gaps. Call it inside a transaction only.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_numberseries (series, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (series, year) DO UPDATE SET last = members_numberseries.last + 1 RETURNING last",
            [series, year],
        )
        return cursor.fetchone()[0]
