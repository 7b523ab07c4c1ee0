"""What a row was, from its field history."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst


@dataclass(frozen=True)
class Change:
    """What a row became at an instant: each remembered column that was another before, with what it is from then on."""

    at: datetime
    fields: tuple[tuple[str, str], ...]


def changes_of(row) -> list[Change]:
    """The history of a row, the newest first. The first entry says what there was at the beginning."""
    model = type(row).history.rel.related_model
    columns = [field for field in model._meta.concrete_fields if not field.name.startswith("pgh_")]
    related = [field.name for field in columns if field.is_relation]
    found, before = [], None
    for event in row.history.select_related(*related).order_by("pgh_id"):
        changed = tuple(
            (capfirst(field.verbose_name), _in_words(event, field))
            for field in columns
            if before is None or getattr(event, field.attname) != getattr(before, field.attname)
        )
        found.append(Change(event.pgh_created_at, changed))
        before = event
    return found[::-1]


def _in_words(event, field) -> str:
    value = getattr(event, f"get_{field.name}_display")() if field.choices else getattr(event, field.name)
    return str(value or "")
