"""What happens to a login: opened, closed, signed in to and out of, its factors changed, its sessions ended.

allauth carries out most of it; the receivers in `members.receivers.accounts` bring what it reports here.
"""

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from members.actions import rights
from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import EntryLink, Erasure, User
from members.permissions.protection import is_protected

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in columns that ask for an instant, where none is kept: in those of protected members."""
NOWHERE = "::"
"""Stands in the column that asks for a network address: none is kept."""


# --- Opening and closing -----------------------------------------------------------------------------------------


@transaction.atomic
def open_login(*, email, by, language="en", password=None) -> User:
    """Open a login for an address that was proven or is vouched for. Without a password it is entered by link.

    Raises Refused, code `address-taken`, where the address has a login.
    """
    if User.objects.by_email(email) is not None:  # also where it is sealed, which no constraint can know
        raise Refused(_("This address has an account already."), code="address-taken", field="email")
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, language=language)
    except (ValidationError, IntegrityError) as taken:
        if User.objects.by_email(email) is None:
            raise
        raise Refused(_("This address has an account already."), code="address-taken", field="email") from taken
    prove_address(user)
    record(Verb.LOGIN_OPENED, target=user, by=by)
    return user


def prove_address(user: User) -> None:
    """Note for allauth that the user's address is theirs, as a link that reached it shows."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def close_login(*, user, by) -> User:
    """Put a login out of use: rights and sessions end at once. Raises Refused, code `closed`, or `oneself`."""
    if user == by:
        raise Refused(_("Nobody puts their own account out of use. Ask a colleague."), code="oneself")
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        raise Refused(_("This account is out of use already."), code="closed")
    user.is_active = False
    user.save(update_fields=["is_active"])
    rights.recompute(user)
    record(Verb.LOGIN_CLOSED, target=user, by=by)
    end_sessions(user=user, by=by, reason="closed")
    return user


@transaction.atomic
def reopen_login(*, user, by) -> User:
    """Bring a login back into use, with the rights of the terms in force. Raises Refused, code `open` or `erased`."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active:
        raise Refused(_("This account is in use."), code="open")
    if Erasure.objects.done().filter(user=user).exists():
        raise Refused(_("This person was erased. Nothing is entered about them again."), code="erased")
    user.is_active = True
    user.save(update_fields=["is_active"])
    rights.recompute(user)
    record(Verb.LOGIN_REOPENED, target=user, by=by)
    return user


# --- Signing in and out ------------------------------------------------------------------------------------------


@transaction.atomic
def note_sign_in(*, user, session_key, device, methods, by) -> None:
    """Note that a session began, and by which methods, for the record and for the user's own list of sessions.

    Of a protected member nothing is noted but that there is a session, so that it can be ended.
    """
    keep_session(user=user, session_key=session_key, device=device)
    if is_protected(user):
        forget_use_of_factors(user=user)
    else:
        record(Verb.SIGNED_IN, target=user, by=by, methods=methods)


def keep_session(*, user, session_key, device) -> None:
    """Put a session into the user's own list. No network address is kept, and of the browser only its family."""
    defaults = {"user": user, "ip": NOWHERE, "user_agent": device}
    if is_protected(user):
        defaults |= {"user_agent": "", "created_at": NEVER, "last_seen_at": NEVER}
    UserSession.objects.get_or_create(session_key=session_key, defaults=defaults)


@transaction.atomic
def note_failure(*, verb, user, method, by) -> None:
    """Note that somebody failed to sign in or to confirm who they are. `user` is None for an unknown address.

    Who tries an address of a protected member finds what one of nobody leaves: the record without them would else tell.
    """
    is_anybody = by is None and method == "password"
    record(verb, target=None if is_anybody and is_protected(user) else user, by=by, method=method)


@transaction.atomic
def note_confirmation(*, user, method, old_key, new_key, by) -> None:
    """Note that a user confirmed who they are, and that their session has a new key since."""
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)
    if is_protected(user):
        forget_use_of_factors(user=user)
    else:
        record(Verb.CONFIRMED, target=user, by=by, method=method)


@transaction.atomic
def note_sign_out(*, user, session_key, reason, by) -> None:
    """Note that a session ended by its user's wish, or by itself for a `reason`."""
    UserSession.objects.filter(session_key=session_key).delete()
    if not is_protected(user):
        record(Verb.SIGNED_OUT, target=user, by=by, reason=reason)


@transaction.atomic
def note_reset_asked(*, user, by=None) -> None:
    """Note that a new password was asked for. `user` is None for an unknown address, and a protected one looks so."""
    record(Verb.RESET_ASKED, target=None if is_protected(user) else user, by=by)


@transaction.atomic
def note_factor_change(*, user, change, session_key, by, former_address="") -> None:
    """Note that a way of signing in changed. All other sessions of the user end, and the links on their way to the
    user's address are void: one of them may be why it changed. `former_address` is given where that is what changed.
    """
    record(Verb.FACTOR_CHANGED, target=user, by=by, change=change)
    now = database_now()
    addresses = [address.lower() for address in (user.email, former_address) if address]
    EntryLink.objects.ways_in_of(addresses).usable(at=now).update(expires_at=now)
    end_sessions(user=user, by=by, but=session_key, reason="factor")


@transaction.atomic
def forget_traces(*, user, but="") -> None:
    """Forget when and where a login was used: of a protected member nothing of it is kept."""
    end_sessions(user=user, by=user, but=but, reason="protected")
    UserSession.objects.filter(user=user).update(ip=NOWHERE, user_agent="", created_at=NEVER, last_seen_at=NEVER)
    forget_use_of_factors(user=user)


def forget_use_of_factors(*, user) -> None:
    """Forget when a second factor was used last."""
    Authenticator.objects.filter(user_id=user.pk, last_used_at__isnull=False).update(last_used_at=None)
    User.objects.filter(pk=user.pk, last_login__isnull=False).update(last_login=None)


# --- Ending sessions ---------------------------------------------------------------------------------------------


@transaction.atomic
def end_sessions(*, user, by, but="", reason="asked") -> int:
    """End the sessions of a user, but for one; says how many. Their next request is a visitor's."""
    forget_lost_sessions(UserSession.objects.filter(user=user))
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    keys = list(rows.select_for_update(of=("self",)).values_list("session_key", flat=True))
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        record(Verb.SESSIONS_ENDED, target=user, by=by, count=len(keys), reason=reason)
    return len(keys)


@transaction.atomic
def end_session(*, session, by) -> None:
    """End one session of a user."""
    Session.objects.filter(session_key=session.session_key).delete()
    UserSession.objects.filter(pk=session.pk).delete()
    record(Verb.SESSIONS_ENDED, target=session.user, by=by, count=1, reason="asked")


@transaction.atomic
def end_every_session(*, by) -> int:
    """End all sessions of everybody; says how many."""
    count, _by_model = Session.objects.all().delete()
    UserSession.objects.all().delete()
    record(Verb.SESSIONS_ENDED, by=by, count=count, reason="everybody")
    return count


@transaction.atomic
def purge_sessions() -> int:
    """Delete sessions whose time is over, and list entries whose session is gone; says how many sessions."""
    count, _by_model = Session.objects.filter(expire_date__lt=database_now()).delete()
    forget_lost_sessions(UserSession.objects.all())
    return count


def forget_lost_sessions(rows) -> None:
    """Drop entries of lists whose session no longer exists."""
    rows.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()
