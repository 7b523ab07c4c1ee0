"""Getting in: asking for a link, and coming in by one. The answer to asking is the same for every address."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from members.actions import applications, entry
from members.choices.applications import LinkPurpose
from members.forms.entry import AcceptForm, AddressForm, EnterForm
from members.kernel.refusals import Refused
from members.models import Person, Tier
from members.pages.acting import done
from members.pages.gates import next_page
from members.queries.accounts import ways_in

GONE = 410


# --- Asking for a link -------------------------------------------------------------------------------------------


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request, tier):
    """Begin an application: by a link sent to an address or, for who is signed in, at once."""
    tier = get_object_or_404(Tier, short_name=tier)
    if request.user.is_authenticated:
        return start(request, tier)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        return look_in_your_mail(request, form, tier)
    return render(request, "members/entry/apply.html", {"form": form, "tier": tier, "terms": tier.current_terms})


def start(request, tier):
    """Let who is signed in begin, or go on with the application that is pending."""
    form = EnterForm(request.POST if request.method == "POST" else None)
    application = done(request, form, lambda: applications.start(tier=tier, user=request.user, by=request.user))
    if application:
        return redirect("members:application", number=application.number)
    return render(request, "members/entry/start.html", {"form": form, "tier": tier, "terms": tier.current_terms})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Ask for a fresh link, to come back to an account that has no password yet, or whose password is forgotten."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        return look_in_your_mail(request, form)
    return render(request, "members/entry/ask.html", {"form": form})


def look_in_your_mail(request, form, tier=None):
    """Send the link, unless this address or this network has asked too often; say the same in every case."""
    email = form.cleaned_data["email"]
    if ratelimit.consume(request, action="entry_link", key=email):
        entry.ask(email=email, language=get_language(), tier=tier)
    return render(request, "members/entry/sent.html", {"email": email, "tier": tier})


# --- Coming in by a link -----------------------------------------------------------------------------------------


@login_not_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, token):
    """What a link opens. Looking at it changes nothing, since mail programs look too: the button uses it."""
    try:
        link = entry.find(token=token)
    except Refused as refused:
        return over(request, refused)
    form = form_for(link)(request.POST if request.method == "POST" else None)
    entered = done(request, form, lambda **fields: entry.use(token=token, by=signed_in(request), **fields))
    if entered:
        return come_in(request, entered)
    return render(request, "members/entry/enter.html", {"form": form, "link": link, "LinkPurpose": LinkPurpose})


def over(request, refused) -> HttpResponse:
    """A link that lets nobody in: why, and how to get a fresh one."""
    form = AddressForm()
    return render(request, "members/entry/over.html", {"form": form, "why": refused.message}, status=GONE)


def form_for(link):
    """An invited person whom the platform does not know is asked for a name."""
    is_known = Person.objects.filter(user__email=link.email).exists()
    return AcceptForm if link.purpose == LinkPurpose.INVITATION and not is_known else EnterForm


def signed_in(request):
    """Who is signed in at this browser, or None."""
    return request.user if request.user.is_authenticated else None


def come_in(request, entered):
    """Sign in whom the link let in, asking for the second factor if there is one, and lead on."""
    page = page_after(entered)
    if entered.refused:
        messages.warning(request, entered.refused.message)
    if request.user == entered.user:
        return redirect(page)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, entered.user, method="link")
    return perform_login(request, entered.user, redirect_url=page, email=entered.user.email)


def page_after(entered) -> str:
    """Where a link leads: to what it opened, by way of the page that offers a password to those who have none."""
    if entered.application:
        page = reverse("members:application", args=[entered.application.number])
    elif entered.purpose == LinkPurpose.APPLICATION:
        page = reverse("members:applications")
    else:
        page = reverse(settings.LOGIN_REDIRECT_URL)
    if ways_in(entered.user).by_link_only:
        return f"{reverse('members:welcome')}?{urlencode({'next': page})}"
    return page


@require_safe
def welcome(request):
    """Offer a password or a passkey to somebody who came by a link, without insisting."""
    page = next_page(request)
    if not ways_in(request.user).by_link_only:
        return redirect(page)
    return render(request, "members/entry/welcome.html", {"page": page})
