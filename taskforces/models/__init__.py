"""The tables of working groups."""

from taskforces.models.charters import Charter, CharterComment, CharterVersion
from taskforces.models.documents import DocumentComment, DocumentVersion, GroupDocument
from taskforces.models.feeds import CalendarFeed
from taskforces.models.groups import WorkingGroup, WorkingGroupGroupPermission
from taskforces.models.invitations import GroupInvitation
from taskforces.models.kinds import GroupKind
from taskforces.models.meetings import Meeting, MeetingAnswer
from taskforces.models.milestones import Milestone
from taskforces.models.minutes import ActionItem, AgendaItem, Attendance, Minutes, MinutesNote
from taskforces.models.outputs import Output, OutputAuthor
from taskforces.models.reports import GroupReport
from taskforces.models.requests import JoinRequest
from taskforces.models.seats import GroupSeat
from taskforces.models.steps import GroupStep

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "Charter",
    "CharterComment",
    "CharterVersion",
    "DocumentComment",
    "DocumentVersion",
    "GroupDocument",
    "GroupInvitation",
    "GroupKind",
    "GroupReport",
    "GroupSeat",
    "GroupStep",
    "JoinRequest",
    "Meeting",
    "MeetingAnswer",
    "Milestone",
    "Minutes",
    "MinutesNote",
    "Output",
    "OutputAuthor",
    "WorkingGroup",
    "WorkingGroupGroupPermission",
]
