"""The tables of working groups."""

from taskforces.models.charters import Charter, CharterComment, CharterVersion
from taskforces.models.groups import WorkingGroup, WorkingGroupGroupPermission
from taskforces.models.invitations import GroupInvitation
from taskforces.models.kinds import GroupKind
from taskforces.models.requests import JoinRequest
from taskforces.models.seats import GroupSeat
from taskforces.models.steps import GroupStep

__all__ = [
    "Charter",
    "CharterComment",
    "CharterVersion",
    "GroupInvitation",
    "GroupKind",
    "GroupSeat",
    "GroupStep",
    "JoinRequest",
    "WorkingGroup",
    "WorkingGroupGroupPermission",
]
