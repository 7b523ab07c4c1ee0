"""The directory follows the record: whoever an act changes something about is looked at again, in its transaction."""

from collections.abc import Callable

from django.db.models import Q
from django.dispatch import receiver

from members.actions import directory
from members.choices.verbs import Verb
from members.models import AuditEvent, Expertise, Person, Region, Representation
from members.signals import recorded


def _person(event) -> list[int]:
    return [event.target.pk]


def _holder(event) -> list[int]:
    return [event.target.person_id]


def _of_membership(event) -> list[int]:
    """The person who holds a membership, or everybody who speaks for the organisation that does, now or later."""
    membership = event.target
    if membership.person_id:
        return [membership.person_id]
    return list(Representation.objects.filter(organisation=membership.organisation_id).values_list("person", flat=True))


def _of_organisation(event) -> list[int]:
    """Everybody who has or had a place in an organisation: its name stands in their lines."""
    ours = Q(representations__organisation=event.target) | Q(affiliations__organisation=event.target)
    return list(Person.objects.filter(ours).values_list("pk", flat=True).distinct())


def _of_login(event) -> list[int]:
    """The person behind a login, whose address may be another."""
    return list(Person.objects.filter(user=event.target).values_list("pk", flat=True))


def _of_entry(event) -> list[int]:
    """Everybody who lives in a country, or knows a field, that was put under another heading. Words are in no row."""
    people, moved = Person.objects.none(), {"parent", "region"} & set(event.facts["fields"])
    if event.facts.get("table") == "country":
        people = Person.objects.filter(country=event.facts["code"])
    elif isinstance(event.target, Region):
        people = Person.objects.filter(country__isnull=False)
    elif isinstance(event.target, Expertise):
        people = event.target.people.all()
    return list(people.values_list("pk", flat=True)) if moved else []


def _of_merger(event) -> list[int]:
    """Everybody who has the entry that another was merged into."""
    if event.facts.get("table") == "country":
        return list(Person.objects.filter(country=event.facts["into"]).values_list("pk", flat=True))
    into = type(event.target).objects.get(pk=event.facts["into"])
    if isinstance(into, Region):
        return list(Person.objects.filter(country__isnull=False).values_list("pk", flat=True))
    return list(into.people.values_list("pk", flat=True))


def _protected(event) -> list[int]:
    """The protected member, where there is a profile."""
    return [event.target.person_id] if event.target.person_id else []


def _of_erasure(event) -> list[int]:
    return list(Person.objects.filter(user=event.target.user).values_list("pk", flat=True))


CONCERNED: dict[Verb, Callable[[AuditEvent], list[int]]] = {
    Verb.PERSON_CREATED: _person,
    Verb.PROFILE_CHANGED: _person,
    Verb.AFFILIATED: _holder,
    Verb.AFFILIATION_ENDED: _holder,
    Verb.REPRESENTATION_GRANTED: _holder,
    Verb.REPRESENTATION_ENDED: _holder,
    Verb.ADMITTED: _of_membership,
    Verb.FOUNDED: _of_membership,
    Verb.MEMBERSHIP_ENDED: _of_membership,
    Verb.ORGANISATION_CHANGED: _of_organisation,
    Verb.FACTOR_CHANGED: _of_login,
    Verb.REFERENCE_CHANGED: _of_entry,
    Verb.REFERENCE_MERGED: _of_merger,
    Verb.CONSENT_WITHDRAWN: _person,
    Verb.ERASED: _of_erasure,
    Verb.PROTECTION_RAISED: _protected,
    Verb.PROTECTION_LISTED: _protected,
    Verb.PROTECTION_RENAMED: _protected,
    Verb.PROTECTION_LOWERED: _of_login,
}
"""By verb, whose rows an act may change."""


@receiver(recorded)
def follow(sender, event, **facts):
    """Build the rows of those concerned anew."""
    find = CONCERNED.get(event.verb)
    if find is not None:
        directory.reindex(find(event))
