"""Requests to see who stands behind a handle: asked, decided by two custodians, looked at once."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions import custody
from members.forms.protection import AskForm, DeclineForm
from members.kernel.refusals import Refused
from members.pages.acting import done, done_or_said
from members.pages.gates import fresh_factor, kept_input
from members.permissions.custody import is_custodian, unsealing_for, visible_to
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries.custody import requests_for
from members.queries.sealed import in_words
from members.rules.custody import LOOK_LASTS

MINUTES = int(LOOK_LASTS.total_seconds() // 60)
GONE = 410


def crumbs(row=None) -> list[dict]:
    """The way back to the list, and to one request."""
    found = [{"label": _("Sealed identities"), "url": reverse("members:custody")}]
    if row is not None:
        found.append({"label": row.handle, "url": reverse("members:unsealing", args=[row.public_id])})
    return found


@require_safe
def index(request):
    """The requests one has made or, for custodians, all."""
    serves = is_custodian(request.user, on=request.today)
    if not serves and not may(request.user, Right.ASK_UNSEALING):
        raise PermissionDenied
    context = {
        "requests": requests_for(request.user, on=request.today, at=request.now),
        "serves": serves,
        "may_ask": may(request.user, Right.ASK_UNSEALING),
    }
    return render(request, "members/custody/index.html", context)


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Ask to see who stands behind a handle."""
    if not may(request.user, Right.ASK_UNSEALING):
        raise PermissionDenied
    form = AskForm(request.POST or kept_input(request), initial={"handle": request.GET.get("handle", "")})
    if row := done(request, form, partial(custody.ask, by=request.user)):
        messages.success(request, _("The custodians are told. You are told what they decide."))
        return redirect("members:unsealing", public_id=row.public_id)
    back = reverse("members:custody")
    return render(request, "members/custody/ask.html", {"form": form, "back_url": back, "crumbs": crumbs()})


@require_safe
def unsealing(request, public_id):
    """One request: how far it has come, and what comes next."""
    row = unsealing_for(request.user, public_id, on=request.today)
    rows = visible_to(request.user, on=request.today).filter(pk=row.pk)
    context = {
        "asked": requests_for(request.user, on=request.today, at=request.now, rows=rows)[0],
        "is_mine": row.asked_by_id == request.user.pk,
        "serves": is_custodian(request.user, on=request.today),
        "minutes": MINUTES,
        "crumbs": crumbs(),
    }
    return render(request, "members/custody/unsealing.html", context)


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request, public_id):
    """A custodian agrees."""
    row = unsealing_for(request.user, public_id, on=request.today)
    back = reverse("members:unsealing", args=[row.public_id])
    if request.method == "POST":
        done_or_said(request, partial(custody.approve, unsealing=row, by=request.user), _("Your decision is recorded."))
        return redirect(back)
    context = {
        "title": _("Agree that this identity is seen?"),
        "lead": row.reason,
        "effects": [
            _(
                "Once a custodian of another institution agrees too, whoever asked looks once, for {minutes} minutes."
            ).format(minutes=MINUTES),
            _("You do not see the identity yourself."),
            _("Your decision stands in the record and is not taken back. The member is told."),
        ],
        "action": _("Agree"),
        "back_url": back,
        "danger": True,
        "crumbs": crumbs(row),
    }
    return render(request, "components/confirm_page.html", context)


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request, public_id):
    """A custodian declines, which ends the request."""
    row = unsealing_for(request.user, public_id, on=request.today)
    back = reverse("members:unsealing", args=[row.public_id])
    form = DeclineForm(request.POST or kept_input(request))
    if done(request, form, partial(custody.decline, unsealing=row, by=request.user)):
        messages.success(request, _("Your decision is recorded."))
        return redirect(back)
    context = {
        "title": _("Decline the request"),
        "form": form,
        "effects": [_("The request ends. Whoever asked reads your reason.")],
        "action": _("Decline"),
        "back_url": back,
        "crumbs": crumbs(row),
    }
    return render(request, "components/confirm_page.html", context)


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def look(request, public_id):
    """The one look. Opening the page by its address begins nothing; within the half hour it shows it again."""
    row = unsealing_for(request.user, public_id, on=request.today)
    if request.method != "POST" and row.looked_at is None:
        return render(request, "components/confirm_page.html", before_the_look(row))
    try:
        seen = custody.look(unsealing=row, session_key=request.session.session_key, by=request.user)
    except Refused as refused:
        context = {"why": refused.message, "crumbs": crumbs(row)}
        return render(request, "members/custody/over.html", context, status=GONE)
    row.refresh_from_db()
    context = {
        "handle": row.handle,
        "sealed": in_words(seen) if seen else None,
        "until": row.looked_at + LOOK_LASTS,
        "crumbs": crumbs(row),
    }
    return render(request, "members/custody/look.html", context)


def before_the_look(row) -> dict:
    """What is said before the look begins."""
    return {
        "title": _("Look now?"),
        "effects": [
            _("The look begins now and lasts {minutes} minutes, in this session only. There is no second one.").format(
                minutes=MINUTES
            ),
            _("That you looked stands in the record, and the member is told."),
            _("What you see is for the reason you gave, and for nothing else."),
        ],
        "action": _("Look now"),
        "back_url": reverse("members:unsealing", args=[row.public_id]),
        "danger": True,
        "crumbs": crumbs(row),
    }
