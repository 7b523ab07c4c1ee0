"""Kinds of working groups, as staff keep them."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from taskforces.models import GroupKind


@transaction.atomic
def keep(kind: GroupKind, *, by, fields) -> GroupKind:
    """Save a kind as it was entered or edited, and record which of its settings changed."""
    kind.save()
    record(Verb.REFERENCE_CHANGED, target=kind, by=by, fields=sorted(fields))
    return kind
