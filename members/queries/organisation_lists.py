"""Reads of the list of organisations: who is of a tier or region on a day; what words match; counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from members.kernel.text import fold
from members.models import Membership, Region

# --- Filters and counts -------------------------------------------------------------------------------------------


def lives_in(regions: Collection[Region]) -> Q:
    """Organisations whose country lies in one of the regions, three levels down as the M49 standard has."""
    keys = [region.pk for region in regions]
    within = Region.objects.filter(Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys))
    return Q(country__region__in=within.values("pk"))


def organisations_of_tiers(tiers, *, on) -> Q:
    """Organisations in one of the tiers on a day."""
    held = Membership.objects.in_force(on=on).filter(tier__in=tiers, organisation__isnull=False)
    return Q(pk__in=held.values("organisation"))


MOST_WORDS = 8


def words_of(text: str) -> list[str]:
    """The words of a search, each of which must be found somewhere."""
    return text.split()[:MOST_WORDS]


def named(word: str) -> Q:
    """Organisations whose name or acronym holds the word."""
    return Q(sort_key__contains=fold(word)) | Q(acronym__icontains=word)


def count_by(rows, groups: dict[str, Q]) -> dict[str, int]:
    """How many of some rows are in each group, in one statement."""
    keys = {f"group_{number}": key for number, key in enumerate(groups)}
    counts = {alias: Count("pk", filter=groups[key]) for alias, key in keys.items()}
    return {keys[alias]: number for alias, number in rows.order_by().aggregate(**counts).items()}


def rows_by_region(rows, regions: Collection[Region]) -> dict[str, int]:
    """How many of some organisations are of each region, by its code."""
    return count_by(rows, {region.code: lives_in([region]) for region in regions})


# --- Lines --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation as a line in a list: facts that every reader of the directory may know."""

    name: str
    acronym: str
    slug: str
    kind: str
    country: str
    tier: str
    since: date | None


def organisation_lines(organisations, *, on) -> list[OrganisationLine]:
    """Organisations as lines, in the order given, in two statements however many there are."""
    rows = list(organisations)
    held = {
        membership.organisation_id: membership
        for membership in Membership.objects.in_force(on=on).filter(organisation__in=rows).select_related("tier")
    }
    return [
        OrganisationLine(
            name=row.name,
            acronym=row.acronym,
            slug=row.slug,
            kind=row.get_kind_display(),
            country=str(row.country or ""),
            tier=str(held[row.pk].tier) if row.pk in held else "",
            since=held[row.pk].starts_on if row.pk in held else None,
        )
        for row in rows
    ]
