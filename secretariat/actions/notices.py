"""What is done with notices: written with an act, or for an account; read; held back and let go again."""

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language

from members.kernel.clock import PortalNow
from members.kernel.sealing import address_on_record, addresses_on_record
from members.models import AuditEvent, Referee
from secretariat.choices import Kind, NoticeState
from secretariat.models import Notice, NoticeText
from secretariat.permissions.audiences import READERS
from secretariat.permissions.notices import visible_to
from secretariat.rules.table import MANNERS, TABLE
from secretariat.signals import notices_written


@transaction.atomic
def write_for(event: AuditEvent) -> list[Notice]:
    """Write the notices of an act, in its transaction: one for each reader, by the first row of the table that fits."""
    by_reader = {}
    for kind in TABLE.get(event.verb, ()):
        manner = MANNERS[kind]
        for reader in READERS[manner.audience](event):
            spared = manner.spares_the_actor and reader.user_id is not None and reader.user_id == event.by_id
            if not spared:
                by_reader.setdefault((reader.user_id, reader.address), _notice(event, kind, reader))
    notices = Notice.objects.bulk_create(by_reader.values())
    if any(notice.state == NoticeState.NEW for notice in notices):
        notices_written.send(Notice)
    return notices


def _notice(event: AuditEvent, kind: Kind, reader) -> Notice:
    manner = MANNERS[kind]
    return Notice(
        event=event,
        kind=kind,
        user_id=reader.user_id,
        address=reader.address,
        language=reader.language,
        in_inbox=manner.in_inbox,
        state=NoticeState.NEW if manner.by_mail else NoticeState.INBOX,
    )


@transaction.atomic
def send_text(*, email, user, subject, text, html="", kind) -> Notice:
    """Have a mail about an account sent: to the user if the address is theirs, else to the address alone.

    It does not stand in the inbox, and its text is deleted once it has left, since it may hold a secret. `kind` says
    which mail it is (a code, for staff), and `user` may be None.
    """
    is_theirs = user is not None and user.email in addresses_on_record(email)
    notice = Notice.objects.create(
        kind=Kind.ACCOUNT,
        user=user if is_theirs else None,
        address="" if is_theirs else email,
        language=user.language if user is not None else get_language(),
        facts={"about": kind},
        in_inbox=False,
    )
    NoticeText.objects.create(notice=notice, subject=" ".join(subject.split())[:200], plain=text, html=html)
    notices_written.send(Notice)
    return notice


@transaction.atomic
def take_over(*, user, former_address) -> None:
    """Let what was written to a login's former address belong to the login itself: the address is kept no longer."""
    for notice in Notice.objects.to_strangers().filter(address=former_address):
        taken = notice.event_id and Notice.objects.filter(event=notice.event_id, user=user).exists()
        if taken:
            notice.address = address_on_record(former_address)
        else:
            notice.user, notice.address = user, ""
        notice.save(update_fields=["user", "address"])


def mark_read(*, notice, by) -> None:
    """Note that the reader has read a notice. Doing so twice keeps the first time."""
    visible_to(by).unread().filter(pk=notice.pk).update(read_at=PortalNow())


def mark_all_read(*, by) -> int:
    """Note that a reader has read everything in the inbox; returns how many were unread."""
    return visible_to(by).unread().update(read_at=PortalNow())


def hold_waiting() -> int:
    """Hold back every mail that waits, as after a restore from a backup, when old mails must not leave again."""
    return Notice.objects.waiting().update(state=NoticeState.HELD, claim=None, claimed_at=None)


def let_go() -> int:
    """Let held mails leave, each marked as perhaps not the first."""
    released = Notice.objects.filter(state=NoticeState.HELD)
    count = released.update(state=NoticeState.NEW, is_repeat=True, not_before=PortalNow())
    if count:
        notices_written.send(Notice)
    return count


def try_again(*, public_id) -> bool:
    """Send once more a mail that was given up or is uncertain, marked so; false if it is neither."""
    troubled = Notice.objects.filter(public_id=public_id, state__in=[NoticeState.DEAD, NoticeState.UNCERTAIN])
    count = troubled.exclude(kind=Kind.ACCOUNT).update(
        state=NoticeState.NEW,
        is_repeat=True,
        interruptions=0,
        attempts=0,
        not_before=PortalNow(),
        claim=None,
        claimed_at=None,
        error="",
    )
    if count:
        notices_written.send(Notice)
    return bool(count)


@transaction.atomic
def forget_reader(*, user) -> int:
    """Delete what was written to somebody who is being erased, and to the referees they named; says how many.

    Call it before the addresses are blanked. What others were told of the same acts stays: it names nobody.
    """
    referees = Referee.objects.filter(application__applicant=user)
    kind = ContentType.objects.get_for_model(Referee)
    to_referees = Q(event__target_type=kind, event__target_id__in=referees.values("pk"), user__isnull=True)
    addresses = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    own = Q(user=user) | Q(address__in={address.lower() for address in addresses})
    count, _by_model = Notice.objects.filter(own | to_referees).delete()
    return count
