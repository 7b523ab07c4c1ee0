"""Tiers, their terms and the rules of decision: saved as new versions, since decisions refer to the old."""

from django.contrib import admin

from members.actions import tiers
from members.admin.base import Reference, Versioned
from members.forms.tiers import DecisionRuleForm, TierTermsForm
from members.models import DecisionRule, Tier, TierTerms

OF_A_VERSION = ["created_at", "created_by"]


@admin.register(Tier)
class TierAdmin(Reference):
    list_display = ["name", "short_name", "ring"]
    readonly_fields = ["short_name"]
    fields = ["name", "short_name", "ring"]

    def has_add_permission(self, request):
        return False


@admin.register(TierTerms)
class TierTermsAdmin(Versioned):
    form = TierTermsForm
    revise = staticmethod(tiers.revise_terms)
    list_display = ["tier", "version", "term_months", "rule_key", "created_at"]
    list_filter = ["tier"]
    list_select_related = ["tier"]
    readonly_fields = ["tier", "version", *OF_A_VERSION]
    fields = ["tier", "version", *TierTermsForm.Meta.fields, *OF_A_VERSION]

    def newest_of(self, obj):
        return obj.tier.current_terms


@admin.register(DecisionRule)
class DecisionRuleAdmin(Versioned):
    form = DecisionRuleForm
    revise = staticmethod(tiers.revise_rule)
    list_display = ["title", "key", "version", "source", "created_at"]
    list_filter = ["key"]
    readonly_fields = ["key", "version", *OF_A_VERSION]
    fields = ["key", "version", *DecisionRuleForm.Meta.fields, *OF_A_VERSION]

    def newest_of(self, obj):
        return DecisionRule.current(obj.key)
