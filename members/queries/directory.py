"""Reads of the directories: who is of a tier, of a region, in an organisation, on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from members.models import Affiliation, Membership, Organisation, Region, Representation


def people_of_tiers(tiers, *, on):
    """Keys of people in one of the tiers: by a membership of their own or of the organisation they speak for."""
    held = Membership.objects.in_force(on=on).filter(tier__in=tiers)
    speaks = Representation.objects.in_force(on=on).filter(organisation__in=held.values("organisation"))
    return held.exclude(person=None).values("person").union(speaks.values("person"))


def organisations_of_tiers(tiers, *, on):
    """Keys of organisations in one of the tiers."""
    return Membership.objects.in_force(on=on).filter(tier__in=tiers, organisation__isnull=False).values("organisation")


def posts_matching(folded: str, *, on):
    """Keys of people with a place, on a day, in an organisation whose folded name holds the words."""
    places = (table.objects.in_force(on=on) for table in (Affiliation, Representation))
    found = [place.filter(organisation__sort_key__contains=folded).values("person") for place in places]
    return found[0].union(found[1])


def regions_within(region: Region):
    """A region and all that lie in it, three levels down, as the M49 standard has."""
    return Region.objects.filter(Q(pk=region.pk) | Q(parent=region) | Q(parent__parent=region)).values("pk")


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


def people_of(organisation: Organisation, *, on):
    """Keys of those who speak for an organisation on a day, principal first, with their roles."""
    terms = Representation.objects.in_force(on=on).filter(organisation=organisation)
    order = {"principal": 0, "alternate": 1, "delegate": 2}
    return sorted(terms.select_related("person"), key=lambda term: (order[term.role], term.person.sort_key))
