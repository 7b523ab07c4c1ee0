"""Bringing kinds and the Transatlantic Task Force into the database: what is missing is added, and nothing else."""

from django.db import transaction
from django.db.models import Q

from members.models import Country
from taskforces.actions.groups import found
from taskforces.models import GroupKind, WorkingGroup
from taskforces.reference.kinds import KINDS, TRANSATLANTIC


@transaction.atomic
def load() -> dict[str, int]:
    """Add the kinds and the group that come with the release; says how many rows were added. Safe to repeat.

    It needs the countries and bodies of the ground floor, and is called after they are loaded. What staff changed
    stands, the list of countries above all. No audit event is written.
    """
    known = set(GroupKind.objects.values_list("key", flat=True))
    added = GroupKind.objects.bulk_create(GroupKind(**data) for data in KINDS if data["key"] not in known)
    return {"kinds": len(added), "groups": _transatlantic()}


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
