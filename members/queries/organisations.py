"""Reads of one organisation's page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from members.choices.bodies import RepresentationRole
from members.models import EntryLink, Membership, Organisation, Representation
from members.permissions.organisations import visible_to
from members.permissions.people import visible_to as people_visible_to
from members.permissions.table import Right
from members.queries.people import names_for

ORDER = list(RepresentationRole)


@dataclass(frozen=True)
class Representative:
    """Who speaks for an organisation, as a viewer may know. Whoever manages it sees that somebody unlisted does."""

    public_id: UUID
    name: str
    role: str
    starts_on: date
    is_known: bool


def representatives_of(organisation: Organisation, *, viewer, on, with_unknown: bool) -> list[Representative]:
    """Those who speak for an organisation on a day, principal first; whom the viewer may not know, only if asked."""
    terms = Representation.objects.in_force(on=on).filter(organisation=organisation).select_related("person")
    terms = terms.filter(Q(person__protection__isnull=True) | Q(person__user=viewer.pk))
    people = [term.person_id for term in terms]
    known = set(people_visible_to(viewer, on=on).filter(pk__in=people).values_list("pk", flat=True))
    names = names_for(viewer, known, on=on)
    return [
        Representative(
            public_id=term.person.public_id,
            name=names.get(term.person_id) or _("A person who is not listed"),
            role=term.get_role_display(),
            starts_on=term.starts_on,
            is_known=term.person_id in known,
        )
        for term in sorted(terms, key=lambda term: (ORDER.index(term.role), term.person.sort_key))
        if with_unknown or term.person_id in known
    ]


def representative_in_words(term: Representation, *, viewer, on) -> str:
    """Who speaks for an organisation, and as what, in one line."""
    shown = representatives_of(term.organisation, viewer=viewer, on=on, with_unknown=True)
    one = next(each for each in shown if each.public_id == term.person.public_id)
    return f"{one.name}, {one.role}"


def page_of(organisation: Organisation, *, viewer, on, at: datetime) -> dict:
    """What a viewer sees on an organisation's page: its terms, those who speak for it, and for them what is open."""
    terms = list(Membership.objects.with_holder().filter(organisation=organisation))
    may_manage = visible_to(viewer, right=Right.MANAGE_ORGANISATION, on=on).filter(pk=organisation.pk).exists()
    open_now = EntryLink.objects.invitations_to(organisation).usable(at=at).order_by("expires_at")
    return {
        "organisation": organisation,
        "knows_parent": visible_to(viewer, on=on).filter(pk=organisation.parent_id).exists(),
        "current": next((term for term in terms if term.is_in_force(on=on)), None),
        "past": [term for term in terms if term.ends_on and term.ends_on <= on],
        "representatives": representatives_of(organisation, viewer=viewer, on=on, with_unknown=may_manage),
        "invitations": list(open_now) if may_manage else [],
        "may_manage": may_manage,
    }
