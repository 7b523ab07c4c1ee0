"""What rights follow from the terms in force, for one person or for everybody, and where what is stored differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib.auth.models import Group, Permission
from django.db.models import Min, Q
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.utils import get_group_obj_perms_model

from members.choices.bodies import BodyKind
from members.models import Body, ChairTerm, Membership, Representation, SeatTerm, StaffTerm, User
from members.permissions.administration import ADMINISTRATION
from members.permissions.grants import DUE
from members.permissions.parts import FOLLOWING

OFFICES = {
    BodyKind.STEERING: SeatTerm,
    BodyKind.STEERING_CHAIR: ChairTerm,
    BodyKind.SECRETARIAT: StaffTerm,
}


# --- What is due -------------------------------------------------------------------------------------------------


def groups_due(*, on: date, user: User | None = None) -> set[tuple[int, int]]:
    """Pairs of user and group as the terms in force on a day call for them, of one user or of all.

    Its statements are as many for one as for all. A login out of use belongs nowhere. Terms of upper apps put into
    their bodies only who is in a body of this floor: whoever takes part no more has no right left by them.
    """
    whose = {"person__user__is_active": True} | ({"person__user": user} if user else {})
    pairs: set[tuple[int, int]] = set()
    for kind, table in OFFICES.items():
        group = Body.objects.get(kind=kind).group_id
        holders = table.objects.in_force(on=on).filter(**whose).values_list("person__user", flat=True)
        pairs |= {(holder, group) for holder in holders}
    own = Membership.objects.in_force(on=on).filter(**whose)
    pairs |= set(own.values_list("person__user", "tier__body__group"))
    speaks = set(Representation.objects.in_force(on=on).filter(**whose).values_list("person__user", "organisation"))
    held = Membership.objects.in_force(on=on).filter(organisation__isnull=False)
    if user:
        held = held.filter(organisation__in={organisation for _speaker, organisation in speaks})
    bodies: dict[int, set[int]] = {}
    for organisation, *groups in held.values_list("organisation", "tier__body__group", "organisation__body__group"):
        bodies.setdefault(organisation, set()).update(groups)
    for speaker, organisation in speaks:
        pairs |= {(speaker, group) for group in bodies.get(organisation, ())}
    taking_part = {holder for holder, _group in pairs}
    for each in FOLLOWING:
        terms = each.table.objects.in_force(on=on).filter(each.condition, **whose)
        pairs |= {pair for pair in terms.values_list("person__user", each.path) if pair[0] in taking_part}
    return pairs


def boundaries(*, after: date, user: User | None = None) -> dict[int, datetime]:
    """By user, the next midnight (UTC) at which a term that concerns them begins or ends; none where there is none.

    Terms of an organisation concern everyone who speaks for it, now, later or before.
    """
    whose = {"person__user": user} if user else {"person__user__isnull": False}
    through = "organisation__representations__person__user"
    members_of = {through: user} if user else {f"{through}__isnull": False}
    held = (*OFFICES.values(), Representation, Membership, *dict.fromkeys(each.table for each in FOLLOWING))
    sources = [
        *((table.objects.filter(**whose), "person__user") for table in held),
        (Membership.objects.filter(**members_of), through),
    ]
    soonest: dict[int, date] = {}
    for terms, path in sources:
        for column in ("starts_on", "ends_on"):
            later = terms.filter(**{f"{column}__gt": after}).order_by().values_list(path)
            for concerned, day in later.annotate(day=Min(column)):
                soonest[concerned] = min(day, soonest.get(concerned, day))
    return {concerned: datetime.combine(day, time.min, tzinfo=UTC) for concerned, day in soonest.items()}


def administration_permissions() -> list[Permission]:
    """The model-level permissions of the Secretariat, which open pages of the admin and list nothing elsewhere."""
    wanted = {f"{act}_{model}" for model, acts in ADMINISTRATION.items() for act in acts}
    return list(Permission.objects.filter(content_type__app_label="members", codename__in=wanted))


# --- What is stored otherwise ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drift:
    """A right that is stored and not due, or due and not stored; who or what it is about, by number."""

    about: str
    what: str

    def __str__(self):
        return f"{self.about}: {self.what}"


@dataclass(frozen=True)
class Audit:
    """What was compared, and what differs."""

    users: int
    rows: int
    drifts: list[Drift]


def audit(*, now: datetime) -> Audit:
    """Compare everything that is stored of rights with what the terms and states of rows call for.

    A user whose rights are due to change is not compared: whatever is stored, their next request changes it first.
    """
    pending = Q(rights_due_at__lte=now)
    compared = set(User.objects.exclude(pending).values_list("pk", flat=True))
    drifts = [*_drift_of_groups(compared, now=now), *_drift_of_boundaries(now=now), *_rights_past_the_table()]
    rows = 0
    for model in DUE:
        drifts += _drift_of_grants(model)
        rows += model.objects.count()
    return Audit(len(compared), rows, drifts)


def _drift_of_groups(compared: set[int], *, now) -> Iterator[Drift]:
    names = dict(Group.objects.values_list("pk", "name"))
    stored = set(User.groups.through.objects.values_list("user", "group"))
    due = groups_due(on=now.date())
    for user, group in sorted(stored - due, key=str):
        if user in compared:
            yield Drift(f"user {user}", f"is in the group {names[group]}, and no term in force says so")
    for user, group in sorted(due - stored, key=str):
        if user in compared:
            yield Drift(f"user {user}", f"is not in the group {names.get(group, 'of a body that is missing')}")


def _drift_of_boundaries(*, now) -> Iterator[Drift]:
    due = boundaries(after=now.date())
    for user, stored in User.objects.exclude(rights_due_at__lte=now).values_list("pk", "rights_due_at"):
        if stored != due.get(user):
            yield Drift(f"user {user}", f"is to be looked at again at {stored}, and should be at {due.get(user)}")


def _drift_of_grants(model) -> Iterator[Drift]:
    """Grants on rows of one model. Stored ones are read in one statement."""
    table = get_group_obj_perms_model(model)
    stored: dict[int, set] = {}
    pairs = table.objects.values_list("content_object", "group", "permission__codename")
    for row, group, codename in pairs.iterator():
        stored.setdefault(row, set()).add((group, codename))
    for row in model.objects.order_by("pk").iterator():
        due, found = DUE[model](row), stored.get(row.pk, set())
        for group, codename in sorted(found - due):
            yield Drift(f"{model._meta.model_name} {row.pk}", f"grants {codename} to group {group}, which is not due")
        for group, codename in sorted(due - found):
            yield Drift(f"{model._meta.model_name} {row.pk}", f"does not grant {codename} to group {group}")


def _rights_past_the_table() -> Iterator[Drift]:
    """Rights by ways that the portal does not use, and the Secretariat's rights in the admin."""
    for user, codename in User.user_permissions.through.objects.values_list("user", "permission__codename"):
        yield Drift(f"user {user}", f"holds {codename} directly")
    for table in (UserObjectPermission, GroupObjectPermission):
        for pk in table.objects.values_list("pk", flat=True):
            yield Drift(f"{table._meta.model_name} {pk}", "is a grant in a table that the portal does not use")
    office = Body.objects.get(kind=BodyKind.SECRETARIAT).group_id
    stored = set(Group.permissions.through.objects.values_list("group", "permission", "permission__codename"))
    due = {(office, permission.pk, permission.codename) for permission in administration_permissions()}
    for group, _permission, codename in sorted(stored - due):
        yield Drift(f"group {group}", f"holds {codename} on a whole table, which is not due")
    for group, _permission, codename in sorted(due - stored):
        yield Drift(f"group {group}", f"does not hold {codename} on the whole table")
