"""One's own account: ways of signing in, sessions, language and time zone."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import accounts, preferences
from members.forms.accounts import ReadingForm
from members.pages.gates import is_confined, next_page, proved_lately
from members.permissions.entry import guards
from members.queries.accounts import sessions_of, ways_in


@require_http_methods(["GET", "HEAD", "POST"])
def security(request):
    """Every way of signing in with what is set up, and how the portal speaks to its reader."""
    user = request.user
    form = ReadingForm(request.POST or None, initial={"language": user.language, "time_zone": user.time_zone})
    if form.is_valid():
        preferences.choose_language(user=user, language=form.cleaned_data["language"], by=user)
        preferences.choose_time_zone(user=user, time_zone=form.cleaned_data["time_zone"], by=user)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Language and time zone are saved."))
        return redirect("members:security")
    context = {"form": form, "ways": ways_in(user), "count": sessions_of(user).count(), "is_guarded": guards(user)}
    return render(request, "members/accounts/security.html", context)


@require_http_methods(["GET", "HEAD"])
def second_factor(request):
    """Lead to proving a second factor where one is needed, and to getting one where there is none."""
    page, is_fresh_asked = next_page(request, otherwise="members:security"), "fresh" in request.GET
    if not is_confined(request) and (not is_fresh_asked or proved_lately(request)):
        return redirect(page)
    ways = ways_in(request.user)
    if not ways.has_factor:
        return render(request, "members/accounts/second_factor.html", {"page": page})
    by_key = ways.keys and not ways.app
    way = reverse("mfa_reauthenticate_webauthn" if by_key else "mfa_reauthenticate")
    return redirect(f"{way}?{urlencode({'next': page})}")


@require_http_methods(["GET", "HEAD"])
def sessions(request):
    """Where one is signed in now."""
    context = {
        "sessions": sessions_of(request.user),
        "current": request.session.session_key,
        "crumbs": [{"label": _("Sign-in and security"), "url": reverse("members:security")}],
    }
    return render(request, "members/accounts/sessions.html", context)


@require_POST
def end_session(request, pk):
    """End one of one's own sessions; the one at hand is signed out."""
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect(settings.LOGOUT_REDIRECT_URL)
    accounts.end_session(session=session, by=request.user)
    messages.success(request, _("The session has ended."))
    return redirect("members:sessions")


@require_POST
def end_other_sessions(request):
    """End all of one's own sessions but the one at hand."""
    count = accounts.end_sessions(user=request.user, by=request.user, but=request.session.session_key)
    messages.success(request, _("Other sessions ended: {count}.").format(count=count))
    return redirect("members:sessions")
