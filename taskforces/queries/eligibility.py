"""What a group asks for and what somebody brings, as values for the rule."""

from django.db.models import Q

from members.models import Affiliation, Membership, Person, Representation
from members.permissions.fields import shows
from taskforces.models import WorkingGroup
from taskforces.rules.eligibility import Asked, Brought, is_eligible


def asked_by(group: WorkingGroup) -> Asked:
    """What a group asks for."""
    return Asked(
        countries=set(group.countries.values_list("pk", flat=True)),
        tiers=set(group.tiers.values_list("short_name", flat=True)),
        expertise=set(group.expertise.values_list("code", flat=True)),
    )


def brought_by(person: Person, *, to, on) -> Brought:
    """What somebody brings, as far as the user `to` may read it: what is kept from the reader answers no question."""
    affiliations = Affiliation.objects.in_force(on=on).filter(person=person)
    speaks = Representation.objects.in_force(on=on).filter(person=person)
    held = Membership.objects.in_force(on=on)
    held = held.filter(Q(person=person) | Q(organisation__in=speaks.values("organisation")))
    countries = None
    if _shown(person, "country", to) and _shown(person, "affiliations", to) and not _sealed(person, to):
        seats = [*affiliations.values_list("organisation__country", flat=True)]
        seats += speaks.values_list("organisation__country", flat=True)
        countries = {code for code in [person.country_id, *seats] if code}
    fields = person.expertise.values_list("code", flat=True) if _shown(person, "expertise", to) else ()
    return Brought(countries, set(held.values_list("tier__short_name", flat=True)), set(fields))


def _shown(person: Person, field: str, to) -> bool:
    return Person.objects.filter(shows(field, to=to), pk=person.pk).exists()


def _sealed(person: Person, to) -> bool:
    """Where a protected member lives and works is sealed, and is not opened to answer this."""
    return Person.objects.filter(pk=person.pk, protection__isnull=False).exists()


def eligible(person: Person, group: WorkingGroup, *, to, on) -> bool | None:
    """Whether somebody is eligible for a group, as far as the user `to` may know; None where that is not known."""
    return is_eligible(asked_by(group), brought_by(person, to=to, on=on))
