"""New versions of tiers' terms and of decision rules. The old ones stay, since decisions refer to them."""

from django.db import transaction
from django.db.models import Max

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import DecisionRule, Tier, TierTerms
from members.rules.decision_rules import ensure_settings


@transaction.atomic
def revise_terms(terms: TierTerms, *, by, **changes) -> TierTerms:
    """The next version of a tier's terms: what `terms` says, but for the changes. Newer applications go by it."""
    tier = Tier.objects.select_for_update().get(pk=terms.tier_id)
    kept = {
        field.attname: getattr(terms, field.attname)
        for field in TierTerms._meta.concrete_fields
        if field.name not in {"id", "version", "created_at", "created_by"}
    }
    version = tier.terms.aggregate(last=Max("version"))["last"] + 1
    made = TierTerms.objects.create(**(kept | changes), version=version, created_by=by, created_at=database_now())
    record(Verb.TIER_REVISED, target=made, by=by, tier=tier.short_name, version=version, fields=sorted(changes))
    return made


@transaction.atomic
def revise_rule(rule: DecisionRule, *, by, **changes) -> DecisionRule:
    """The next version of a decision rule. Ballots opened before go on by the version frozen in them.

    Raises Refused where the settings make no rule.
    """
    kept = {name: getattr(rule, name) for name in ("key", "title", "source", "settings")} | changes
    ensure_settings(kept["settings"])
    list(DecisionRule.objects.select_for_update().filter(key=rule.key))
    version = DecisionRule.objects.filter(key=rule.key).aggregate(last=Max("version"))["last"] + 1
    made = DecisionRule.objects.create(**kept, version=version, created_by=by, created_at=database_now())
    record(Verb.RULE_REVISED, target=made, by=by, key=rule.key, version=version)
    return made
