"""Calendar addresses: made, shown once, and ended."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.tokens import digest, new_token
from members.models import User
from taskforces.models import CalendarFeed


@transaction.atomic
def make(*, user, by) -> str:
    """A new calendar address for a user: gives its token, which is not kept. One that was there works no more."""
    User.objects.select_for_update().get(pk=user.pk)
    token = new_token()
    values = {"token_digest": digest(token), "made_at": database_now()}
    CalendarFeed.objects.update_or_create(user=user, defaults=values)
    record(Verb.FEED_MADE, target=user, by=by)
    return token


@transaction.atomic
def end(*, user, by) -> bool:
    """End the calendar address of a user; says whether there was one."""
    gone, _tables = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        record(Verb.FEED_ENDED, target=user, by=by)
    return bool(gone)
