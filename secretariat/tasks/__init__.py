"""The tasks of the Secretariat. Each may run twice, late or not at all, and the next one makes up for it."""

from celery import shared_task

from secretariat.actions import delivery as actions
from secretariat.actions import retention
from secretariat.tasks import delivery
from secretariat.tasks.bell import bell


@shared_task
def deliver_notices():
    """Send the mails that are due: somebody rang."""
    delivery.deliver_due(when_more=bell.ring)


@shared_task
def sweep_notices():
    """Find and send what the broker lost, what was put off, and what lost workers left behind."""
    delivery.sweep(when_more=bell.ring)


@shared_task
def heartbeat():
    """Show that a worker lives and takes tasks."""
    actions.beat()


@shared_task
def retain():
    """Delete what is older than its period; more than a small share is refused, and stands on the status page."""
    retention.carry_out()
