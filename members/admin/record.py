"""The audit record, for reading."""

from django.contrib import admin

from members.admin.base import ForReading
from members.models import AuditEvent
from members.permissions.administration import record_shown_to


@admin.register(AuditEvent)
class AuditEventAdmin(ForReading):
    list_display = ["at", "verb", "target_type", "target_id", "by"]
    list_select_related = ["target_type", "by"]
    list_filter = ["verb", ("target_type", admin.RelatedOnlyFieldListFilter)]
    date_hierarchy = "at"
    also_asked_by = ("target_id__exact",)  # by the history of a row
    fields = ["at", "verb", "target_type", "target_id", "by", "facts"]

    def get_queryset(self, request):
        shown = record_shown_to(request.user, on=request.today)
        return super().get_queryset(request).filter(pk__in=shown.values("pk"))
