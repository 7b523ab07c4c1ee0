"""Choosing a language, and leaving at once."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import preferences

EVERYTHING = '"cache", "cookies", "storage"'


@login_not_required
@require_POST
def set_language(request):
    """Show the portal in another language from now on, and go back to the page one came from."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(content_type="text/plain")
    if request.user.is_authenticated:
        preferences.choose_language(user=request.user, language=language, by=request.user)
    response = HttpResponseRedirect(own_address(request.POST.get("next", "")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def own_address(address):
    """The address if it is a path of the portal itself, else the first page."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_path else "/"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    """Sign out, clear this browser of the portal, and show a page that says nothing about it."""
    if request.method != "POST":
        return render(request, "platform_portal/neutral.html")
    logout(request)
    response = redirect("leave")
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response
