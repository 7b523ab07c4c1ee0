"""Is the portal alive, ready, and in good order? For load balancers, and for staff."""

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from platform_portal.errors import RETRY_AFTER_SECONDS

BROKER_PATIENCE_SECONDS = 1


@login_not_required
@never_cache
@require_safe
def live(request):
    """The web server answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request):
    """The database answers too."""
    if database_answers():
        return HttpResponse("ready\n", content_type="text/plain")
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return HttpResponse("not ready\n", content_type="text/plain", status=503, headers=headers)


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def broker_answers():
    """Whether the broker answers within a second, asked on a connection of its own."""
    patience = {"socket_timeout": BROKER_PATIENCE_SECONDS, "socket_connect_timeout": BROKER_PATIENCE_SECONDS}
    try:
        with Redis.from_url(settings.REDIS_URL, retry=None, **patience) as broker:
            return bool(broker.ping())
    except RedisError:
        return False


@never_cache
@require_safe
@staff_member_required(login_url=settings.LOGIN_URL)
def status(request):
    """For staff: does the broker answer?"""
    return JsonResponse({"broker_answers": broker_answers()})
