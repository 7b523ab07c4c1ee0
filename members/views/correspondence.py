"""Messages between two members who need not know each other's address."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions import correspondence as acts
from members.forms.correspondence import MessageForm
from members.kernel.refusals import Refused
from members.pages.acting import done, done_or_said
from members.permissions.correspondence import correspondence_for, may_write_to, visible_to
from members.permissions.people import person_for
from members.permissions.protection import is_protected
from members.queries.correspondence import lines_for, messages_of
from members.queries.people import project
from members.views.listing import spent
from members.views.people import counted

PAGE = 25


def crumbs() -> list[dict]:
    """The way back to the list."""
    return [{"label": _("Messages"), "url": reverse("members:messages")}]


@require_safe
def index(request):
    """One's own correspondence, the latest first."""
    page = Paginator(visible_to(request.user).latest_first(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines_for(request.user, list(page))}
    return render(request, "members/correspondence/index.html", context)


@require_http_methods(["GET", "POST"])
def write(request, public_id):
    """Write to somebody, under one's name or, if one is protected, under one's handle."""
    row = person_for(request.user, public_id, on=request.today)
    if not may_write_to(request.user, row):
        raise PermissionDenied
    view = project(request.user, row, on=request.today)
    try:
        counted(request, row, view)
    except Refused as refused:
        return spent(request, refused)
    form = MessageForm(request.POST or None)
    if begun := done(request, form, partial(acts.begin, reader=row.user, by=request.user)):
        messages.success(request, _("Your message is sent."))
        return redirect("members:correspondence", public_id=begun.public_id)
    handle = request.user.protection.handle if is_protected(request.user) else ""
    own = getattr(request.user, "person", None)
    context = {"person": view, "form": form, "handle": handle, "own_name": own.name if own else ""}
    context["crumbs"] = [{"label": view.name, "url": reverse("members:person", args=[view.public_id])}]
    return render(request, "members/correspondence/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correspondence(request, public_id):
    """What the two have written, and the way to answer."""
    row = correspondence_for(request.user, public_id)
    form = MessageForm(request.POST or None)
    if done(request, form, partial(acts.send, correspondence=row, by=request.user)):
        messages.success(request, _("Your message is sent."))
        return redirect("members:correspondence", public_id=row.public_id)
    said, earlier = messages_of(row, to=request.user, before=number(request.GET.get("before")))
    acts.mark_read(correspondence=row, by=request.user)
    context = {"line": lines_for(request.user, [row])[0], "said": said, "earlier": earlier, "form": form}
    return render(request, "members/correspondence/correspondence.html", context | {"crumbs": crumbs()})


def number(given) -> int | None:
    """The message before which to begin, from an address that anybody may have written. Raises Http404."""
    if given is None:
        return None
    if not given.isascii() or not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, public_id):
    """End a correspondence, and take nothing more from the other."""
    row = correspondence_for(request.user, public_id)
    back = reverse("members:correspondence", args=[row.public_id])
    if request.method == "POST":
        done_or_said(request, partial(acts.end, correspondence=row, by=request.user), _("It has ended."))
        return redirect(back)
    line = lines_for(request.user, [row])[0]
    context = {
        "title": _("End this correspondence?"),
        "effects": [
            _("{name} can write nothing more to you. You can still write first.").format(name=line.other),
            _("Both of you still read what was written."),
        ],
        "action": _("End it"),
        "back_url": back,
        "danger": True,
        "crumbs": [*crumbs(), {"label": line.other, "url": back}],
    }
    return render(request, "components/confirm_page.html", context)
