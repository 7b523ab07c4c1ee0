"""New versions of tiers' terms and of decision rules. The old ones stay, since decisions refer to them."""

from django.db import transaction

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import DecisionRule, Tier, TierTerms
from members.rules import tiers as rules
from members.rules.decision_rules import ensure_settings

KEPT_OF_TERMS = [
    field.attname
    for field in TierTerms._meta.concrete_fields
    if field.name not in {"id", "version", "created_at", "created_by"}
]
KEPT_OF_RULES = ("key", "title", "source", "settings")


def _changes(row, given: dict) -> dict:
    return {name: value for name, value in given.items() if getattr(row, name) != value}


@transaction.atomic
def revise_terms(terms: TierTerms, *, by, **given) -> TierTerms:
    """The next version of a tier's terms: what `terms` says, but for what is `given`. Newer applications go by it.

    Raises Refused, code `stale` where `terms` is not the newest, `unchanged`, or as `rules.tiers.ensure_terms` does.
    """
    tier = Tier.objects.select_for_update().get(pk=terms.tier_id)
    newest = tier.terms.order_by("-version").first()
    changes = _changes(newest, given)
    rules.ensure_newest(terms.version, newest=newest.version)
    rules.ensure_changed(changes)
    rules.ensure_terms(changes, rule_keys=set(DecisionRule.objects.values_list("key", flat=True)))
    kept = {name: getattr(newest, name) for name in KEPT_OF_TERMS}
    version = newest.version + 1
    made = TierTerms.objects.create(**(kept | changes), version=version, created_by=by, created_at=database_now())
    record(Verb.TIER_REVISED, target=made, by=by, tier=tier.short_name, version=version, fields=sorted(changes))
    return made


@transaction.atomic
def revise_rule(rule: DecisionRule, *, by, **given) -> DecisionRule:
    """The next version of a decision rule. Ballots opened before go on by the version frozen in them.

    Raises Refused, code `stale` where `rule` is not the newest, `unchanged`, or where the settings make no rule.
    """
    newest = DecisionRule.objects.select_for_update().filter(key=rule.key).order_by("-version").first()
    changes = _changes(newest, given)
    rules.ensure_newest(rule.version, newest=newest.version)
    rules.ensure_changed(changes)
    kept = {name: getattr(newest, name) for name in KEPT_OF_RULES} | changes
    ensure_settings(kept["settings"])
    version = newest.version + 1
    made = DecisionRule.objects.create(**kept, version=version, created_by=by, created_at=database_now())
    record(Verb.RULE_REVISED, target=made, by=by, key=rule.key, version=version)
    return made
