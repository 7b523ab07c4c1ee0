"""The projection: the only way by which a page, mail, feed, export or search gets at a person's data."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from members.choices.audiences import Audience
from members.choices.directory import AUDIENCES, Reader
from members.models import Affiliation, Membership, Person, Representation
from members.permissions.fields import OFFICE, audiences_of, readable
from members.permissions.organisations import has_taken_part
from members.permissions.people import belongs, visible_to
from members.queries.profiles import (
    Apart,
    Availability,
    Contact,
    Level,
    Position,
    Work,
    availability_of,
    contact_of,
    details_of,
    expertise_of,
    languages_of,
)
from members.queries.sealed import PROFILE, identity_of, of_oneself


@dataclass(frozen=True)
class Post:
    """A place in an organisation, as shown with a person. One that never took part has no page to lead to."""

    organisation: str
    slug: str
    position: str
    represents: bool = False
    has_page: bool = True


@dataclass(frozen=True)
class Standing:
    """A membership, as shown with a person: of their own, or of the organisation they speak for."""

    tier: str
    tier_short_name: str
    starts_on: date
    ends_on: date | None
    through: str = ""


@dataclass(frozen=True)
class PersonView:
    """A person as one viewer may see them. What the viewer may not see is empty, and not distinguishable from empty.

    Whoever may not read `listed` only knows of people who are. A line of a list has no positions, publications and
    separations.
    """

    public_id: UUID
    name: str = ""
    latin_name: str = ""
    headline: str = ""
    biography: str = ""
    website: str = ""
    email: str = ""
    country: str = ""
    region: str = ""
    expertise: tuple[Level, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[Level, ...] = ()
    photo: bool = False
    positions: tuple[Position, ...] = ()
    publications: tuple[Work, ...] = ()
    availability: Availability | None = None
    contact: Contact | None = None
    separations: tuple[Apart, ...] = ()
    speaks_for: tuple[Post, ...] = ()
    affiliations: tuple[Post, ...] = ()
    memberships: tuple[Standing, ...] = ()
    listed: bool = True
    is_oneself: bool = False
    avatar: int | None = None

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers the person is of, each once."""
        return tuple(dict.fromkeys(standing.tier for standing in self.memberships))

    @property
    def places(self) -> tuple[Post, ...]:
        """The organisations the person speaks for or works in, each once and with what they are there."""
        found = {post.slug: post for post in self.speaks_for}
        for post in self.affiliations:
            known = found.get(post.slug)
            if known is None or post.position:
                found[post.slug] = replace(post, represents=known is not None)
        return tuple(found.values())

    @property
    def posts(self) -> str:
        """The organisations the person belongs to, in one line."""
        return ", ".join(post.organisation for post in self.places)


@dataclass(frozen=True)
class _Terms:
    on: date
    speaks_for: dict[int, list[Post]] = field(default_factory=dict)
    affiliations: dict[int, list[Post]] = field(default_factory=dict)
    memberships: dict[int, list[Standing]] = field(default_factory=dict)


def _terms_of(people: list[int], *, on) -> _Terms:
    """Affiliations and memberships of people on a day, in three statements however many people there are."""
    found = _Terms(on)
    speaks = Representation.objects.in_force(on=on).filter(person__in=people).order_by("pk")
    represented: dict[int, list[Representation]] = {}
    for term in speaks.select_related("organisation"):
        represented.setdefault(term.organisation_id, []).append(term)
        post = Post(term.organisation.name, term.organisation.slug, term.get_role_display(), represents=True)
        found.speaks_for.setdefault(term.person_id, []).append(post)
    works = Affiliation.objects.in_force(on=on).filter(person__in=people).order_by("pk")
    for term in works.select_related("organisation").annotate(has_page=has_taken_part("organisation", on=on)):
        post = Post(term.organisation.name, term.organisation.slug, term.position, has_page=term.has_page)
        found.affiliations.setdefault(term.person_id, []).append(post)
    held = Membership.objects.in_force(on=on).select_related("tier", "organisation")
    for term in held.filter(person__in=people) | held.filter(organisation__in=represented):
        standing = Standing(
            str(term.tier), term.tier.short_name, term.starts_on, term.ends_on, str(term.organisation or "")
        )
        holders = [term.person_id] if term.person_id else [r.person_id for r in represented[term.organisation_id]]
        for holder in holders:
            found.memberships.setdefault(holder, []).append(standing)
    return found


def _values(person: Person, terms: _Terms) -> dict:
    """Everything there is to show of a person, before the viewer's audience is applied."""
    return {
        "name": person.shown_name,
        "latin_name": person.latin_name,
        "headline": person.headline,
        "biography": person.biography,
        "website": person.website,
        "email": person.user.email if person.user else "",
        "country": str(person.country) if person.country else "",
        "expertise": expertise_of(person),
        "regions": tuple(str(entry) for entry in person.regions.all()),
        "languages": languages_of(person),
        "photo": bool(person.photo),
        "availability": availability_of(person, on=terms.on),
        "contact": contact_of(person),
        "speaks_for": tuple(terms.speaks_for.get(person.pk, ())),
        "affiliations": tuple(terms.affiliations.get(person.pk, ())),
        "memberships": tuple(terms.memberships.get(person.pk, ())),
        "listed": person.listed,
    }


def project_all(viewer, people, *, on) -> list[PersonView]:
    """People as a viewer may see them, in the order given. `people` were let through by `visible_to` before."""
    rows = list(people)
    terms = _terms_of([person.pk for person in rows], on=on)
    own = viewer.pk if viewer is not None and viewer.is_authenticated else None
    of_others, of_oneself = audiences_of(viewer), audiences_of(viewer, oneself=True)
    return [
        _view(person, terms, of_oneself, is_oneself=True)
        if own is not None and person.user_id == own
        else _view(person, terms, of_others)
        for person in rows
    ]


def _handle(person: Person) -> PersonView:
    """A protected member, as whoever they are listed to sees them: nothing that was said of the person is in it."""
    protection = person.protection
    return PersonView(
        public_id=protection.public_id,
        name=protection.handle,
        region=str(protection.region or ""),
        expertise=expertise_of(person),
        avatar=protection.avatar,
    )


def _view(person: Person, terms: _Terms, audiences: frozenset[Audience], *, is_oneself: bool = False) -> PersonView:
    """A person as someone of these audiences may see them."""
    if getattr(person, "protection", None) and not is_oneself:
        return _handle(person)
    return _showing(person, _values(person, terms), _allowed(person, audiences), is_oneself=is_oneself)


def _showing(person: Person, values: dict, allowed: frozenset[str], *, is_oneself: bool = False) -> PersonView:
    """A person by the fields that are allowed."""
    shown = {name: value for name, value in values.items() if name in allowed}
    if "country" in allowed and person.country:
        shown["region"] = str(person.country.region.continent)
    if getattr(person, "protection", None):
        shown |= of_oneself(identity_of(person.protection))
    return PersonView(public_id=person.public_id, is_oneself=is_oneself, **shown)


def _allowed(person: Person, audiences: frozenset[Audience]) -> frozenset[str]:
    """The fields of a person that someone of these audiences may read."""
    return readable(audiences, narrowed={row.field: row.audiences for row in person.narrowings.all()})


def _page(viewer, person: Person, audiences: frozenset[Audience], *, on, is_oneself: bool = False) -> PersonView:
    """A person with what only their own page shows. The names in it are as the viewer may know them."""
    view = _view(person, _terms_of([person.pk], on=on), audiences, is_oneself=is_oneself)
    if view.avatar is not None:
        return view
    names = partial(names_for, viewer, on=on)
    return replace(view, **details_of(person, _allowed(person, audiences), names=names))


def project_for_readers(people, *, on) -> dict[int, dict[Reader, PersonView]]:
    """Each of some people, by primary key, as every kind of reader finds them in the directory on a day.

    A kind of reader is missing where such a reader does not find the person there: nobody finds who takes no part,
    and of who is not listed only the Secretariat and the person do. A protected member is found under the handle, by
    those they are listed to.
    """
    rows = list(people)
    keys = [person.pk for person in rows]
    terms = _terms_of(keys, on=on)
    taking_part = set(Person.objects.filter(belongs(on=on), pk__in=keys).values_list("pk", flat=True))
    found: dict[int, dict[Reader, PersonView]] = {}
    for person in rows:
        views = found[person.pk] = {}
        if person.pk not in taking_part:
            continue
        if protection := getattr(person, "protection", None):
            listed_for = frozenset(protection.listed_for)
            views.update({each: _handle(person) for each, readers in AUDIENCES.items() if readers & listed_for})
            continue
        values, by_fields = _values(person, terms), {}
        for reader, audiences in AUDIENCES.items():
            if person.listed or not audiences.isdisjoint(OFFICE):
                allowed = _allowed(person, audiences)
                views[reader] = by_fields[allowed] = by_fields.get(allowed) or _showing(person, values, allowed)
    return found


def project(viewer, person: Person, *, on) -> PersonView | None:
    """One person as a viewer may see them, or None where the viewer may not know of them."""
    row = visible_to(viewer, on=on).with_everything().filter(pk=person.pk).first()
    if row is None:
        return None
    is_oneself = row.user_id == viewer.pk
    return _page(viewer, row, audiences_of(viewer, oneself=is_oneself), on=on, is_oneself=is_oneself)


SEEN_AS: dict[Audience, frozenset[Audience]] = {
    Audience.PUBLIC: frozenset({Audience.PUBLIC}),
    Audience.MEMBERS: frozenset({Audience.PUBLIC, Audience.MEMBERS}),
    Audience.STEERING: frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.STEERING}),
    Audience.SECRETARIAT: frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.SECRETARIAT}),
}
"""As whom one may look at one's own profile, each with the audiences such a reader belongs to."""


def project_as(audience: Audience, person: Person, *, on) -> PersonView | None:
    """A person as a reader of an audience sees them, or None where such a reader does not know of them."""
    protection = getattr(person, "protection", None)
    if protection:
        return _handle(person) if SEEN_AS[audience] & set(protection.listed_for) else None
    is_found = person.listed and Person.objects.filter(belongs(on=on), pk=person.pk).exists()
    if audience == Audience.PUBLIC or (audience != Audience.SECRETARIAT and not is_found):
        return None
    row = Person.objects.with_everything().get(pk=person.pk)
    return _page(row.user, row, SEEN_AS[audience], on=on)


def own_name(person: Person) -> str:
    """The name of a person, also where it is sealed: for the person's own eyes."""
    protection = getattr(person, "protection", None)
    return identity_of(protection)[PROFILE]["name"] if protection else person.name


def names_for(viewer, people_ids, *, on) -> dict[int, str]:
    """The names of people by primary key, as a viewer may read them; "a member" for those not to be known.

    A protected member is "a member" here to all but themselves: a handle beside an office would tell whose it is.
    """
    wanted = set(people_ids)
    rows = visible_to(viewer, on=on).filter(pk__in=wanted).select_related("user", "protection__user")
    if viewer is not None and viewer.is_authenticated:
        rows = rows.filter(Q(protection__isnull=True) | Q(user=viewer))
    allowed_others, allowed_self = readable(audiences_of(viewer)), readable(audiences_of(viewer, oneself=True))
    names = dict.fromkeys(wanted, _("a member"))
    for person in rows:
        own = viewer is not None and person.user_id == viewer.pk
        if "name" in (allowed_self if own else allowed_others):
            names[person.pk] = own_name(person)
    return names


PROJECTED = frozenset(entry.name for entry in fields(PersonView)) - {"public_id", "is_oneself", "region", "avatar"}
