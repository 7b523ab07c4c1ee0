"""Bringing the reference data into the database: what is missing is added, what staff edited is left alone."""

from django.db import connection, transaction

from members.actions import rights
from members.models import (
    CheckItem,
    Country,
    DecisionRule,
    Expertise,
    Language,
    LetterTemplate,
    Region,
    RetentionPeriod,
    Tier,
    TierTerms,
)
from members.reference.checks import CHECKS
from members.reference.letters import LETTERS, SIGNATURE
from members.reference.retention import PERIODS
from members.reference.rules import RULES
from members.reference.tables import rows
from members.reference.tiers import TIERS
from members.rules.decision_rules import ensure_settings

LOCK = 7_140_301
"""The advisory lock of loading, so that two servers started at once do not both add the same row."""


@transaction.atomic
def load() -> dict[str, int]:
    """Add the reference data that is missing; says how many rows were added, by table. Safe to repeat.

    A code or key that exists is left as it is, retired or not. A tier or rule gets its first version only if it
    has none, so that newer versions stand. No audit event is written: these rows come with the release.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    added = {
        "expertise": _tree(Expertise, "expertise"),
        "regions": _tree(Region, "regions"),
        "countries": _countries(),
        "languages": _languages(),
        "rules": _rules(),
        "tiers": _tiers(),
        "checks": _checks(),
        "letters": _letters(),
        "retention": _retention(),
    }
    rights.found_bodies()
    for tier in Tier.objects.all():
        rights.body_of_tier(tier)
    return added


def _tree(model, table: str) -> int:
    """A list in levels; parents stand before their children in the file."""
    known = {entry.code: entry for entry in model.objects.all()}
    before = len(known)
    for row in rows(table):
        if row["code"] not in known:
            known[row["code"]] = model.objects.create(
                code=row["code"], label=row["label"], parent=known.get(row["parent"])
            )
    return len(known) - before


def _add(model, key: str, entries) -> int:
    """Add the entries whose key is not there yet, in one statement."""
    known = set(model.objects.values_list(key, flat=True))
    missing = [entry for entry in entries if getattr(entry, key) not in known]
    return len(model.objects.bulk_create(missing))


def _countries() -> int:
    regions = {region.code: region for region in Region.objects.all()}
    return _add(
        Country, "code", [Country(code=row["code"], region=regions[row["region"]]) for row in rows("countries")]
    )


def _languages() -> int:
    return _add(Language, "code", [Language(**row) for row in rows("languages")])


def _rules() -> int:
    known = set(DecisionRule.objects.values_list("key", flat=True))
    missing = [data for data in RULES if data["key"] not in known]
    for data in missing:
        ensure_settings(data["settings"])
        DecisionRule.objects.create(**data)
    return len(missing)


def _tiers() -> int:
    added = 0
    for data in TIERS:
        tier, _created = Tier.objects.get_or_create(
            short_name=data["short_name"], defaults={"name": data["name"], "ring": data["ring"]}
        )
        if not tier.terms.exists():
            TierTerms.objects.create(tier=tier, version=1, **data["terms"])
            added += 1
    return added


def _checks() -> int:
    known = set(CheckItem.objects.values_list("key", flat=True))
    tiers = {tier.short_name: tier for tier in Tier.objects.all()}
    missing = [(position, data) for position, data in enumerate(CHECKS, start=1) if data["key"] not in known]
    for position, data in missing:
        columns = {key: value for key, value in data.items() if key != "tiers"}
        item = CheckItem.objects.create(position=position * 10, **columns)
        item.tiers.set(tiers[short_name] for short_name in data["tiers"])
    return len(missing)


def _letters() -> int:
    known = set(LetterTemplate.objects.filter(language="en").values_list("key", flat=True))
    missing = [data for data in LETTERS if data["key"] not in known]
    for data in missing:
        LetterTemplate.objects.create(language="en", **{**data, "body": data["body"] + SIGNATURE})
    return len(missing)


def _retention() -> int:
    known = set(RetentionPeriod.objects.values_list("kind", flat=True))
    missing = [
        RetentionPeriod(kind=kind, version=1, days=days, basis=basis, reason=reason)
        for kind, (days, basis, reason) in PERIODS.items()
        if kind not in known
    ]
    return len(RetentionPeriod.objects.bulk_create(missing))
