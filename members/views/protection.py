"""One's own protection: what it does, raising it at once, to whom one is listed, and lowering it after a while."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.actions import protection
from members.forms.protection import ListingForm
from members.pages.acting import done, done_or_said
from members.pages.gates import fresh_factor, next_page
from members.permissions.protection import is_protected
from members.queries.sealed import identity_of
from members.queries.sealed import in_words as sealed_in_words
from members.rules.protection import LOWERING_TAKES
from members.views.people import own_person

HOURS = int(LOWERING_TAKES.total_seconds() // 3600)


def crumbs() -> list[dict]:
    """The way back to the page of one's own protection."""
    return [{"label": _("Protection"), "url": reverse("members:protection")}]


@require_http_methods(["GET", "POST"])
def own(request):
    """Whether one is protected, what is sealed, and who finds one under the handle."""
    if not is_protected(request.user):
        return render(request, "members/protection/offer.html", {"has_profile": own_person(request) is not None})
    held = request.user.protection
    chosen = {"listed_for": held.listed_for, "takes_messages": held.takes_messages}
    form = ListingForm(request.POST or None, initial=chosen)
    if done(request, form, partial(protection.list_for, user=request.user, by=request.user)):
        messages.success(request, _("From now on you are found as you chose."))
        return redirect("members:protection")
    context = {
        "protection": held,
        "form": form,
        "sealed": sealed_in_words(identity_of(held)),
        "asked": held.unsealings.order_by("-pk"),
        "has_profile": held.person_id is not None,
        "hours": HOURS,
    }
    return render(request, "members/protection/own.html", context)


@require_http_methods(["GET", "POST"])
def protect(request):
    """Protect oneself: said first what it does, done at once."""
    if is_protected(request.user):
        return redirect("members:protection")
    if request.method == "POST":
        protection.protect(user=request.user, by=request.user, session_key=request.session.session_key)
        messages.success(request, _("You are protected from this moment."))
        return redirect(next_page(request, otherwise="members:protection"))
    context = {
        "title": _("Protect yourself now"),
        "effects": [
            _(
                "Your name, address, organisation, country and profile are sealed at once. No page, list, count, "
                "search or mail tells them to anybody, the Secretariat and the committee included."
            ),
            _("You get a handle. You are listed nowhere, unless you choose it afterwards."),
            _("Mails to you say only that something is new. When and where you sign in is not kept."),
            _("You need a second factor to sign in, and a session lasts two hours at most."),
            _("Who stands behind the handle is seen only if two custodians of two institutions agree. You are told."),
            _("Lowering it again takes {hours} hours.").format(hours=HOURS),
        ],
        "action": _("Protect me now"),
        "back_url": next_page(request, otherwise="members:protection"),
    }
    return render(request, "components/confirm_page.html", context)


@require_POST
def rename(request):
    """Take another handle and another picture."""
    done_or_said(request, partial(protection.rename, user=request.user, by=request.user), _("You have a new handle."))
    return redirect("members:protection")


@fresh_factor
@require_http_methods(["GET", "POST"])
def lower(request):
    """Ask for it to be lowered."""
    if request.method == "POST":
        act = partial(protection.ask_to_lower, user=request.user, by=request.user)
        done_or_said(request, act, _("The waiting time runs. Until it is over you can take this back."))
        return redirect("members:protection")
    if not is_protected(request.user):
        return redirect("members:protection")
    context = {
        "title": _("Lower the protection"),
        "effects": [
            _("In {hours} hours your name, address and profile stand again as they were.").format(hours=HOURS),
            _("Until then nothing changes, and you can take it back with one press of a button."),
            _("If somebody forces you to do this: sign out, and take it back later."),
        ],
        "action": _("Begin the waiting time"),
        "back_url": reverse("members:protection"),
        "danger": True,
        "crumbs": crumbs(),
    }
    return render(request, "components/confirm_page.html", context)


@require_POST
def keep(request):
    """Take back that one asked to lower it."""
    act = partial(protection.keep, user=request.user, by=request.user)
    done_or_said(request, act, _("The protection stands."))
    return redirect("members:protection")
