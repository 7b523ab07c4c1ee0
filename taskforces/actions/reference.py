"""Bringing kinds and the Transatlantic Task Force into the database: what is missing is added, and nothing else."""

from django.db import transaction
from django.db.models import Q

from members.actions import rights
from members.models import Country
from taskforces.actions.groups import found
from taskforces.models import GroupKind, WorkingGroup
from taskforces.reference.kinds import KINDS, TRANSATLANTIC


@transaction.atomic
def load() -> dict[str, int]:
    """Add the kinds and the group that come with the release; says how many rows were added. Safe to repeat.

    It needs the countries and bodies of the ground floor, and is called after they are loaded. What staff changed
    stands, the list of countries above all. What a release newly gives on a group is granted on those that are there.
    No audit event is written.
    """
    known = set(GroupKind.objects.values_list("key", flat=True))
    added = GroupKind.objects.bulk_create(GroupKind(**data) for data in KINDS if data["key"] not in known)
    groups = _transatlantic()
    for group in WorkingGroup.objects.select_related("body", "chairs", "observers"):
        rights.settle(group)
    return {"kinds": len(added), "groups": groups}


def _transatlantic() -> int:
    if WorkingGroup.objects.filter(slug=TRANSATLANTIC["slug"]).exists():
        return 0
    values = {name: TRANSATLANTIC[name] for name in ("name", "short_name", "purpose")}
    kind = GroupKind.objects.get(key=TRANSATLANTIC["kind"])
    found(**values, kind=kind, countries=countries_in(TRANSATLANTIC["regions"]))
    return 1


def countries_in(codes):
    """The countries and areas that lie in regions of the M49 standard, at whatever level."""
    within = Q(region__code__in=codes)
    for levels in range(1, 4):
        within |= Q(**{f"region__{'parent__' * levels}code__in": codes})
    return Country.objects.in_use().filter(within)
