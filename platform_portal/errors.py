"""Error pages: they say what happened and what to do, and nothing about the machine."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

logger = logging.getLogger(__name__)
security = logging.getLogger("portal.security")

RETRY_AFTER_SECONDS = 30
DATABASE_IS_DOWN = (OperationalError, InterfaceError)


def error_page(request, status):
    """The page for a status. It is rendered without the request where the request may need the database."""
    with_request = request if status < 500 else None
    return HttpResponse(render_to_string(f"errors/{status}.html", {"status": status}, with_request), status=status)


@login_not_required
@requires_csrf_token
def bad_request(request, exception):
    """400: the request makes no sense to the portal."""
    return error_page(request, 400)


@login_not_required
@requires_csrf_token
def permission_denied(request, exception):
    """403: the person sees the thing but may not do this with it.

    Who asked is told to the log, outside the database, since a refusal writes nothing: the identifier of the login and
    the name of the door, not the address, which may hold the name of a person or an organisation.
    """
    asked_by = getattr(getattr(request, "user", None), "public_id", "a visitor")
    door = request.resolver_match.view_name if request.resolver_match else "no door"
    security.warning("access refused to %s: %s %s", asked_by, request.method, door)
    return error_page(request, 403)


@login_not_required
@requires_csrf_token
def page_not_found(request, exception):
    """404: absent, or hidden from this person. Both look alike."""
    return error_page(request, 404)


@login_not_required
@requires_csrf_token
def stale_form(request, reason=""):
    """403 for a form whose token is missing or old: the way out is to go back and send it again."""
    return HttpResponse(render_to_string("errors/stale_form.html", {"status": 403}, request), status=403)


@login_not_required
def server_error(request):
    """500, or 503 with a time to come back when it is the database that does not answer."""
    if isinstance(sys.exception(), DATABASE_IS_DOWN):
        return service_unavailable(request)
    return error_page(request, 500)


@login_not_required
def service_unavailable(request):
    """503: the portal is up, but something it needs is not."""
    response = error_page(request, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
