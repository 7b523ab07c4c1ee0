"""A lost second factor: one page that says how it is restored, the link that stops it, and the Secretariat's part."""

from allauth.account.stages import LoginStageController
from allauth.core import ratelimit
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from members.actions import factors
from members.forms.factors import AskForm, CheckForm, ConfirmForm, StopForm
from members.kernel.refusals import Refused
from members.pages.acting import done
from members.pages.gates import fresh_factor, kept_input
from members.permissions.factors import lost_factor_for
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import factors as reads
from members.queries.accounts import ways_in
from members.rules.factors import LAPSES_AFTER, WAITING_TIME

GONE = 410
HOURS = int(WAITING_TIME.total_seconds() // 3600)


# --- Asking -------------------------------------------------------------------------------------------------------


def at_the_second_factor(request):
    """Who has proven a password or a link here and may be stopped at the second factor, or None."""
    if request.user.is_authenticated:
        return request.user
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return stage.login.user if stage else None


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request):
    """The page that says how. Whoever is stopped at the second factor asks here; the answer is always the same."""
    user = at_the_second_factor(request)
    if request.method == "POST" and user is None:
        return redirect_to_login(request.path)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(request, form, lambda: asked(request, user)):
        return render(request, "members/factors/asked.html", {"hours": HOURS})
    may_ask = user is not None and ways_in(user).has_factor
    context = {"form": form, "may_ask": may_ask, "hours": HOURS, "days": LAPSES_AFTER.days}
    return render(request, "members/factors/lost.html", context | {"contact": settings.CONTACT_EMAIL})


def asked(request, user) -> bool:
    """Ask, unless this account or this network has asked too often."""
    if ratelimit.consume(request, action="lost_factor", key=user.email):
        factors.ask(user=user, by=user)
    return True


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_link(request, token):
    """What the link of the mail opens. Looking at it changes nothing, since mail programs look too."""
    try:
        if request.method == "POST":
            factors.stop_by_link(token=token)
            return render(request, "members/factors/stopped.html")
        factors.find(token=token)
    except Refused as refused:
        return render(request, "members/factors/over.html", {"why": refused.message}, status=GONE)
    context = {
        "title": _("Stop it?"),
        "lead": _("Somebody who knows your password, or reads your mail, has asked to remove your second factor."),
        "effects": [
            _("The request ends at once, and your second factor stays."),
            _("The Secretariat is told that you stopped it."),
            _("If it was you who asked, you can ask again."),
        ],
        "action": _("Stop the request"),
        "back_url": reverse("members:lost-factor"),
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)


# --- The desk -----------------------------------------------------------------------------------------------------


@require_safe
def index(request):
    """The requests that wait for an officer or for their time, and the last that ended."""
    if not may(request.user, Right.RESTORE_FACTORS):
        raise PermissionDenied
    context = {
        "lines": reads.open_lines(request.user, on=request.today),
        "ended": reads.ended_lines(request.user, on=request.today),
    }
    return render(request, "members/factors/index.html", context)


@require_safe
def lost_factor(request, public_id):
    """One request: about whom, how far it has come, and what comes next."""
    row = lost_factor_for(request.user, public_id)
    context = reads.page_of(row, request.user, on=request.today)
    return render(request, "members/factors/request.html", context | {"hours": HOURS, "crumbs": crumbs()})


def crumbs(row=None):
    """The way back to the list, and to the request."""
    found = [{"label": _("Lost second factors"), "url": reverse("members:desk-factors")}]
    if row is not None:
        found.append({"label": row.user.email, "url": reverse("members:desk-factor", args=[row.public_id])})
    return found


def acted(request, row, form, act, *, success, **words):
    """Do an act of an officer with a form; where it is not done, show the page that asks for it."""
    back = reverse("members:desk-factor", args=[row.public_id])
    if done(request, form, act):
        messages.success(request, success)
        return redirect(back)
    context = {"form": form, "lead": row.user.email, "back_url": back, "crumbs": crumbs(row)}
    return render(request, "components/confirm_page.html", context | words)


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, public_id):
    """The first officer says how it was established who asks."""
    row = lost_factor_for(request.user, public_id)
    return acted(
        request,
        row,
        CheckForm(request.POST or kept_input(request)),
        lambda **fields: factors.check(lost=row, by=request.user, **fields),
        success=_("It waits for a second officer now."),
        title=_("Establish who asks"),
        effects=[_("Your name stands in the record."), _("The person and your colleagues are told.")],
        action=_("Confirm who it is"),
    )


@fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, public_id):
    """The second officer confirms, and the waiting time begins."""
    row = lost_factor_for(request.user, public_id)
    return acted(
        request,
        row,
        ConfirmForm(request.POST or kept_input(request)),
        lambda: factors.confirm(lost=row, by=request.user),
        success=_("The waiting time runs. The person is told how to stop it."),
        title=_("Confirm as the second officer"),
        effects=[
            _("After {hours} hours all second factors of the account are removed.").format(hours=HOURS),
            _("All its sessions end, and links on their way to it are void."),
            _("Until then the person, the old factor or any officer can stop it."),
        ],
        action=_("Begin the waiting time"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, public_id):
    """An officer stops it, with a reason."""
    row = lost_factor_for(request.user, public_id)
    return acted(
        request,
        row,
        StopForm(request.POST or None),
        lambda **fields: factors.stop(lost=row, by=request.user, **fields),
        success=_("The request is stopped."),
        title=_("Stop the request"),
        effects=[_("Nothing is removed. The person is told, and can ask again.")],
        action=_("Stop the request"),
        danger=True,
    )
