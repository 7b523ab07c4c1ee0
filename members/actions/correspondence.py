"""Writing to one another through the portal, without an address: begun, answered, read, ended."""

from django.db import transaction
from django.db.models import Q

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.sealing import new_key, seal, wrap
from members.models import Correspondence, Message, User
from members.permissions.protection import is_protected
from members.permissions.roles import is_member
from members.queries.correspondence import context_of, key_of
from members.rules import correspondence as rules


def _locked(correspondence: Correspondence) -> Correspondence:
    """The correspondence, locked after the logins of both, which raising and lowering a protection lock first."""
    logins = [correspondence.begun_by_id, correspondence.written_to_id]
    _lock_logins(logins)
    return Correspondence.objects.select_for_update(of=("self",)).get(pk=correspondence.pk)


def _lock_logins(logins) -> dict[int, User]:
    """Logins, locked in one order whoever acts, as they are now."""
    rows = User.objects.select_for_update(no_key=True, of=("self",)).select_related("protection")
    return {user.pk: user for user in rows.filter(pk__in=logins).order_by("pk")}


def _handle(user: User) -> str:
    return user.protection.handle if is_protected(user) else ""


@transaction.atomic
def begin(*, reader: User, text: str, by: User) -> Correspondence:
    """Write to somebody, or go on where both write to each other already.

    Raises Refused, code `not-taken`, and as `send` does.
    """
    logins = _lock_logins([reader.pk, by.pk])
    reader, writer = logins[reader.pk], logins[by.pk]
    known = Correspondence.objects.between(reader, writer).open().first()
    if known is None:
        known = _new(reader, writer, on=database_now().date())
    return _send(known, text=text, by=by)


def _new(reader: User, writer: User, *, on) -> Correspondence:
    handle = _handle(reader)
    # By this handle alone: being refused must not tell that one was ended under another.
    under_it = Q(begun_by=reader, begun_as=handle) | Q(written_to=reader, written_to_as=handle)
    ended = Correspondence.objects.between(reader, writer).filter(under_it, ended_by=reader)
    begun = Message.objects.filter(written_by=writer, sent_on=on, correspondence__begun_by=writer)
    rules.ensure_may_begin(
        begun_today=begun.values("correspondence").distinct().count(),
        ended_by_reader=ended.exists(),
    )
    made = Correspondence(begun_by=writer, begun_as=_handle(writer), written_to=reader, written_to_as=handle)
    _key, made.key = new_key(context_of(made))
    made.save()
    return made


@transaction.atomic
def send(*, correspondence: Correspondence, text: str, by: User) -> Correspondence:
    """Write one more message. Raises Refused, code `over`, `no-member`, `gone` or `too-many`."""
    return _send(_locked(correspondence), text=text, by=by)


def _send(correspondence: Correspondence, *, text: str, by: User) -> Correspondence:
    on, reader = database_now().date(), User.objects.get(pk=correspondence.other_of(by))
    rules.ensure_may_send(
        ended=correspondence.ended_on is not None,
        belongs=is_member(by),
        reader_in_use=reader.is_active,
        sent_today=Message.objects.filter(written_by=by, sent_on=on).count(),
    )
    sealed = seal(key_of(correspondence), text, context_of(correspondence))
    message = correspondence.messages.create(written_by=by, sealed_text=sealed, sent_on=on)
    waits = correspondence.unread_by_id == reader.pk
    correspondence.unread_by, correspondence.last_written = reader, message.pk
    correspondence.save(update_fields=["unread_by", "last_written"])
    record(Verb.MESSAGE_SENT, target=correspondence, by=by, reader=reader.pk, waits=waits)
    return correspondence


def mark_read(*, correspondence: Correspondence, by: User) -> None:
    """Note that its reader has seen it: for their own list alone, so nothing of it is recorded or shown to others."""
    Correspondence.objects.filter(pk=correspondence.pk, unread_by=by).update(unread_by=None)


@transaction.atomic
def end(*, correspondence: Correspondence, by: User) -> Correspondence:
    """End it, and take nothing more from the other. Raises Refused, code `over`."""
    correspondence = _locked(correspondence)
    rules.ensure_open(ended=correspondence.ended_on is not None)
    correspondence.ended_on, correspondence.ended_by = database_now().date(), by
    correspondence.save(update_fields=["ended_on", "ended_by"])
    record(Verb.CORRESPONDENCE_ENDED, target=correspondence, by=by)
    return correspondence


# --- What protection, erasure and time do with it -------------------------------------------------------------------


def end_all(*, user: User) -> None:
    """End all that somebody is one of the two of. Call it inside the act that changes who they are to others."""
    Correspondence.objects.of(user).open().update(ended_on=database_now().date())


def delete_all(*, user: User) -> None:
    """Delete all that somebody wrote and was written, for both. Call it inside the act of erasing them."""
    Correspondence.objects.of(user).delete()


def rotate() -> int:
    """Wrap every key by the newest of the key service, each in a transaction of its own; says how many."""
    rows = list(Correspondence.objects.order_by("pk"))
    for row in rows:
        _rewrap(row)
    return len(rows)


@transaction.atomic
def _rewrap(row: Correspondence) -> None:
    row = Correspondence.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if row is not None:
        row.key = wrap(key_of(row), context_of(row))
        row.save(update_fields=["key"])
