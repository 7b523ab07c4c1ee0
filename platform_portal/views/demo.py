"""What only the demonstration shows: the mails it would have sent, and every component in every state."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from platform_portal import environment, gallery, mailbox

LETTERS_ON_A_PAGE = 20


@login_not_required
@require_safe
def demo_mailbox(request):
    """Every mail the demonstration wrote, newest first, with its links."""
    if settings.MODE != environment.DEMO:
        raise Http404
    page = Paginator(mailbox.Mailbox(settings.MAILBOX), LETTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "platform_portal/mailbox.html", {"page": page})


@login_not_required
@require_safe
def demo_components(request):
    """The components, for those who write pages and for the tests that look at them."""
    if settings.MODE == environment.PRODUCTION:
        raise Http404
    if request.GET.get("show") == "confirmation":
        return render(request, "components/confirm_page.html", gallery.confirmation())
    return render(request, "platform_portal/components.html", gallery.examples(request))
