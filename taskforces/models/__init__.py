"""The tables of working groups."""

from taskforces.models.documents import DocumentComment, DocumentVersion, GroupDocument
from taskforces.models.groups import WorkingGroup, WorkingGroupGroupPermission
from taskforces.models.invitations import GroupInvitation
from taskforces.models.kinds import GroupKind
from taskforces.models.outputs import Output, OutputAuthor
from taskforces.models.requests import JoinRequest
from taskforces.models.seats import GroupSeat
from taskforces.models.steps import GroupStep

__all__ = [
    "DocumentComment",
    "DocumentVersion",
    "GroupDocument",
    "GroupInvitation",
    "GroupKind",
    "GroupSeat",
    "GroupStep",
    "JoinRequest",
    "Output",
    "OutputAuthor",
    "WorkingGroup",
    "WorkingGroupGroupPermission",
]
