"""The life of a mail, step by step, each committed before the next begins: reserved, on its way, sent or settled.

A worker reserves a batch under a claim of its own, so that no other takes the same rows. It marks each as sending
immediately before it hands it over, in the same statement as the one before becomes sent. A worker that is lost thus
leaves at most one mail of which nobody knows whether it left; the rest of its batch is free again after the lease.
"""

import logging
import uuid

from django.db import transaction

from members.kernel.clock import PortalNow, database_now
from members.kernel.statements import prepared
from secretariat.choices import Doubt, NoticeState
from secretariat.models import Heartbeat, Notice, NoticeText
from secretariat.queries import WORKER
from secretariat.rules import delivery as rules
from secretariat.rules.delivery import Trouble
from secretariat.rules.table import MANNERS

log = logging.getLogger(__name__)


@transaction.atomic
def reserve(*, limit: int = rules.BATCH) -> list[Notice]:
    """Take the next mails that are due, for this worker alone, longest waiting first."""
    now = database_now()
    due = Notice.objects.due(at=now, reserved_before=now - rules.LEASE).order_by("not_before", "pk")
    keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
    reserved = Notice.objects.filter(pk__in=keys)
    reserved.update(claim=uuid.uuid4(), claimed_at=now)
    return list(reserved.with_what_it_tells().order_by("not_before", "pk"))


def _mine(notice: Notice):
    """The row, if it is still reserved under the claim by which this worker got it."""
    return Notice.objects.filter(pk=notice.pk, claim=notice.claim)


BEGIN = """
    UPDATE secretariat_notice SET
        state = CASE WHEN id = %(next)s THEN 'sending' ELSE 'sent' END,
        sent_at = CASE WHEN id = %(next)s THEN NULL ELSE portal_now() END,
        attempts = attempts + (id = %(next)s)::int, claimed_at = portal_now(), error = ''
    WHERE id IN (%(next)s, %(last)s) AND claim = %(claim)s
    RETURNING id
"""
"""In SQL by hand, since it runs for every mail and must be one statement: the commit is what sending costs most."""


def begin(*, notice: Notice, after: Notice | None = None) -> bool:
    """Mark a mail as on its way and, in the same statement, the one before as sent.

    False where the reservation has run out and the mail is no longer this worker's: it must not be sent then.
    """
    last = after.pk if after else notice.pk
    with prepared() as cursor:
        cursor.execute(BEGIN, {"next": notice.pk, "last": last, "claim": notice.claim})
        changed = {pk for (pk,) in cursor.fetchall()}
    notice.attempts += 1
    return notice.pk in changed


@transaction.atomic
def finish(*, notice: Notice) -> None:
    """Mark a mail as sent, and delete the text that was kept for it."""
    _mine(notice).update(state=NoticeState.SENT, sent_at=PortalNow(), error="")
    NoticeText.objects.filter(notice=notice).delete()


@transaction.atomic
def fail(*, notice: Notice, trouble: Trouble, error: str) -> None:
    """Write what becomes of a mail whose attempt failed. `error` is short and holds no address."""
    settlement = rules.settle(
        trouble,
        doubt=_doubt_of(notice),
        attempts=notice.attempts,
        interruptions=notice.interruptions,
        age=database_now() - notice.written_at,
    )
    changed = _mine(notice).update(
        state=settlement.state,
        not_before=database_now() + settlement.wait,
        is_repeat=notice.is_repeat or settlement.is_repeat,
        interruptions=notice.interruptions,
        claim=None,
        claimed_at=None,
        error=error[:120],
    )
    if changed and settlement.state != NoticeState.NEW:
        NoticeText.objects.filter(notice=notice).delete()
        log.error("The mail of notice %s (%s) is %s: %s.", notice.public_id, notice.kind, settlement.state, error)


def _doubt_of(notice: Notice) -> Doubt:
    return MANNERS[notice.kind].doubt if notice.kind in MANNERS else Doubt.REPEAT


@transaction.atomic
def put_off(*, batch: list[Notice], error: str) -> None:
    """Put a whole batch off that could not even be begun, since the mail server was not to be reached."""
    now = database_now()
    by_attempts: dict[int, list[int]] = {}
    for notice in batch:
        by_attempts.setdefault(notice.attempts + 1, []).append(notice.pk)
    for attempts, keys in by_attempts.items():
        Notice.objects.filter(pk__in=keys, claim=batch[0].claim, state=NoticeState.NEW).update(
            attempts=attempts,
            not_before=now + rules.wait_after(attempts),
            claim=None,
            claimed_at=None,
            error=error[:120],
        )


def give_back(*, batch: list[Notice]) -> None:
    """Free what was reserved and not begun, for any worker and at once."""
    keys = [notice.pk for notice in batch]
    claims = {notice.claim for notice in batch}
    rest = Notice.objects.filter(pk__in=keys, claim__in=claims, state=NoticeState.NEW)
    rest.update(claim=None, claimed_at=None)


@transaction.atomic
def settle_abandoned() -> int:
    """Settle the mails whose worker has been silent for longer than the lease; returns how many."""
    abandoned = Notice.objects.abandoned(since=database_now() - rules.LEASE).select_for_update(skip_locked=True)
    found = list(abandoned)
    for notice in found:
        notice.interruptions += 1
        fail(notice=notice, trouble=Trouble.INTERRUPTED, error="the worker was lost")
    NoticeText.objects.filter(notice__state__in=rules.ENDED).delete()
    return len(found)


def beat(*, name: str = WORKER) -> None:
    """Say that a part of the portal lives."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=PortalNow())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )
