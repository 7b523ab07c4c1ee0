"""Rights follow dated terms: groups from terms, grants from the state of rows."""

from datetime import UTC, datetime, time

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Min
from guardian.utils import get_group_obj_perms_model

from members.choices.bodies import SINGLE_BODIES, BodyKind
from members.kernel.clock import database_now
from members.models import (
    Body,
    ChairTerm,
    Membership,
    Organisation,
    Representation,
    SeatTerm,
    StaffTerm,
    Tier,
    User,
)
from members.permissions.administration import ADMINISTRATION
from members.permissions.grants import DUE


def _body(name: str, **fields) -> Body:
    group, _ = Group.objects.get_or_create(name=name)
    return Body.objects.get_or_create(group=group, defaults=fields)[0]


def body_of_tier(tier: Tier) -> Body:
    """The body of a tier, made at first need."""
    return _body(f"tier:{tier.short_name}", kind=BodyKind.TIER, tier=tier)


def body_of_representatives(organisation: Organisation) -> Body:
    """The body of those who speak for an organisation, made at first need."""
    return _body(f"representatives:{organisation.pk}", kind=BodyKind.REPRESENTATIVES, organisation=organisation)


@transaction.atomic
def found_bodies():
    """Make the bodies of which there is one each, and give the Secretariat's group what it may do in the admin."""
    for kind in SINGLE_BODIES:
        _body(kind.value, kind=kind)
    office = Group.objects.get(body__kind=BodyKind.SECRETARIAT)
    office.permissions.set(administration_permissions())


def administration_permissions() -> list[Permission]:
    """The model-level permissions of the Secretariat, which open pages of the admin and list nothing elsewhere."""
    wanted = {f"{act}_{model}" for model, acts in ADMINISTRATION.items() for act in acts}
    return list(Permission.objects.filter(content_type__app_label="members", codename__in=wanted))


def settle(row):
    """Make the stored grants on one row equal to what its state calls for."""
    table = get_group_obj_perms_model(type(row))
    due = DUE[type(row)](row)
    stored = {
        (grant.group_id, grant.permission.codename): grant
        for grant in table.objects.select_related("permission").filter(content_object=row)
    }
    for pair, grant in stored.items():
        if pair not in due:
            grant.delete()
    content_type = ContentType.objects.get_for_model(row)
    for group_id, codename in due - stored.keys():
        permission = Permission.objects.get(content_type=content_type, codename=codename)
        table.objects.get_or_create(group_id=group_id, permission=permission, content_object=row)


def groups_due(user: User, *, on) -> set[int]:
    """The groups a user belongs in on a day, from the terms in force. A login out of use belongs in none."""
    person = getattr(user, "person", None)
    if person is None or not user.is_active:
        return set()
    bodies = {}

    def join(body):
        bodies[body.group_id] = body

    kinds = {
        BodyKind.STEERING: SeatTerm,
        BodyKind.STEERING_CHAIR: ChairTerm,
        BodyKind.SECRETARIAT: StaffTerm,
    }
    for kind, table in kinds.items():
        if table.objects.in_force(on=on).filter(person=person).exists():
            join(Body.objects.get(kind=kind))
    for membership in Membership.objects.in_force(on=on).filter(person=person).select_related("tier"):
        join(body_of_tier(membership.tier))
    for representation in Representation.objects.in_force(on=on).filter(person=person).select_related("organisation"):
        held = Membership.objects.in_force(on=on).filter(organisation=representation.organisation)
        for membership in held.select_related("tier"):
            join(body_of_tier(membership.tier))
            join(body_of_representatives(representation.organisation))
    return set(bodies)


def next_boundary(user: User, *, after) -> datetime | None:
    """The next midnight (UTC) at which a term that concerns the user begins or ends."""
    person = getattr(user, "person", None)
    if person is None:
        return None
    organisations = Representation.objects.filter(person=person).values("organisation")
    sources = [
        *(table.objects.filter(person=person) for table in (SeatTerm, ChairTerm, StaffTerm, Representation)),
        Membership.objects.filter(person=person),
        Membership.objects.filter(organisation__in=organisations),
    ]
    nexts = [
        terms.filter(**{f"{column}__gt": after}).aggregate(day=Min(column))["day"]
        for terms in sources
        for column in ("starts_on", "ends_on")
    ]
    days = [day for day in nexts if day]
    return datetime.combine(min(days), time.min, tzinfo=UTC) if days else None


@transaction.atomic
def recompute(user: User) -> None:
    """Put the user into exactly the groups that terms in force call for, and note when that changes next."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = database_now()
    locked.groups.set(groups_due(locked, on=now.date()))
    locked.rights_due_at = next_boundary(locked, after=now.date())
    locked.save(update_fields=["rights_due_at"])
    user.rights_due_at = locked.rights_due_at
    user.forget_groups()


def recompute_people(*people) -> None:
    """Recompute the rights of people, of those of them who have a login."""
    for user in User.objects.filter(person__in=people):
        recompute(user)


def recompute_organisation(organisation: Organisation) -> None:
    """Recompute the rights of everyone who speaks for an organisation, now or before, and settle its grants."""
    body_of_representatives(organisation)
    settle(organisation)
    for user in User.objects.filter(person__representations__organisation=organisation).distinct():
        recompute(user)
