"""What this app brings to the rights of the ground floor."""

from django.db.models import Q

from members.choices.bodies import BodyKind, Role
from members.permissions.grants import single
from members.permissions.parts import Following, Part
from taskforces.choices import CHAIRING, SeatKind
from taskforces.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    CalendarFeed,
    CharterComment,
    DocumentComment,
    DocumentVersion,
    GroupDocument,
    GroupInvitation,
    GroupSeat,
    JoinRequest,
    MeetingAnswer,
    OutputAuthor,
    WorkingGroup,
)
from taskforces.permissions.table import GRANTS, ROLES


def due_on_group(group: WorkingGroup) -> set[tuple[int, str]]:
    """Pairs of group and codename that a working group must carry."""
    holders = {
        Role.GROUP_MEMBER: group.body.group_id,
        Role.GROUP_OBSERVER: group.observers.group_id,
        Role.GROUP_CHAIR: group.chairs.group_id,
        Role.SECRETARIAT: single(BodyKind.SECRETARIAT).group_id,
    }
    lines = GRANTS["taskforces.workinggroup"]
    return {(holders[line.role], right.value) for line in lines for right in line.rights}


PART = Part(
    roles=ROLES,
    grants=GRANTS,
    due={WorkingGroup: due_on_group},
    following=(
        Following(GroupSeat, "group__body__group", ~Q(role=SeatKind.OBSERVER)),
        Following(GroupSeat, "group__chairs__group", Q(role__in=CHAIRING)),
        Following(GroupSeat, "group__observers__group", Q(role=SeatKind.OBSERVER)),
    ),
    owners=dict.fromkeys((GroupSeat, JoinRequest, GroupInvitation, MeetingAnswer, Attendance), "person__protection")
    | dict.fromkeys((AgendaItem, ActionItem), "owner__protection")
    | {CalendarFeed: "user__protection"}
    | dict.fromkeys((GroupDocument, DocumentVersion, DocumentComment, OutputAuthor), "person__protection")
    | {CharterComment: "person__protection"},
)
