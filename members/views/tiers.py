"""The tiers of membership side by side, and each by itself, for everyone to read."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.choices.applications import Step
from members.models import DecisionRule, Tier
from members.queries.tiers import documents_in_words, rule_line, steps_in_words


@login_not_required
@require_safe
def tiers(request):
    """The four tiers side by side."""
    shown = [tier for tier in Tier.objects.with_terms() if tier.current_terms]
    newest = DecisionRule.objects.order_by("key", "-version").distinct("key")
    rules = {rule.key: rule_line(rule) for rule in newest}
    return render(request, "members/tiers/tiers.html", {"tiers": shown, "rules": rules})


@login_not_required
@require_safe
def tier(request, tier):
    """One tier: who it is for, what it gives and asks, how it is decided, and the way to apply."""
    row = get_object_or_404(Tier, short_name=tier)
    terms = row.current_terms
    if terms is None:
        raise Http404
    context = {
        "tier": row,
        "terms": terms,
        "rule": rule_line(DecisionRule.current(terms.rule_key)),
        "steps": steps_in_words(terms),
        "documents": documents_in_words(terms),
        "asks_about_safety": Step.SAFETY in terms.steps,
    }
    return render(request, "members/tiers/tier.html", context)
