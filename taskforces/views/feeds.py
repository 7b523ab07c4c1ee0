"""One's own calendar address: made, shown once, ended; and what a calendar reads at it."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.pages.acting import done_or_said
from members.pages.gates import form_shown_at
from taskforces.actions import feeds
from taskforces.models import CalendarFeed
from taskforces.permissions.meetings import feed_for
from taskforces.queries.calendars import feed_of


@require_http_methods(["GET", "POST"])
def calendar(request):
    """One's own calendar address. Making one shows it, this once."""
    address = ""
    if request.method == "POST":
        token = feeds.make(user=request.user, by=request.user)
        address = request.build_absolute_uri(reverse("taskforces:calendar-feed", args=[token]))
    context = {"address": address, "feed": CalendarFeed.objects.filter(user=request.user).first()}
    return render(request, "taskforces/calendar/calendar.html", context)


@form_shown_at("taskforces:calendar")
@require_POST
def end(request):
    """End one's own calendar address."""
    done_or_said(request, partial(feeds.end, user=request.user, by=request.user), _("The calendar address is ended."))
    return redirect("taskforces:calendar")


@login_not_required
@require_safe
def feed(request, token):
    """What a calendar reads, whoever brings the token."""
    content = feed_of(feed_for(token), at=request.now)
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
