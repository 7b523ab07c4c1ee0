"""What a user is at this moment, from the groups that follow dated terms."""

from django.db.models import Exists, Model, OuterRef, QuerySet
from guardian.utils import get_group_obj_perms_model

from members.choices.bodies import BodyKind, Role
from members.permissions.table import GRANTS, MEMBERS, ROLES, Right

ROLE_OF_BODY = {
    BodyKind.STEERING: Role.STEERING,
    BodyKind.STEERING_CHAIR: Role.CHAIR,
    BodyKind.SECRETARIAT: Role.SECRETARIAT,
    BodyKind.TIER: Role.MEMBER,
    BodyKind.REPRESENTATIVES: Role.REPRESENTATIVE,
    BodyKind.WORKING_GROUP: Role.GROUP_MEMBER,
    BodyKind.WORKING_GROUP_CHAIRS: Role.GROUP_CHAIR,
    BodyKind.GROUP_OBSERVERS: Role.GROUP_OBSERVER,
}


def roles_of(user) -> frozenset[Role]:
    """The roles of a user now. Nobody signed in, or a login put out of use, is a visitor and no more."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({Role.VISITOR})
    if getattr(user, "_roles", None) is None:
        roles = {ROLE_OF_BODY[group.body.kind] for group in user.body_groups}
        if user.has_applied:
            roles.add(Role.APPLICANT)
        user._roles = frozenset(roles)
    return user._roles


def may(user, right: Right) -> bool:
    """Whether a role of the user has a right that is said of roles."""
    return not ROLES[right].isdisjoint(roles_of(user))


def is_member(user) -> bool:
    """Whether the user belongs to the platform: holds a membership, speaks for a member, or serves in office."""
    return not MEMBERS.isdisjoint(roles_of(user))


def granted(rows: QuerySet, user, right: Right) -> QuerySet:
    """The rows on which a body of the user has been granted a right: a plain join on guardian's own table.

    Model-level permissions, which the admin needs, list nothing here; nor does a grant to a body that the table does
    not let have the right.
    """
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    holders = {grant.role for grant in GRANTS[rows.model._meta.label_lower] if right in grant.rights}
    groups = [group.pk for group in user.body_groups if ROLE_OF_BODY[group.body.kind] in holders]
    if not groups:
        return rows.none()
    grants = get_group_obj_perms_model(rows.model).objects.filter(
        content_object=OuterRef("pk"), permission__codename=right.value, group__in=groups
    )
    return rows.filter(Exists(grants))


def rights_on(row: Model, user) -> frozenset[str]:
    """All that bodies of the user have been granted on one row, in one statement: what `granted` says of each right."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    roles = {group.pk: ROLE_OF_BODY[group.body.kind] for group in user.body_groups}
    lines = GRANTS[row._meta.label_lower]
    grants = get_group_obj_perms_model(type(row)).objects.filter(content_object=row, group__in=roles)
    return frozenset(
        codename
        for group, codename in grants.values_list("group", "permission__codename")
        if any(line.role == roles[group] and codename in line.rights for line in lines)
    )
