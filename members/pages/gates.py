"""What stands before a view: proof of a second factor a short while ago, and input that is not lost on the way there.

A view whose POST may be sent away to prove something first shows what had been written when it is opened again:

    @fresh_factor
    def cast(request, number):
        ...
        form = PositionForm(request.POST or kept_input(request))

and acts on POST only, so that what is brought back is looked at and sent once more. Where the form stands on another
page than the one it is sent to, the view says so by `@form_shown_at("members:ballot")`; that page takes the same
arguments, or the first of them.
"""

from functools import wraps
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from members.permissions.entry import guards
from members.permissions.protection import is_protected
from members.rules.entry import has_factor, is_factor_fresh

KEPT = "kept_input"
LEFT_OUT = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential")
MOST_KEPT = 200_000
"""Characters of input that are kept, encoded."""


def form_shown_at(url_name):
    """Say on which page the form stands that is sent to this view; it takes the same arguments, or the first ones."""

    def mark(view):
        view.form_shown_at = url_name
        return view

    return mark


def fresh_factor(view):
    """Let a POST pass only if a second factor was proven in the last five minutes; else it is proven first.

    What was written is kept meanwhile. In demo mode, which has no second factor, every POST passes.
    """

    @wraps(view)
    def gate(request, *args, **kwargs):
        if not lacks_fresh_factor(request):
            return view(request, *args, **kwargs)
        return ask_for_factor(request, on=page_of_form(request))

    return gate


def not_while_sealed(view):
    """Lead protected members to the page of their protection instead: what is sealed is not changed."""

    @wraps(view)
    def gate(request, *args, **kwargs):
        if not is_protected(request.user):
            return view(request, *args, **kwargs)
        messages.info(request, _("Your profile is sealed while you are protected. Lower the protection to change it."))
        return elsewhere(request, reverse("members:protection"))

    return gate


def lacks_fresh_factor(request) -> bool:
    """Whether this is a POST, and no second factor was proven a short while ago. Waived in demo mode only."""
    return request.method == "POST" and not settings.SECOND_FACTOR_WAIVED and not proved_lately(request)


def ask_for_factor(request, *, on, keep=True):
    """Send the user to prove a second factor, and from there on to a page, with what was written if it is kept."""
    kept = keep and keep_input(request)
    messages.info(
        request,
        _("Confirm that it is you. What you wrote is kept; look at it once more and send it again.")
        if kept
        else _("Confirm that it is you, then do it again. Nothing has happened yet."),
    )
    return elsewhere(request, prove_at(on))


def is_confined(request) -> bool:
    """Whether this session lacks the second factor that its user needs. Waived in demo mode only."""
    if settings.SECOND_FACTOR_WAIVED or not guards(request.user):
        return False
    return not has_factor(get_authentication_records(request, request.user))


def proved_lately(request) -> bool:
    """Whether a second factor was proven in this session in the last five minutes."""
    return is_factor_fresh(get_authentication_records(request, request.user), now=request.now)


def prove_at(page: str) -> str:
    """Where a user proves a second factor, or gets one, before going on to a page."""
    return f"{reverse('members:second-factor')}?{urlencode({'next': page, 'fresh': 1})}"


def next_page(request, *, otherwise=settings.LOGIN_REDIRECT_URL) -> str:
    """Where the request asks to be led on to: a path of the portal itself, and nowhere else."""
    page = request.GET.get("next", "")
    is_own = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_own else reverse(otherwise)


def elsewhere(request, url: str):
    """Send the whole page elsewhere, whether it asked or a part of it did."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


# --- Input that is kept ------------------------------------------------------------------------------------------


def page_of_form(request) -> str:
    """The path of the page that shows the form of a request."""
    match = request.resolver_match
    shown_at, arguments = getattr(match.func, "form_shown_at", None), list(match.kwargs.items())
    for count in range(len(arguments), -1, -1) if shown_at else ():
        try:
            return reverse(shown_at, kwargs=dict(arguments[:count]))
        except NoReverseMatch:
            continue
    return request.path


def keep_input(request, *, of=None) -> bool:
    """Keep what was posted in the session, for the page that shows its form and for the user who wrote it.

    Says whether there was anything to keep.
    """
    written = request.POST.copy()
    for name in LEFT_OUT:
        written.pop(name, None)
    text = written.urlencode()
    if not text or len(text) > MOST_KEPT:
        return False
    user = of or request.user
    page = page_of_form(request)
    request.session[KEPT] = {"user": user.pk, "page": page, "action": request.path, "text": text}
    return True


def kept_input(request, *, action=None) -> QueryDict | None:
    """What was kept of a form on this page, once, or None. `action` is the path it is sent to, if there are several."""
    kept = request.session.get(KEPT)
    if request.method != "GET" or not kept or kept["page"] != request.path or kept["user"] != request.user.pk:
        return None
    if action is not None and kept["action"] != action:
        return None
    del request.session[KEPT]
    return QueryDict(kept["text"])
