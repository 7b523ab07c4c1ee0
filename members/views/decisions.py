"""The public register of decisions."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.permissions.ballots import visible_to
from members.queries import decisions
from members.rules.rule_words import RuleInWords

PAGE = 25


@login_not_required
@require_safe
def index(request):
    """What the platform has decided, the newest first."""
    page = Paginator(decisions.register(request.user, on=request.today), PAGE).get_page(request.GET.get("page"))
    entries = decisions.entries(request.user, page, on=request.today)
    return render(request, "members/decisions/index.html", {"page": page, "entries": entries})


@login_not_required
@require_safe
def decision(request, number):
    """One decision: the question, the outcome, the count and the rule in words."""
    row = get_object_or_404(decisions.register(request.user, on=request.today), number=number)
    seen = visible_to(request.user, on=request.today).filter(pk=row.ballot_id)
    context = {
        "entry": decisions.entries(request.user, [row], on=request.today)[0],
        "told": decisions.told_to(request.user, row, on=request.today),
        "rule": RuleInWords(row.ballot.rule),
        "ballot_url": reverse("members:ballot", args=[row.ballot.number]) if seen.exists() else "",
        "crumbs": [{"label": _("Decisions"), "url": reverse("members:decisions")}],
    }
    return render(request, "members/decisions/decision.html", context)
