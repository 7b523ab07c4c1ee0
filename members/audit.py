"""The one way to write the audit record."""

from django.db import transaction

from members.choices.verbs import Verb
from members.models import AuditEvent
from members.signals import recorded


def record(verb: Verb, *, target=None, by=None, **facts) -> AuditEvent:
    """Write what happened, in the transaction of what happened, and tell whoever writes notices.

    `by` is the User who acted, or None for the clock. `facts` are ids, numbers and codes: never a name, an
    address or a text of a person, since the record outlives erasure.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act and its record are one transaction.")
    event = AuditEvent.objects.create(verb=verb, target=target, by=by, facts=facts)
    recorded.send(AuditEvent, event=event)
    return event
