"""Entries of governed lists, edited in place: what links to them stays, so they are retired and never deleted."""

from django.db import models, transaction

from members.audit import record
from members.choices.verbs import Verb


@transaction.atomic
def keep(entry: models.Model, *, by, fields) -> models.Model:
    """Save an entry as it was edited or entered, and record which of its fields changed."""
    entry.save()
    facts = {"fields": sorted(fields)}
    if isinstance(entry.pk, int):
        record(Verb.REFERENCE_CHANGED, target=entry, by=by, **facts)
    else:  # countries, whose key is their code
        record(Verb.REFERENCE_CHANGED, by=by, table=entry._meta.model_name, code=entry.pk, **facts)
    return entry
