"""Pages that everyone may read."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import DecisionRule, Tier
from members.queries import decisions
from members.rules.rule_words import RuleInWords
from platform_portal.field_words import COLUMNS, field_rows

LATEST = 3


@login_not_required
@require_safe
def home(request):
    """What the platform is, and what it decided last."""
    return render(request, "platform_portal/home.html", {"decisions": decisions.latest(LATEST)})


@login_not_required
@require_safe
def about(request):
    """Why the platform exists, whom it works with, and how it is built."""
    return render(request, "platform_portal/about.html", {"tiers": Tier.objects.with_terms()})


@login_not_required
@require_safe
def how_we_decide(request):
    """The rules in force, in plain words, with an example counted by the same function that counts ballots."""
    newest = DecisionRule.objects.order_by("key", "-version").distinct("key")
    return render(request, "platform_portal/how_we_decide.html", {"rules": [RuleInWords(rule) for rule in newest]})


@login_not_required
@require_safe
def privacy(request):
    """What is kept about whom, who sees it, and for how long: from the table that decides it."""
    context = {"columns": COLUMNS, "rows": field_rows(), "contact": settings.CONTACT_EMAIL}
    return render(request, "platform_portal/privacy.html", context)


@login_not_required
@require_safe
def accessibility(request):
    """What the portal does for every reader, how that is checked, and what is still short of it."""
    return render(request, "platform_portal/accessibility.html", {"contact": settings.CONTACT_EMAIL})
