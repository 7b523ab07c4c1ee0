"""What every request passes: the clock, rights that are due, the session's limits, the second factor."""

from datetime import UTC, datetime
from functools import cache, cached_property

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.actions import rights
from members.choices.sessions import SIGNED_IN_AT, TOUCHED_AT
from members.kernel.clock import database_now
from members.pages.gates import (
    ask_for_factor,
    elsewhere,
    is_confined,
    keep_input,
    lacks_fresh_factor,
    page_of_form,
)
from members.permissions.entry import guards
from members.permissions.protection import is_protected
from members.rules.entry import SessionEnd, end_of_session, is_touch_due, limits_for

OPEN_WITHOUT_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "members:second-factor",
        "members:lost-factor",
        "members:factor-stop",
        *settings.OPEN_WITHOUT_FACTOR,
    }
)
"""What a session may open that lacks the second factor its user needs: getting one, and getting out."""


# --- The clock ---------------------------------------------------------------------------------------------------


class Clock:
    """Mixed into the request: the database's clock, read at most once. For signed-in users it came with the user."""

    @cached_property
    def now(self) -> datetime:
        read_at = getattr(self.user, "read_at", None)
        return read_at.astimezone(UTC) if read_at else database_now()

    @property
    def today(self):
        """The day in UTC, by which dated terms begin and end."""
        return self.now.date()


@cache
def with_clock(request_class):
    """The class of a request, with the clock in it."""
    return type(request_class.__name__, (Clock, request_class), {})


class ClockMiddleware:
    """Give every request `now` and `today`, at no cost to requests that do not ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.__class__ = with_clock(type(request))
        return self.get_response(request)


# --- The session and the rights ----------------------------------------------------------------------------------


class RightsMiddleware:
    """Before anything else: rights that are due change, and sessions that are over end."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.ended_session_of = None
        if not request.user.is_authenticated:
            if SESSION_KEY in request.session:  # of a login put out of use
                request.session.flush()
            return self.get_response(request)
        bring_rights_up_to_date(request)
        end_or_touch_session(request)
        response = self.get_response(request)
        if not request.user.is_authenticated:
            response.headers.setdefault("Clear-Site-Data", '"cache", "storage"')
        return response

    def process_view(self, request, view, args, kwargs):
        """Tell whoever was just signed out, and keep what they wrote until they are back."""
        if request.ended_session_of is None or request.resolver_match.view_name in OPEN_WITHOUT_FACTOR:
            return None
        messages.info(request, _("Your session has ended, as sessions do after a while. Sign in to go on."))
        if request.method == "POST":
            keep_input(request, of=request.ended_session_of)
            return elsewhere(request, redirect_to_login(page_of_form(request)).url)
        return None


def bring_rights_up_to_date(request):
    """A right ends at the minute its term ends, whether or not a worker runs."""
    user = request.user
    if user.rights_due_at is not None and user.rights_due_at <= request.now:
        rights.recompute(user)


def end_or_touch_session(request):
    """End a session that went unused or lasted for too long; else note its use, at most every five minutes."""
    session, now = request.session, request.now
    ended = why_over(request)
    if ended is not None:
        request.ended_session_of, request.session_end = request.user, ended
        logout(request)
    elif is_protected(request.user) or asks_by_itself(request):
        return  # when a protected member was here last is not kept
    elif is_touch_due(touched_at=instant(session[TOUCHED_AT]), now=now):
        session[TOUCHED_AT] = now.timestamp()


def why_over(request) -> SessionEnd | None:
    """Why the request's session is over, or None. One that does not say when it began is."""
    session = request.session
    if SIGNED_IN_AT not in session or TOUCHED_AT not in session:
        return SessionEnd.UNUSABLE
    return end_of_session(
        signed_in_at=instant(session[SIGNED_IN_AT]),
        touched_at=instant(session[TOUCHED_AT]),
        now=request.now,
        limits=limits_for(guarded=guards(request.user), protected=is_protected(request.user)),
    )


def instant(seconds) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def asks_by_itself(request) -> bool:
    """Whether a part of a page asks, as polling does, and not a person: that keeps no session alive."""
    return request.headers.get("HX-Request") == "true" and request.method == "GET"


# --- The second factor -------------------------------------------------------------------------------------------


class ConfinementMiddleware:
    """A session whose user needs a second factor and has not proven it here opens nothing but the way to one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        request.is_confined = is_confined(request)
        if not request.is_confined or match.view_name in OPEN_WITHOUT_FACTOR:
            return None
        page = page_of_form(request) if request.method == "POST" else request.get_full_path()
        return elsewhere(request, f"{reverse('members:second-factor')}?{urlencode({'next': page})}")


class AdministrationMiddleware:
    """Whatever an officer does in the administration needs a second factor proven a short while ago, as grave acts do.

    What was typed into a page for one row comes back there (`members.admin.base.Governed`).
    """

    OPEN = frozenset({"admin:login", "admin:logout"})

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if "admin" not in match.app_names or match.view_name in self.OPEN or not request.user.is_staff:
            return None
        if not lacks_fresh_factor(request):
            return None
        keeps = match.view_name.endswith(("_add", "_change"))  # some pages of the administration have no name
        return ask_for_factor(request, on=request.get_full_path(), keep=keeps)
