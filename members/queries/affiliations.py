"""Organisations that an applicant names or belongs to, as far as they take part in the platform.

Only participating organisations are compared: that they take part is public, and nothing is given away by saying so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from members.choices.applications import HolderKind, Step
from members.choices.verbs import Verb
from members.kernel.refusals import Refused
from members.kernel.text import fold
from members.models import Affiliation, Application, AuditEvent, Membership, Organisation, Representation
from members.rules import applications as rules
from members.rules.answers import named_organisations


@dataclass(frozen=True)
class Tie:
    """An organisation that takes part and that the applicant belongs to: typed in a field, or known from its records.

    `speaks` is true for one who represents it: that ends by the organisation's act alone.
    """

    organisation: Organisation
    field: str
    speaks: bool = False


def participating_named(names: list[str], *, on) -> dict[str, Organisation]:
    """The participating organisations that go by these names or acronyms, by the name as typed."""
    folded = {fold(name): name for name in names if name.strip()}
    if not folded:
        return {}
    rows = (
        Organisation.objects.participating(on=on)
        .annotate(short=Lower("acronym"))
        .filter(Q(sort_key__in=folded) | (Q(short__in=folded) & ~Q(short="")))
    )
    return {folded[key]: row for row in rows for key in (row.sort_key, fold(row.acronym)) if key in folded}


def ties(application: Application, values: Mapping, *, on) -> list[Tie]:
    """The participating organisations the applicant belongs to, by what was typed and by what is on record."""
    typed = named_organisations(values)
    known = participating_named(list(typed.values()), on=on)
    found = {known[name].pk: Tie(known[name], field) for field, name in typed.items() if name in known}
    if application.person_id:
        person = application.person_id
        for term in _held(Affiliation, person, on=on):
            found.setdefault(term.organisation_id, Tie(term.organisation, "standing"))
        for term in _held(Representation, person, on=on):
            tie = found.get(term.organisation_id)
            found[term.organisation_id] = Tie(term.organisation, tie.field if tie else "standing", speaks=True)
    return list(found.values())


def _held(table, person_id: int, *, on):
    """Terms in force of a person in participating organisations."""
    held = Membership.objects.in_force(on=on).exclude(organisation=None).values("organisation")
    return table.objects.in_force(on=on).filter(person=person_id, organisation__in=held).select_related("organisation")


def affiliation_problems(application: Application, values: Mapping, *, on) -> list[Refused]:
    """What the rule on affiliated individuals has against these answers."""
    if application.tier.short_name not in rules.CLOSED_TO_AFFILIATED:
        return []
    found = ties(application, values, on=on)
    organisations = {tie.organisation.pk: tie.organisation for tie in found}
    try:
        rules.ensure_may_apply_as_individual(
            affiliations=set(organisations),
            participating=set(organisations),
            names={key: organisation.name for key, organisation in organisations.items()},
        )
    except Refused as refused:
        refused.field = found[0].field
        return [refused]
    return []


def organisation_problems(application: Application, values: Mapping, *, on) -> list[Refused]:
    """An organisation that holds a membership of the tier already does not apply for it again."""
    known = namesake(application, values, on=on)
    if known and Membership.objects.in_force(on=on).filter(organisation=known, tier=application.tier_id).exists():
        return [
            Refused(
                _("{organisation} is a member of this tier already. Its representatives can let you take part."),
                code="member",
                field="name",
                organisation=known.name,
            )
        ]
    return []


def namesake(application: Application, values: Mapping, *, on) -> Organisation | None:
    """The participating organisation of the name or the acronym typed on the page of the organisation."""
    if application.holder_kind != HolderKind.ORGANISATION:
        return None
    known = participating_named([values.get("name", ""), values.get("acronym", "")], on=on)
    return next(iter(known.values()), None)


def fields_naming(organisation: Organisation, values: Mapping) -> list[str]:
    """The fields of the page of affiliations in which an organisation was typed, by its name or its acronym."""
    names = {fold(organisation.name), fold(organisation.acronym)} - {""}
    return [field for field, name in named_organisations(values).items() if fold(name) in names]


def tied_to(application: Application, slug: str, *, on) -> Organisation | None:
    """The organisation at an address, if the applicant is tied to it; see `is_tied`. Others are not even looked for."""
    typed = application.answers
    same = namesake(application, typed.get(Step.ORGANISATION, {}), on=on)
    found = [tie.organisation for tie in ties(application, typed.get(Step.AFFILIATION, {}), on=on)]
    return next((row for row in [*found, same] if row is not None and row.slug == slug), None)


def is_tied(application: Application, organisation: Organisation, *, on) -> bool:
    """Whether the applicant named this organisation, as theirs or as the applying one, or belongs to it on record."""
    return tied_to(application, organisation.slug, on=on) is not None


def asked(application: Application) -> dict[int, datetime]:
    """The organisations whose representatives were asked to let the applicant in, by primary key, and when."""
    events = AuditEvent.objects.about(application).filter(verb=Verb.REPRESENTATIVE_ASKED)
    return {event.facts["organisation"]: event.at for event in events}
