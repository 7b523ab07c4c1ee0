"""What links to an entry of a governed list, found from the tables themselves, so that no link is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Field, Model
from django.utils.text import capfirst


@dataclass(frozen=True)
class Link:
    """A column or a list by which rows of a table point at entries; `is_list` where each may have several."""

    table: type[Model]
    column: str
    words: str
    is_list: bool = False

    def rows(self, entry: Model):
        """The rows that point at an entry."""
        return self.table._default_manager.filter(**{self.column: entry})


OF_HISTORY = frozenset({"pgh_obj"})
"""The link by which the history of an entry knows it: what was, was that entry's."""


def links_of(model: type[Model]) -> Iterator[Link]:
    """Every way in which the portal's tables point at entries of a list, but for entries that were merged."""
    for relation in model._meta.related_objects:
        if relation.field.name == "merged_into" or relation.field.name in OF_HISTORY:
            continue
        yield Link(relation.related_model, relation.field.name, _words(relation.field), relation.many_to_many)


def _words(field: Field) -> str:
    """Whose link it is, and what it is called there."""
    return f"{capfirst(field.model._meta.verbose_name_plural)}: {field.verbose_name}"


def counts(entry: Model) -> list[tuple[str, int]]:
    """How many rows point at an entry, by what they are."""
    return [(link.words, link.rows(entry).count()) for link in links_of(type(entry))]


def above(entry: Model) -> set[Model]:
    """The entries that an entry stands under, of a list in levels."""
    found = set()
    while (parent := getattr(entry, "parent", None)) is not None and parent not in found:
        found.add(parent)
        entry = parent
    return found
