"""What Django and allauth report about sign-in, brought to the record and to the session."""

from allauth.account import signals as account_signals
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from members.actions import accounts, factors, protection
from members.choices.sessions import SIGNED_IN_AT, TOUCHED_AT
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.devices import device_words
from members.models import User
from members.permissions.protection import is_protected


def words_of(record) -> str:
    """How a method of signing in is called in the record: `password`, `link`, `mfa.totp`."""
    return ".".join(filter(None, (record["method"], record.get("type"))))


def device_of(request) -> str:
    return device_words(request.META.get("HTTP_USER_AGENT", ""))


def forget_address(request):
    """What was proven in a session is kept without the address that was typed."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {name: value for name, value in record.items() if name != "email"} for record in records
    ]


# --- In and out --------------------------------------------------------------------------------------------------


@receiver(user_logged_in)
def on_sign_in(sender, request, user, **kwargs):
    """A session began: its limits run from now, and it goes into the user's list."""
    now = database_now().timestamp()
    request.session[SIGNED_IN_AT] = request.session[TOUCHED_AT] = now
    if request.session.session_key is None:  # another user's session was emptied first
        request.session.save()
    methods = [words_of(record) for record in get_authentication_records(request, user)]
    accounts.note_sign_in(
        user=user, session_key=request.session.session_key, device=device_of(request), methods=methods, by=user
    )
    if is_protected(user):
        forget_address(request)
    if any(method.startswith("mfa") for method in methods):
        factors.stop_by_factor(user=user)


@receiver(user_logged_out)
def on_sign_out(sender, request, user, **kwargs):
    """A session ended, by wish or because it was over."""
    if user is not None and user.is_authenticated:
        reason = getattr(request, "session_end", "asked")
        accounts.note_sign_out(user=user, session_key=request.session.session_key, reason=reason, by=user)


@receiver(user_login_failed)
def on_wrong_password(sender, credentials, request=None, **kwargs):
    """A password was wrong, or an address unknown: the same statements for both."""
    signed_in = request is not None and getattr(request, "user", None) is not None and request.user.is_authenticated
    accounts.note_failure(
        verb=Verb.CONFIRMATION_FAILED if signed_in else Verb.SIGN_IN_FAILED,
        user=User.objects.by_email(credentials.get("email") or ""),
        method="password",
        by=request.user if signed_in else None,
    )


@receiver(mfa_signals.authentication_failed)
def on_wrong_factor(sender, request, user, authenticator, **kwargs):
    """A code of a second factor was wrong."""
    reauthentication = kwargs.get("reauthentication")
    accounts.note_failure(
        verb=Verb.CONFIRMATION_FAILED if reauthentication else Verb.SIGN_IN_FAILED,
        user=user,
        method=f"mfa.{authenticator.type}",
        by=user if reauthentication else None,
    )


@receiver(account_signals.authentication_step_completed)
def on_confirmation(sender, request, user, method, **kwargs):
    """A user confirmed who they are: the session gets a new key, so that an old one caught before is worth nothing."""
    if not kwargs.get("reauthenticated"):
        return
    old_key = request.session.session_key
    request.session.cycle_key()
    accounts.note_confirmation(
        user=user,
        method=words_of({"method": method, "type": kwargs.get("type")}),
        old_key=old_key,
        new_key=request.session.session_key,
        by=user,
    )
    if method == "mfa":
        factors.stop_by_factor(user=user)


# --- Ways of signing in change -----------------------------------------------------------------------------------


@receiver(account_signals.password_set)
@receiver(account_signals.password_changed)
def on_new_password(sender, request, user, signal, **kwargs):
    """The session of the change goes on under a new key; all others end."""
    accounts.keep_session(user=user, session_key=request.session.session_key, device=device_of(request))
    change = "password_set" if signal is account_signals.password_set else "password_changed"
    accounts.note_factor_change(user=user, change=change, session_key=request.session.session_key, by=user)


@receiver(account_signals.password_reset)
def on_password_reset(sender, request, user, **kwargs):
    """All sessions end; the next sign-in asks for the second factor as ever."""
    accounts.note_factor_change(user=user, change="password_reset", session_key="", by=user)


@receiver(account_signals.email_changed)
def on_new_address(sender, request, user, from_email_address=None, **kwargs):
    """The address one signs in with is another."""
    if is_protected(user):
        protection.renew_address(user=user)
        forget_address(request)
    key, former = request.session.session_key or "", from_email_address.email if from_email_address else ""
    accounts.note_factor_change(user=user, change="email_changed", session_key=key, by=user, former_address=former)


@receiver(mfa_signals.authenticator_added)
@receiver(mfa_signals.authenticator_reset)
def on_factor_added(sender, request, user, authenticator, signal, **kwargs):
    """A factor was set up, which proves it to the session that did so, and to no other."""
    factors.stop_by_factor(user=user)
    what = "added" if signal is mfa_signals.authenticator_added else "renewed"
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
    accounts.note_factor_change(
        user=user, change=f"{authenticator.type}_{what}", session_key=request.session.session_key, by=user
    )


@receiver(mfa_signals.authenticator_removed)
def on_factor_removed(sender, request, user, authenticator, **kwargs):
    """A factor was removed. Without any left, nothing that was proven by one counts any longer."""
    if not Authenticator.objects.filter(user_id=user.pk).exists():
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record["method"] != "mfa"
        ]
    accounts.note_factor_change(
        user=user, change=f"{authenticator.type}_removed", session_key=request.session.session_key, by=user
    )
