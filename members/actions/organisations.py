"""What is done with organisations: entering and changing them, and who works in them and speaks for them."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from members.actions import rights, terms
from members.audit import record
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused, ensure_unchanged
from members.models import Affiliation, Organisation, Representation
from members.rules.terms import ensure_days


def _free_slug(name: str, acronym: str) -> str:
    base = slugify(name)[:70] or slugify(acronym) or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def enter(*, name, kind, by, acronym="", **fields) -> Organisation:
    """Enter an organisation of any kind, member or not."""
    organisation = Organisation.objects.create(
        name=name, kind=kind, acronym=acronym, slug=_free_slug(name, acronym), **fields
    )
    rights.settle(organisation)
    record(Verb.ORGANISATION_CREATED, target=organisation, by=by)
    return organisation


@transaction.atomic
def change(*, organisation, by, revision, **fields) -> Organisation:
    """Change an organisation's page. Raises Refused, code `stale`, where it was changed since `revision` was read."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    ensure_unchanged(saved=organisation.revision, revision=revision)
    changed = sorted(name for name, value in fields.items() if getattr(organisation, name) != value)
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.revision += 1
    organisation.save()
    record(Verb.ORGANISATION_CHANGED, target=organisation, by=by, fields=changed)
    return organisation


@transaction.atomic
def affiliate(*, person, organisation, by, position="", starts_on=None, ends_on=None) -> Affiliation:
    """Note that a person works in an organisation."""
    now = database_now()
    starts_on = starts_on or now.date()
    ensure_days(starts_on, ends_on)
    affiliation = Affiliation.objects.create(
        person=person,
        organisation=organisation,
        position=position,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        granted_at=now,
    )
    record(Verb.AFFILIATED, target=affiliation, by=by, organisation=organisation.pk)
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation, by, reason="") -> Affiliation:
    """End an affiliation today. Raises Refused, code `over`."""
    affiliation = terms.end(affiliation, by=by, reason=reason)
    record(Verb.AFFILIATION_ENDED, target=affiliation, by=by)
    return affiliation


@transaction.atomic
def appoint_representative(*, organisation, person, role, by, starts_on=None, ends_on=None) -> Representation:
    """Let a person speak for a member organisation.

    Raises Refused, code `role-taken` for a second principal or alternate, `already-speaks` for one who speaks already.
    """
    now = database_now()
    starts_on = starts_on or now.date()
    ensure_days(starts_on, ends_on)
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    in_force = Representation.objects.in_force(on=starts_on).filter(organisation=organisation)
    if in_force.filter(person=person).exists():
        raise Refused(_("This person speaks for the organisation already."), code="already-speaks", field="person")
    if role != RepresentationRole.DELEGATE and in_force.filter(role=role).exists():
        raise Refused(
            _("The organisation has such a representative already. End that first."), code="role-taken", field="role"
        )
    representation = Representation.objects.create(
        organisation=organisation,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        granted_at=now,
    )
    record(Verb.REPRESENTATION_GRANTED, target=representation, by=by, organisation=organisation.pk, role=role)
    rights.recompute_organisation(organisation)
    return representation


@transaction.atomic
def end_representation(*, representation, by, reason="") -> Representation:
    """End a representation today, and the rights that came of it. Raises Refused, code `over`."""
    representation = terms.end(representation, by=by, reason=reason)
    record(Verb.REPRESENTATION_ENDED, target=representation, by=by, organisation=representation.organisation_id)
    rights.recompute_organisation(representation.organisation)
    return representation
