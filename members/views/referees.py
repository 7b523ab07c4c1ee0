"""Referees: the applicant names them on a page of the application, and they answer on a private page of their own."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import referees
from members.choices.applications import Step
from members.forms.referees import LetterForm, RefereeForm
from members.kernel.refusals import Refused
from members.models import Referee
from members.pages.acting import done
from members.pages.gates import form_shown_at, kept_input
from members.queries.applications import name_of
from members.views.steps import around, crumbs, onward, step_url, to_write

# --- For the applicant --------------------------------------------------------------------------------------------


def page(request, application):
    """The page of referees: who is named, and a form for one more."""
    if "onward" in request.POST:
        return onward(request, application, Step.REFEREES)
    form = RefereeForm(request.POST or kept_input(request))
    if done(request, form, lambda **values: referees.add(application=application, by=request.user, **values)):
        return redirect(step_url(application, Step.REFEREES))
    context = around(request, application, Step.REFEREES, form=form, referees=application.referees.all())
    return render(request, "members/applications/referees.html", context)


@require_http_methods(["GET", "POST"])
def change(request, number, public_id):
    """Change what was said of a referee."""
    application = to_write(request, number)
    referee = get_object_or_404(application.referees, public_id=public_id)
    form = RefereeForm(request.POST or kept_input(request), instance=referee)
    if done(request, form, lambda **values: referees.change(referee=referee, by=request.user, **values)):
        return redirect(step_url(application, Step.REFEREES))
    context = {"application": application, "form": form, "back_url": step_url(application, Step.REFEREES)}
    return render(request, "members/applications/referee.html", context | {"crumbs": crumbs(request, application)})


@require_http_methods(["GET", "POST"])
def remove(request, number, public_id):
    """Take back the name of a referee, after asking."""
    application = to_write(request, number)
    referee = get_object_or_404(application.referees, public_id=public_id)
    back = step_url(application, Step.REFEREES)
    if request.method == "POST":
        try:
            referees.remove(referee=referee, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect(back)
    context = {
        "title": _("Remove {name} as a referee?").format(name=referee.name),
        "effects": [_("The name and the address are deleted. Nobody has been written to.")],
        "action": _("Remove referee"),
        "back_url": back,
        "danger": True,
        "crumbs": crumbs(request, application),
    }
    return render(request, "components/confirm_page.html", context)


@form_shown_at("members:application")
@require_POST
def ask_again(request, number, public_id):
    """Write to a referee once more."""
    application = to_write(request, number)
    referee = get_object_or_404(application.referees, public_id=public_id)
    try:
        referees.ask_again(referee=referee, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("{name} gets a fresh link by e-mail.").format(name=referee.name))
    return redirect("members:application", number=number)


# --- For the referee ----------------------------------------------------------------------------------------------


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "POST"])
def letter(request, token):
    """The private page of a referee: who asks, what for, who will read it; and the letter."""
    referee = referees.find(token=token)
    if referee is None:
        raise Http404
    try:
        referees.ensure_may_answer(referee)
    except Refused as refused:
        return over(request, referee, refused)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LetterForm(*sent)
    if sent and done(request, form, lambda **values: referees.answer(token=token, **values)):
        return redirect("members:referee-letter", token=token)
    context = {"referee": referee, "form": form, "applicant": name_of(referee.application)}
    return render(request, "members/referees/letter.html", context)


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "POST"])
def decline(request, token):
    """A referee does not want to write, after asking."""
    referee = referees.find(token=token)
    if referee is None:
        raise Http404
    back = reverse("members:referee-letter", args=[token])
    if request.method == "POST":
        try:
            referees.decline(token=token)
        except Refused as refused:
            return over(request, referee, refused)
        return redirect(back)
    return render(request, "members/referees/decline.html", {"referee": referee, "back_url": back})


def over(request, referee: Referee, refused: Refused):
    """What a referee reads once nothing more can be sent."""
    context = {"referee": referee, "code": refused.code, "text": refused.message, "contact": settings.CONTACT_EMAIL}
    return render(request, "members/referees/over.html", context)
