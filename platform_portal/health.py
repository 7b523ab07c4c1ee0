"""Is the portal alive, ready, and in good order? For load balancers, and for staff."""

from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import Error, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from members.kernel.clock import database_now
from platform_portal.errors import RETRY_AFTER_SECONDS
from secretariat.actions.retention import held_up
from secretariat.queries import delivery_status

BROKER_PATIENCE_SECONDS = 1
LONGEST_SILENCE = timedelta(seconds=60)


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


def worker_lives(heartbeat_at, *, now):
    """Whether a worker has shown its heartbeat lately."""
    return heartbeat_at is not None and now - heartbeat_at < LONGEST_SILENCE


@never_cache
@require_safe
def status(request):
    """For staff: does the broker answer, does the worker live, what waits to be sent, what is not deleted unasked."""
    if not request.user.is_staff:
        raise PermissionDenied
    delivery, now, broker = delivery_status(), database_now(), broker_answers()
    worker = worker_lives(delivery.heartbeat_at, now=now)
    held = [asdict(found) for found in held_up()]
    in_order = broker and worker and not delivery.dead
    facts = {"in_order": in_order, "broker_answers": broker, "worker_lives": worker, "retention_refused": held}
    return JsonResponse(facts | {"at": now, "notices": asdict(delivery)})
