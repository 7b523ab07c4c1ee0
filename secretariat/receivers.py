"""Reactions of the Secretariat: notices are written with the act they tell of, and the bell is rung after it."""

from django.db import transaction
from django.dispatch import receiver

from members.signals import protection_raised, recorded
from secretariat.actions import notices
from secretariat.signals import notices_written
from secretariat.tasks.bell import bell


@receiver(recorded, dispatch_uid="secretariat.write_notices")
def write_notices(sender, event, **facts):
    """Every act on the record: tell whom the table names, in the same transaction."""
    notices.write_for(event)


@receiver(protection_raised, dispatch_uid="secretariat.take_over")
def take_over(sender, protection, former_address, **facts):
    """A sealed address stands on no notice."""
    notices.take_over(user=protection.user, former_address=former_address)


@receiver(notices_written, dispatch_uid="secretariat.ring_after_commit")
def ring_after_commit(sender, **facts):
    """Ring once the transaction is whole, and once however many notices it wrote."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] == bell.ring for entry in waiting):
        transaction.on_commit(bell.ring, robust=True)
