"""What readers do with the directory: keep searches, take an export, and be counted while they read."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.refusals import Refused
from members.kernel.statements import prepared
from members.models import DirectoryExport, ReadingDay, SavedSearch, User
from members.rules.directory import ensure_exportable, ensure_room_for_search, most_a_day

# --- Saved searches -----------------------------------------------------------------------------------------------


@transaction.atomic
def save(*, name: str, query: str, by: User) -> SavedSearch:
    """Keep a search under a name. Raises Refused, code `taken` or `full`.

    It is nobody's business but the reader's, so nothing is recorded.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    ensure_room_for_search(by.saved_searches.count())
    _ensure_free(name, by)
    return by.saved_searches.create(name=name, query=query)


@transaction.atomic
def rename(*, search: SavedSearch, name: str, by: User) -> SavedSearch:
    """Give a saved search another name. Raises Refused, code `taken`."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    _ensure_free(name, by, but=search)
    search.name = name
    search.save(update_fields=["name"])
    return search


@transaction.atomic
def delete(*, search: SavedSearch, by: User) -> None:
    """Forget a saved search."""
    search.delete()


def _ensure_free(name: str, user: User, *, but: SavedSearch | None = None) -> None:
    if user.saved_searches.filter(name=name).exclude(pk=but.pk if but else None).exists():
        raise Refused(_("You have a search of that name already."), code="taken", field="name")


# --- Exports ------------------------------------------------------------------------------------------------------


@transaction.atomic
def export(*, reason: str, query: str, columns: Collection[str], rows: int, by: User) -> DirectoryExport:
    """Note that so many rows leave the portal, before they do. Raises Refused, code `too-many` or `nobody`."""
    ensure_exportable(rows)
    made = DirectoryExport.objects.create(user=by, reason=reason, query=query, columns=list(columns), rows=rows)
    record(Verb.DIRECTORY_EXPORTED, target=made, by=by, columns=list(columns), rows=rows)
    return made


# --- How much one reads -------------------------------------------------------------------------------------------

COUNT = """
    INSERT INTO members_readingday AS day (user_id, "on", people) VALUES (%(user)s, %(on)s, %(people)s::uuid[])
    ON CONFLICT (user_id, "on") DO UPDATE
        SET people = (SELECT array_agg(DISTINCT person) FROM unnest(day.people || EXCLUDED.people) person)
        WHERE (SELECT count(DISTINCT person) FROM unnest(day.people || EXCLUDED.people) person) <= %(most)s
    RETURNING 1
"""
"""One statement, so that requests of one reader that come at once are counted one after the other."""


def count_reading(*, people: Collection[UUID], in_office: bool, on, by: User) -> None:
    """Count people who are about to be shown to a reader. Raises Refused, code `spent`, and counts nothing, where
    they would be more different ones in a day than anybody is shown.
    """
    if not people:
        return
    values = {
        "user": by.pk,
        "on": on,
        "people": f"{{{','.join(map(str, people))}}}",
        "most": most_a_day(in_office=in_office),
    }
    with prepared() as cursor:
        cursor.execute(COUNT, values)
        if cursor.fetchone() is None:
            raise Refused(_("You have opened as many profiles as one can in a day."), code="spent")


def forget_reading(*, before) -> int:
    """Forget who was shown to whom on the days before one; says how many rows went."""
    return ReadingDay.objects.filter(on__lt=before).delete()[0]
