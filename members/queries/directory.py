"""Reads of the directories: who is of a tier, of a region, in an organisation, on a day; what words match; counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from members.kernel.text import fold
from members.models import Affiliation, Membership, Organisation, Region, Representation, Tier
from members.permissions.fields import audiences_of, readable, shows

# --- Who is of what -----------------------------------------------------------------------------------------------


def is_of_tiers(tiers, *, on) -> Q:
    """People in one of the tiers on a day: by a membership of their own or of the organisation they speak for."""
    held = Membership.objects.in_force(on=on).filter(tier__in=tiers)
    speaks = Representation.objects.in_force(on=on).filter(organisation__in=held.values("organisation"))
    return Q(pk__in=held.values("person")) | Q(pk__in=speaks.values("person"))


def works_in(organisations, *, on) -> Q:
    """People who work in one of the organisations on a day."""
    return Q(pk__in=Affiliation.objects.in_force(on=on).filter(organisation__in=organisations).values("person"))


def speaks_for(organisations, *, on) -> Q:
    """People who speak for one of the organisations on a day."""
    return Q(pk__in=Representation.objects.in_force(on=on).filter(organisation__in=organisations).values("person"))


def is_in(organisations, *, on, viewer) -> Q:
    """People of whom a viewer may know that they have a place in one of the organisations on a day."""
    works = works_in(organisations, on=on) & shows("affiliations", to=viewer)
    return works | speaks_for(organisations, on=on) & shows("speaks_for", to=viewer)


def lives_in(regions: Collection[Region]) -> Q:
    """People or organisations whose country lies in one of the regions, three levels down as the M49 standard has."""
    keys = [region.pk for region in regions]
    within = Region.objects.filter(Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys))
    return Q(country__region__in=within.values("pk"))


def organisations_of_tiers(tiers, *, on) -> Q:
    """Organisations in one of the tiers on a day."""
    held = Membership.objects.in_force(on=on).filter(tier__in=tiers, organisation__isnull=False)
    return Q(pk__in=held.values("organisation"))


# --- Search -------------------------------------------------------------------------------------------------------

MOST_WORDS = 8


def words_of(text: str) -> list[str]:
    """The words of a search, each of which must be found somewhere."""
    return text.split()[:MOST_WORDS]


def is_found_by(word: str, *, viewer, on) -> Q:
    """People of whom a field holds the word that they show the viewer."""
    folded = fold(word)
    organisations = Organisation.objects.filter(named(word))
    places = {
        "name": Q(sort_key__contains=folded) | Q(name__icontains=word),
        "latin_name": Q(latin_name__icontains=word),
        "headline": Q(headline__icontains=word),
        "biography": Q(biography__icontains=word),
        "email": Q(user__email__icontains=word),
        "speaks_for": speaks_for(organisations, on=on),
        "affiliations": works_in(organisations, on=on),
    }
    found = Q(pk__in=[])
    for name in sorted(places.keys() & readable(audiences_of(viewer))):
        found |= places[name] & shows(name, to=viewer)
    return found


def named(word: str) -> Q:
    """Organisations whose name or acronym holds the word."""
    return Q(sort_key__contains=fold(word)) | Q(acronym__icontains=word)


# --- Counts beside the filters ------------------------------------------------------------------------------------


def count_by(rows, groups: dict[str, Q]) -> dict[str, int]:
    """How many of some rows are in each group, in one statement."""
    keys = {f"group_{number}": key for number, key in enumerate(groups)}
    counts = {alias: Count("pk", filter=groups[key]) for alias, key in keys.items()}
    return {keys[alias]: number for alias, number in rows.order_by().aggregate(**counts).items()}


def people_by_tier(people, tiers: Collection[Tier], *, on) -> dict[str, int]:
    """How many of some people are of each tier, by its short name."""
    return count_by(people, {tier.short_name: is_of_tiers([tier.pk], on=on) for tier in tiers})


def rows_by_region(rows, regions: Collection[Region]) -> dict[str, int]:
    """How many of some people or organisations are of each region, by its code."""
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
