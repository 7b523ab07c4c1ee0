"""The inbox: what one has been told, and what of it one has read. A GET changes nothing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from secretariat.actions import notices
from secretariat.emails.messages import compose, lines
from secretariat.permissions.notices import notice_for, visible_to

PAGE = 25
ALL, UNREAD = "all", "unread"


def showing(chosen) -> str:
    """What of the inbox is shown: a word from the reader, who may have written anything there."""
    return UNREAD if chosen == UNREAD else ALL


@require_GET
def inbox(request):
    """One's own notices, newest first: all, or those not read yet."""
    own, shown = visible_to(request.user), showing(request.GET.get("show"))
    unread = own.unread().count()
    rows = (own.unread() if shown == UNREAD else own).with_what_it_tells().order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines(page), "unread": unread, "showing": shown, "tabs": tabs(shown, unread)}
    return render(request, "secretariat/notices/inbox.html", context)


def tabs(shown, unread):
    """The two ways to look at an inbox."""
    address = reverse("secretariat:inbox")
    return [
        {"label": _("All"), "url": address, "current": shown == ALL},
        {"label": _("Unread"), "url": f"{address}?show={UNREAD}", "current": shown == UNREAD, "count": unread},
    ]


@require_GET
def notice(request, public_id):
    """One notice, in the reader's language, with the way to the thing it is about."""
    row = notice_for(request.user, public_id)
    crumbs = [{"label": pgettext("messages", "Inbox"), "url": reverse("secretariat:inbox")}]
    context = {"notice": row, "message": compose(row), "crumbs": crumbs}
    return render(request, "secretariat/notices/notice.html", context)


@require_POST
def read(request, public_id):
    """Mark a notice as read, and go back to where the button was."""
    row = notice_for(request.user, public_id)
    notices.mark_read(notice=row, by=request.user)
    if request.POST.get("from") == "notice":
        return redirect("secretariat:notice", public_id=row.public_id)
    only_unread = f"?show={UNREAD}" if showing(request.POST.get("from")) == UNREAD else ""
    return redirect(reverse("secretariat:inbox") + only_unread)


@require_POST
def read_all(request):
    """Mark everything in the inbox as read."""
    count = notices.mark_all_read(by=request.user)
    words = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    messages.success(request, words % {"count": count})
    return redirect("secretariat:inbox")
