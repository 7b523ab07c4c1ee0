"""Working groups for tests, by the portal's own actions."""

from members.models import Country
from taskforces.actions import groups, seats
from taskforces.choices import GroupState, SeatKind
from taskforces.models import GroupKind, WorkingGroup

TRANSATLANTIC = "transatlantic-task-force"


def transatlantic() -> WorkingGroup:
    """The Transatlantic Task Force, as it comes with the release."""
    return WorkingGroup.objects.get(slug=TRANSATLANTIC)


def entered(cast, name="Early Warning Group", *, kind="technical", countries=(), **lists) -> WorkingGroup:
    """A group as it is entered: proposed, without people."""
    return groups.enter(
        name=name,
        kind=GroupKind.objects.get(key=kind),
        purpose="To find out what works.",
        reason="Three members ask for it.",
        countries=Country.objects.filter(code__in=countries),
        by=cast["secretariat-1"],
        **lists,
    )


def active(cast, name="Early Warning Group", *, chair="institution", **facts) -> WorkingGroup:
    """A group that somebody of the cast chairs."""
    group = entered(cast, name, **facts)
    seated(cast, group, chair, SeatKind.CHAIR)
    return groups.step(group=group, state=GroupState.ACTIVE, reason="It has a chair.", by=cast["secretariat-1"])


def seated(cast, group, name, role=SeatKind.MEMBER, **facts):
    """A seat given by the Secretariat."""
    return seats.grant(group=group, person=cast.person(name), role=role, by=cast["secretariat-1"], **facts)
