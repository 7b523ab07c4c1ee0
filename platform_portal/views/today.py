"""The home of a signed-in person."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from platform_portal.today import Today


@require_safe
def today(request):
    """What needs the reader, what is coming, what happened."""
    page = Today(request.user, now=request.now)
    context = {"needs": page.needs, "coming": page.coming, "happened": page.happened, "now": request.now}
    return render(request, "platform_portal/today.html", context)
