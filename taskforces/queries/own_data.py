"""What this app keeps about a user, and of nobody else."""

from django.utils.translation import gettext as _

from members.queries.own_facts import Fact, Section
from taskforces.models import CharterComment, GroupInvitation, GroupSeat, JoinRequest


def own_data_of(user) -> list[Section]:
    """Seats in working groups, requests to join, invitations, and comments on charters."""
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
        Section("group_seats", _("Seats in working groups"), seats),
        Section("group_requests", _("Requests to join working groups"), requests),
        Section("group_invitations", _("Invitations into working groups"), invitations),
        Section("charter_comments", _("Comments on charters"), comments),
    ]
