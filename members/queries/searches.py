"""The searches that a reader of the directory has kept, as the page lists them."""

from typing import NamedTuple
from uuid import UUID

from members.kernel.statements import prepared

KEPT = "SELECT public_id, name, query FROM members_savedsearch WHERE user_id = %s ORDER BY name, id"


class Kept(NamedTuple):
    """A saved search: its address, its name, and the query string that it stands for."""

    public_id: UUID
    name: str
    query: str


def kept_by(user) -> list[Kept]:
    """The searches of a reader by name: on every page of the directory, so they are asked for as plainly as can be."""
    with prepared() as cursor:
        cursor.execute(KEPT, [user.pk])
        return [Kept(*row) for row in cursor.fetchall()]
