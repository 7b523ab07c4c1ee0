"""What this app brings to the rights of the ground floor."""

from django.db.models import Q

from members.choices.bodies import BodyKind
from members.permissions.grants import single
from members.permissions.parts import Following, Part
from taskforces.choices import CHAIRING, SeatKind
from taskforces.models import GroupInvitation, GroupSeat, JoinRequest, WorkingGroup
from taskforces.permissions.table import GRANTS, ROLES, GroupRight

OF_THE_OFFICE = (GroupRight.SEE_ROSTER, GroupRight.MANAGE_PEOPLE, GroupRight.MANAGE_GROUP)


def due_on_group(group: WorkingGroup) -> set[tuple[int, str]]:
    """Pairs of group and codename that a working group must carry."""
    office, people, chairs = single(BodyKind.SECRETARIAT).group_id, group.body.group_id, group.chairs.group_id
    due = {(office, right.value) for right in OF_THE_OFFICE}
    due |= {(people, GroupRight.SEE_ROSTER.value), (people, GroupRight.MEET_GROUP.value)}
    return due | {(chairs, GroupRight.MANAGE_PEOPLE.value)}


PART = Part(
    roles=ROLES,
    grants=GRANTS,
    due={WorkingGroup: due_on_group},
    following=(
        Following(GroupSeat, "group__body__group", ~Q(role=SeatKind.OBSERVER)),
        Following(GroupSeat, "group__chairs__group", Q(role__in=CHAIRING)),
    ),
    owners=dict.fromkeys((GroupSeat, JoinRequest, GroupInvitation), "person__protection"),
)
