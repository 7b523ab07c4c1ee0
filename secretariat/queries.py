"""Reads of notices with more than one caller."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from members.kernel.statements import prepared
from members.queries.own_facts import Fact, Section
from secretariat.choices import NoticeState
from secretariat.models import Heartbeat, Notice
from secretariat.permissions.notices import shown_to_office

WORKER = "worker"
UNREAD = "SELECT count(*) FROM secretariat_notice WHERE in_inbox AND user_id = %s AND read_at IS NULL"


@dataclass(frozen=True)
class DeliveryStatus:
    """How the mails of the portal stand: for the status page and for alarms."""

    pending: int
    oldest_pending_at: datetime | None
    heartbeat_at: datetime | None
    dead: int
    uncertain: int
    held: int


def delivery_status() -> DeliveryStatus:
    """How many mails wait and since when, how many are in trouble, and when a worker last said that it lives.

    Those to protected members are not counted: whoever counts before and after an act would learn that it had a reader.
    """
    beat = Heartbeat.objects.filter(name=WORKER).first()
    shown = shown_to_office(Notice.objects.all())
    waiting = shown.waiting().aggregate(pending=Count("pk"), oldest_pending_at=Min("written_at"))
    states = {state: Count("pk", filter=Q(state=state)) for state in TROUBLED}
    troubled = shown.filter(state__in=TROUBLED).aggregate(**states)
    return DeliveryStatus(heartbeat_at=beat.at if beat else None, **waiting, **troubled)


TROUBLED = (NoticeState.DEAD.value, NoticeState.UNCERTAIN.value, NoticeState.HELD.value)


def unread_count(user) -> int:
    """How many notices in a user's inbox are unread: on every page, so it is asked as plainly as can be."""
    with prepared() as cursor:
        cursor.execute(UNREAD, [user.pk])
        return cursor.fetchone()[0]


def cannot_be_reached(users) -> set[int]:
    """Keys of those among some users whose newest mail was refused for good."""
    newest = (
        Notice.objects.filter(user__in=users, state__in=[NoticeState.SENT, NoticeState.DEAD])
        .order_by("user", "-pk")
        .distinct("user")
        .values_list("user_id", "state")
    )
    return {user for user, state in newest if state == NoticeState.DEAD}


def own_data_of(user) -> list[Section]:
    """What this app keeps about a user: what they were told and when. What a notice says is read when it is opened."""
    entries = [
        [
            Fact("about", _("About"), row.get_kind_display()),
            Fact("written_at", _("When"), row.written_at),
            Fact("read_at", _("Read"), row.read_at),
            Fact("sent_at", _("Sent by mail"), row.sent_at),
        ]
        for row in Notice.objects.filter(user=user).order_by("pk")
    ]
    return [Section("notices", _("Notices to you"), entries)]
