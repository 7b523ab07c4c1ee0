"""Applications and what was sent about them: looked at here, worked on at the desk."""

from django.contrib import admin

from members.admin.base import ForReading
from members.models import Application, ApplicationVersion, Letter
from members.permissions.administration import applications_shown_to


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
        shown = applications_shown_to(request.user, on=request.today)
        return super().get_queryset(request).filter(pk__in=shown.values("pk"))


class OfAnApplication(ForReading):
    """Rows that are shown where their application is."""

    def get_queryset(self, request):
        shown = applications_shown_to(request.user, on=request.today)
        return super().get_queryset(request).filter(application__in=shown.values("pk"))


@admin.register(ApplicationVersion)
class ApplicationVersionAdmin(OfAnApplication):
    list_display = ["application", "number", "submitted_at", "digest"]
    list_select_related = ["application"]
    search_fields = ["application__number"]
    fields = ["application", "number", "digest", "submitted_at"]


@admin.register(Letter)
class LetterAdmin(OfAnApplication):
    list_display = ["application", "template_key", "subject", "sent_at", "sent_by"]
    list_select_related = ["application", "sent_by"]
    search_fields = ["application__number"]
