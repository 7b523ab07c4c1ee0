"""What this app keeps about a user, and of nobody else."""

from django.utils.translation import gettext as _

from members.queries.own_facts import Fact, Section
from taskforces.models import (
    ActionItem,
    Attendance,
    CalendarFeed,
    CharterComment,
    DocumentComment,
    DocumentVersion,
    GroupInvitation,
    GroupSeat,
    JoinRequest,
    MeetingAnswer,
    OutputAuthor,
)


def own_data_of(user) -> list[Section]:
    """Seats in working groups, requests, invitations, comments on charters, meetings, and what was written."""
    own = {"person__user": user}
    seats = [
        [
            Fact("group", _("Group"), row.group.name),
            Fact("role", _("Role"), row.get_role_display()),
            Fact("starts_on", _("From"), row.starts_on),
            Fact("last_day", _("Last day"), row.last_day),
            Fact("end_reason", _("Reason"), row.end_reason),
        ]
        for row in GroupSeat.objects.filter(**own).select_related("group").order_by("pk")
    ]
    requests = [
        [
            Fact("group", _("Group"), row.group.name),
            Fact("message", _("What you would bring"), row.message),
            Fact("state", _("State"), row.get_state_display()),
            Fact("asked_at", _("When"), row.asked_at),
            Fact("reason", _("Reason"), row.reason),
        ]
        for row in JoinRequest.objects.filter(**own).select_related("group")
    ]
    invitations = [
        [
            Fact("group", _("Group"), row.group.name),
            Fact("role", _("Role"), row.get_role_display()),
            Fact("state", _("State"), row.get_state_display()),
            Fact("invited_at", _("When"), row.invited_at),
        ]
        for row in GroupInvitation.objects.filter(**own).select_related("group")
    ]
    comments = [
        [
            Fact("group", _("Group"), row.charter.group.name),
            Fact("text", _("Comment"), row.text),
            Fact("written_at", _("When"), row.written_at),
            Fact("disposition", _("Disposition"), row.get_disposition_display()),
            Fact("answer", _("Answer"), row.answer),
        ]
        for row in CharterComment.objects.filter(**own).select_related("charter__group")
    ]
    return [
        *_written_by(own),
        Section("group_seats", _("Seats in working groups"), seats),
        Section("group_requests", _("Requests to join working groups"), requests),
        Section("group_invitations", _("Invitations into working groups"), invitations),
        Section("charter_comments", _("Comments on charters"), comments),
        *_meetings_of(user),
    ]


def _meetings_of(user) -> list[Section]:
    """Answers to invitations, meetings attended, what one took on, and the calendar address."""
    own = {"person__user": user}
    answers = [
        [
            Fact("group", _("Group"), row.meeting.group.name),
            Fact("starts_at", _("When"), row.meeting.starts_at),
            Fact("reply", _("Answer"), row.get_reply_display()),
        ]
        for row in MeetingAnswer.objects.filter(**own).select_related("meeting__group")
    ]
    attended = [
        [Fact("group", _("Group"), row.meeting.group.name), Fact("starts_at", _("When"), row.meeting.starts_at)]
        for row in Attendance.objects.filter(**own).select_related("meeting__group")
    ]
    actions = [
        [
            Fact("group", _("Group"), row.group.name),
            Fact("text", _("What is to be done"), row.text),
            Fact("due_on", _("By"), row.due_on),
            Fact("done_on", _("Done on"), row.done_on),
            Fact("outcome", _("What came of it"), row.outcome),
        ]
        for row in ActionItem.objects.filter(owner__user=user).select_related("group")
    ]
    feeds = [[Fact("made_at", _("When"), row.made_at)] for row in CalendarFeed.objects.filter(user=user)]
    return [
        Section("meeting_answers", _("Answers to invitations to meetings"), answers),
        Section("meetings_attended", _("Meetings attended"), attended),
        Section("action_items", _("Action items"), actions),
        Section("calendar_feed", _("Calendar address"), feeds),
    ]


def _written_by(own) -> list[Section]:
    """Versions of documents, comments on them, and what was said about one's name on outputs."""
    versions = [
        [
            Fact("group", _("Group"), row.document.group.name),
            Fact("title", _("Title"), row.document.title),
            Fact("version", _("Version"), row.number),
            Fact("written_at", _("When"), row.written_at),
            Fact("note", _("What changed"), row.note),
            Fact("text", _("Text"), row.text or row.name),
        ]
        for row in DocumentVersion.objects.filter(**own).select_related("document__group").order_by("pk")
    ]
    comments = [
        [
            Fact("title", _("Title"), row.version.document.title),
            Fact("written_at", _("When"), row.written_at),
            Fact("text", _("Comment"), row.text),
            Fact("disposition", _("What came of it"), row.get_disposition_display()),
            Fact("answer", _("Answer"), row.answer),
        ]
        for row in DocumentComment.objects.filter(**own).select_related("version__document").order_by("pk")
    ]
    bylines = [
        [
            Fact("title", _("Title"), row.output.title),
            Fact("name", _("Name, as it is printed"), row.name),
            Fact("state", _("State"), row.get_state_display()),
            Fact("answered_at", _("When"), row.answered_at),
        ]
        for row in OutputAuthor.objects.filter(**own).select_related("output").order_by("pk")
    ]
    return [
        Section("group_documents", _("What you wrote for working groups"), versions),
        Section("document_comments", _("Comments on documents of working groups"), comments),
        Section("bylines", _("Your name on published outputs"), bylines),
    ]
