"""Working groups for tests, by the portal's own actions."""

from datetime import date, timedelta

from members.kernel.clock import database_now, today
from members.models import Country
from taskforces.actions import groups, seats
from taskforces.choices import CharterState, GroupState, SeatKind
from taskforces.models import Charter, CharterVersion, GroupKind, WorkingGroup

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
    chartered(group)
    return groups.step(group=group, state=GroupState.ACTIVE, reason="It has a chair.", by=cast["secretariat-1"])


CONTENT = {
    "scope": "Early warning in three regions.",
    "aims": "Advice that a desk officer can use.",
    "powers": "It publishes in its own name.",
    "reserved": "Money, and statements on single states.",
    "membership": "Whoever works in the field.",
    "mandate_ends_on": None,
    "review_on": date(2099, 1, 31),
}
"""What a charter says in tests."""


def chartered(group, *, on=None, **content) -> Charter:
    """A charter in force, as rows alone: for tests about something else than how it came about."""
    number = CharterVersion.objects.filter(group=group).count() + 1
    said = CONTENT | content
    Charter.objects.filter(group=group, state=CharterState.ADOPTED).update(state=CharterState.SUPERSEDED)
    charter = Charter.objects.create(group=group, number=f"CH-2000-{Charter.objects.count() + 1:03d}", **said)
    version = CharterVersion.objects.create(charter=charter, group=group, number=number, digest="0" * 64, **said)
    charter.state, charter.adopted_version, charter.adopted_on = CharterState.ADOPTED, version, on or today()
    charter.save()
    return charter


def open_for_comment(group, **content) -> Charter:
    """A charter that members comment on, as rows alone."""
    said, now = CONTENT | content, database_now()
    charter = Charter.objects.create(group=group, number=f"CH-2000-{Charter.objects.count() + 1:03d}", **said)
    number = CharterVersion.objects.filter(group=group).count() + 1
    charter.released_version = CharterVersion.objects.create(
        charter=charter, group=group, number=number, digest="1" * 64, **said
    )
    charter.state, charter.released_at = CharterState.COMMENT, now
    charter.comment_ends_at = now + timedelta(days=14)
    charter.save()
    return charter


def seated(cast, group, name, role=SeatKind.MEMBER, **facts):
    """A seat given by the Secretariat."""
    return seats.grant(group=group, person=cast.person(name), role=role, by=cast["secretariat-1"], **facts)
