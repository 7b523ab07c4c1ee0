"""The field table: for each field of a person the widest audience, the legal basis, and how long it is kept.

`members.queries.people.project` reads people through it and through nothing else. A field that is not named here
is shown to nobody; a test sees to it that every column of Person is named or left out on purpose. A person may show
some fields to fewer than the table allows (`members.models.Narrowing`), and none to more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience, LegalBasis
from members.choices.bodies import Role
from members.models import Narrowing
from members.permissions.roles import is_member, roles_of

MEMBERS_AND_OFFICE = frozenset({Audience.MEMBERS, Audience.SECRETARIAT, Audience.ONESELF})
OFFICE = frozenset({Audience.SECRETARIAT, Audience.ONESELF})


@dataclass(frozen=True)
class Field:
    """The policy of one field. `kept` is what people are told about retention.

    `may_narrow` is false where colleagues cannot take a decision, or the Secretariat do its work, without it.
    """

    audiences: frozenset[Audience]
    basis: LegalBasis
    kept: str
    may_narrow: bool = False


WHILE_MEMBER = _("while you are a member, and two years after")
WITH_DECISIONS = _("as long as decisions about you stand")

FIELDS: dict[str, Field] = {
    "name": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "latin_name": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "headline": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "biography": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "website": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "country": Field(MEMBERS_AND_OFFICE, LegalBasis.INTEREST, WHILE_MEMBER, may_narrow=True),
    "expertise": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER, may_narrow=True),
    "regions": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER, may_narrow=True),
    "languages": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER, may_narrow=True),
    "photo": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "positions": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "publications": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "availability": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "contact": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER, may_narrow=True),
    "separations": Field(OFFICE, LegalBasis.CONSENT, WHILE_MEMBER),
    "speaks_for": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WITH_DECISIONS),
    "affiliations": Field(MEMBERS_AND_OFFICE, LegalBasis.INTEREST, WHILE_MEMBER, may_narrow=True),
    "memberships": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WITH_DECISIONS),
    "email": Field(OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "listed": Field(OFFICE, LegalBasis.CONSENT, WHILE_MEMBER),
}

LEFT_OUT = frozenset({"id", "public_id", "user", "sort_key", "revision", "erased_at"})
"""Columns of Person that are no content: keys and counters. The login is read for `email`."""

SHOWN_WITH = {
    "available_again_on": "availability",
    "availability_note": "availability",
    "contact_by": "contact",
    "contact_note": "contact",
}
"""Columns of Person that are shown as a part of a field, to whom that field is shown."""


REACHES: dict[Audience, frozenset[Audience]] = {
    Audience.MEMBERS: MEMBERS_AND_OFFICE,
    Audience.STEERING: frozenset({Audience.STEERING, Audience.SECRETARIAT, Audience.ONESELF}),
    Audience.SECRETARIAT: OFFICE,
}
"""Whom a person may show a field to, by the widest audience named. The Secretariat keeps every profile and reads it;
what it shall not know does not belong there."""


NARROWABLE = tuple(name for name, field in FIELDS.items() if field.may_narrow)


def reach_of(audiences: Iterable[str]) -> Audience:
    """The widest audience named of a set of audiences."""
    return next(key for key, reach in REACHES.items() if reach == frozenset(audiences))


def audiences_of(viewer, *, oneself: bool = False) -> frozenset[Audience]:
    """The audiences a viewer belongs to. `viewer` is a user, signed in or not, or None for the public."""
    found = {Audience.PUBLIC}
    if viewer is not None and viewer.is_authenticated and viewer.is_active:
        roles = roles_of(viewer)
        if is_member(viewer):
            found.add(Audience.MEMBERS)
        if Role.STEERING in roles:
            found.add(Audience.STEERING)
        if Role.SECRETARIAT in roles:
            found.add(Audience.SECRETARIAT)
        if oneself:
            found.add(Audience.ONESELF)
    return frozenset(found)


def readable(audiences: frozenset[Audience], *, narrowed: Mapping[str, Iterable[str]] | None = None) -> frozenset[str]:
    """The fields of a person that someone of these audiences may read, where the person has `narrowed` some."""
    of_person = {name: frozenset(readers) for name, readers in (narrowed or {}).items()}
    return frozenset(
        name
        for name, field in FIELDS.items()
        if not audiences.isdisjoint(field.audiences) and not audiences.isdisjoint(of_person.get(name, field.audiences))
    )


def shows(field: str, *, to) -> Q:
    """People who show a viewer a field: a condition for lists, counts and searches that ask about it.

    Without it a list would tell by whom it holds what its lines keep to themselves.
    """
    audiences = audiences_of(to)
    if not FIELDS[field].may_narrow or not audiences.isdisjoint(OFFICE):
        return Q()
    kept = Narrowing.objects.filter(field=field).exclude(audiences__overlap=list(audiences))
    own = Q(user=to) if to is not None and to.is_authenticated else Q()
    return own | ~Q(pk__in=kept.values("person"))
