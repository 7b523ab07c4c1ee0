"""Rights follow dated terms: groups from terms, grants from the state of rows."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from guardian.utils import get_group_obj_perms_model

from members.choices.bodies import SINGLE_BODIES, BodyKind
from members.kernel.clock import database_now
from members.models import Body, Organisation, Tier, User
from members.permissions.grants import DUE
from members.queries.rights import administration_permissions, boundaries, groups_due


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


@transaction.atomic
def recompute(user: User) -> None:
    """Put the user into exactly the groups that terms in force call for, and note when that changes next."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = database_now()
    locked.groups.set(group for _user, group in groups_due(user=locked, on=now.date()))
    locked.rights_due_at = boundaries(user=locked, after=now.date()).get(locked.pk)
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


def recompute_due(*, now) -> int:
    """Recompute everybody whose rights are due to change, each in a transaction of their own; says how many."""
    due = User.objects.filter(rights_due_at__lte=now)
    count = 0
    for user in due.order_by("rights_due_at").iterator():
        recompute(user)
        count += 1
    return count
