"""Applications and what was sent about them: looked at here, worked on at the desk."""

from django.contrib import admin

from members.admin.base import ForReading
from members.models import Application, ApplicationVersion, Letter


@admin.register(Application)
class ApplicationAdmin(ForReading):
    list_display = ["number", "tier", "state", "submitted_at", "assigned_to", "ended_at"]
    list_select_related = ["tier", "assigned_to"]
    list_filter = ["state", "tier"]
    search_fields = ["number"]
    fields = [
        "number",
        "tier",
        "terms",
        "holder_kind",
        "state",
        "assigned_to",
        "entered_by",
        "received_on",
        "started_at",
        "submitted_at",
        "ended_at",
        "reapply_on",
    ]

    def get_queryset(self, request):
        """As at the desk: what has not been submitted yet is the applicant's own."""
        return super().get_queryset(request).exclude(state="draft", entered_by=None)


@admin.register(ApplicationVersion)
class ApplicationVersionAdmin(ForReading):
    list_display = ["application", "number", "submitted_at", "digest"]
    list_select_related = ["application"]
    search_fields = ["application__number"]
    fields = ["application", "number", "digest", "submitted_at"]


@admin.register(Letter)
class LetterAdmin(ForReading):
    list_display = ["application", "template_key", "subject", "sent_at", "sent_by"]
    list_select_related = ["application", "sent_by"]
    search_fields = ["application__number"]
