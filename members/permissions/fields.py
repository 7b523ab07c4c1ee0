"""The field table: for each field of a person the widest audience, the legal basis, and how long it is kept.

`members.queries.people.project` reads people through it and through nothing else. A field that is not named here
is shown to nobody; a test sees to it that every column of Person is named or left out on purpose.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience, LegalBasis
from members.choices.bodies import Role
from members.permissions.roles import is_member, roles_of

MEMBERS_AND_OFFICE = frozenset({Audience.MEMBERS, Audience.SECRETARIAT, Audience.ONESELF})
OFFICE = frozenset({Audience.SECRETARIAT, Audience.ONESELF})


@dataclass(frozen=True)
class Field:
    """The policy of one field. `kept` is what people are told about retention."""

    audiences: frozenset[Audience]
    basis: LegalBasis
    kept: str


WHILE_MEMBER = _("while you are a member, and two years after")
WITH_DECISIONS = _("as long as decisions about you stand")

FIELDS: dict[str, Field] = {
    "name": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WITH_DECISIONS),
    "latin_name": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WITH_DECISIONS),
    "headline": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER),
    "biography": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER),
    "website": Field(MEMBERS_AND_OFFICE, LegalBasis.CONSENT, WHILE_MEMBER),
    "country": Field(MEMBERS_AND_OFFICE, LegalBasis.INTEREST, WHILE_MEMBER),
    "expertise": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "regions": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "languages": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "affiliations": Field(MEMBERS_AND_OFFICE, LegalBasis.INTEREST, WHILE_MEMBER),
    "memberships": Field(MEMBERS_AND_OFFICE, LegalBasis.CONTRACT, WITH_DECISIONS),
    "email": Field(OFFICE, LegalBasis.CONTRACT, WHILE_MEMBER),
    "listed": Field(OFFICE, LegalBasis.CONSENT, WHILE_MEMBER),
}

LEFT_OUT = frozenset({"id", "public_id", "user", "sort_key", "revision"})
"""Columns of Person that are no content: keys and counters. The login is read for `email`."""


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


def readable(audiences: frozenset[Audience]) -> frozenset[str]:
    """The fields that someone of these audiences may read."""
    return frozenset(name for name, field in FIELDS.items() if not field.audiences.isdisjoint(audiences))
