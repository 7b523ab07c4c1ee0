"""Rights follow dated terms: groups from terms, grants from the state of rows."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from guardian.utils import get_group_obj_perms_model

from members.choices.bodies import SINGLE_BODIES, BodyKind
from members.kernel.clock import database_now
from members.models import Body, Organisation, Tier, User
from members.permissions.grants import DUE
from members.queries.rights import administration_permissions, boundaries, groups_due

WAITING: ContextVar[set[int] | None] = ContextVar("waiting", default=None)
"""The keys of the users whose rights are recomputed at the end of a block of acts, while there is one."""


def _body(name: str, **fields) -> Body:
    group, _ = Group.objects.get_or_create(name=name)
    return Body.objects.get_or_create(group=group, defaults=fields)[0]


def body_of_tier(tier: Tier) -> Body:
    """The body of a tier, made at first need."""
    return _body(f"tier:{tier.short_name}", kind=BodyKind.TIER, tier=tier)


def body_of_representatives(organisation: Organisation) -> Body:
    """The body of those who speak for an organisation, made at first need."""
    return _body(f"representatives:{organisation.pk}", kind=BodyKind.REPRESENTATIVES, organisation=organisation)


def body_of_upper_app(kind: BodyKind, key: str) -> Body:
    """A body of a row that an upper app is about to keep, by what never changes of it. The row points at its body."""
    return _body(f"{kind}:{key}", kind=kind)


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


def recompute(user: User) -> None:
    """Put the user into exactly the groups that terms in force call for, and note when that changes next."""
    waiting = WAITING.get()
    if waiting is None:
        _recompute(user)
    else:
        waiting.add(user.pk)


@transaction.atomic
def _recompute(user: User) -> None:
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = database_now()
    locked.groups.set(group for _user, group in groups_due(user=locked, on=now.date()))
    locked.rights_due_at = boundaries(user=locked, after=now.date()).get(locked.pk)
    locked.save(update_fields=["rights_due_at"])
    user.rights_due_at = locked.rights_due_at
    user.forget_groups()


@contextmanager
def recomputed_together():
    """In the block, note whose rights change, and recompute them all at its end, in a fixed number of statements.

    For acts on many at once, such as entering a whole membership. The block is one transaction, so nobody else sees
    terms without their rights; inside it, nothing may be asked about the rights of those concerned.
    """
    with transaction.atomic():
        waiting = set()
        outer = WAITING.set(waiting)
        try:
            yield
        finally:
            WAITING.reset(outer)
        _recompute_all(waiting)


def _recompute_all(keys: set[int]) -> None:
    users = list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    now = database_now()
    due, turns = groups_due(on=now.date()), boundaries(after=now.date())
    table = User.groups.through
    stored = {(row.user_id, row.group_id): row.pk for row in table.objects.filter(user__in=keys)}
    due = {pair for pair in due if pair[0] in keys}
    table.objects.filter(pk__in=[pk for pair, pk in stored.items() if pair not in due]).delete()
    table.objects.bulk_create(table(user_id=user, group_id=group) for user, group in due - stored.keys())
    for user in users:
        user.rights_due_at = turns.get(user.pk)
    User.objects.bulk_update(users, ["rights_due_at"], batch_size=1000)


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
