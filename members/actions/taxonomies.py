"""Entries of governed lists: edited in place, retired and never deleted, and merged without losing a link."""

from django.db import models, transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.queries.taxonomies import Link, above, links_of
from members.rules import taxonomies as rules


@transaction.atomic
def keep(entry: models.Model, *, by, fields) -> models.Model:
    """Save an entry as it was edited or entered, and record which of its fields changed."""
    entry.save()
    ends = {"retired_on": entry.retired_on and entry.retired_on.isoformat()} if "retired_on" in fields else {}
    _record(Verb.REFERENCE_CHANGED, entry, by=by, fields=sorted(fields), **ends)
    return entry


def _record(verb: Verb, entry: models.Model, *, by, **facts) -> None:
    if isinstance(entry.pk, int):
        record(verb, target=entry, by=by, **facts)
    else:  # countries, whose key is their code
        record(verb, by=by, table=entry._meta.model_name, code=entry.pk, **facts)


@transaction.atomic
def merge(entry: models.Model, *, into: models.Model, by) -> models.Model:
    """Let everything that points at an entry point at another of its list; the entry stays, retired, with its code.

    Raises Refused, code `itself`, `merged`, `retired` or `cycle`.
    """
    model = type(entry)
    locked = model.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([entry.pk, into.pk])
    entry, into = locked[entry.pk], locked[into.pk]
    rules.ensure_mergeable(
        entry=entry,
        into=into,
        is_merged=entry.merged_into_id is not None,
        is_target_retired=into.retired_on is not None,
        above=above(into),
    )
    moved = {f"{link.table._meta.model_name}.{link.column}": _move(link, entry, into) for link in links_of(model)}
    model.objects.filter(merged_into=entry).update(merged_into=into)
    entry.merged_into, entry.retired_on = into, entry.retired_on or today()
    entry.save(update_fields=["merged_into", "retired_on"])
    _record(Verb.REFERENCE_MERGED, entry, by=by, into=into.pk, moved=moved)
    return entry


def _move(link: Link, entry, into) -> int:
    """Point every row of a link at the other entry; says how many. Who had both has the other once."""
    if not link.is_list:
        return link.rows(entry).update(**{link.column: into})
    rows = list(link.rows(entry))
    for row in rows:
        chosen = getattr(row, link.column)
        chosen.add(into)
        chosen.remove(entry)
    return len(rows)
