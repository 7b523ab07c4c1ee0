"""What people take on at meetings: given, and done."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from taskforces.actions.meetings import locked
from taskforces.models import ActionItem, Minutes
from taskforces.rules import meetings as rules


@transaction.atomic
def give(*, meeting, text, by, owner=None, due_on=None) -> ActionItem:
    """Write down what somebody takes on at a meeting; they are told.

    Raises Refused, code `cancelled`, `not-begun` or `approved`.
    """
    meeting, now = locked(meeting), database_now()
    rules.ensure_begun(state=meeting.state, starts_at=meeting.starts_at, now=now)
    rules.ensure_not_approved(Minutes.objects.filter(meeting=meeting).values_list("state", flat=True).first())
    item = ActionItem.objects.create(
        group=meeting.group, meeting=meeting, text=text.strip(), owner=owner, due_on=due_on, given_at=now
    )
    record(Verb.ACTION_GIVEN, target=item, by=by)
    return item


@transaction.atomic
def finish(*, item, outcome, by) -> ActionItem:
    """Say that it is done, and what came of it. Raises Refused, code `done`."""
    item = ActionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    rules.ensure_not_done(item.done_on)
    item.done_on, item.outcome = database_now().date(), outcome.strip()
    item.save(update_fields=["done_on", "outcome"])
    record(Verb.ACTION_DONE, target=item, by=by)
    return item


@transaction.atomic
def let_go(*, person) -> None:
    """Somebody is being erased: what they have not done is nobody's now."""
    ActionItem.objects.open().filter(owner=person).update(owner=None)
