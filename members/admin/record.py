"""The audit record, for reading; and how long things are kept."""

from django.contrib import admin

from members.actions import retention
from members.admin.base import ForReading, Versioned
from members.models import AuditEvent, RetentionPeriod
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


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(Versioned):
    revise = staticmethod(retention.revise)
    list_display = ["kind", "version", "days", "created_at"]
    readonly_fields = ["kind", "version", "created_at", "created_by"]
    fields = ["kind", "version", "days", "basis", "reason", "created_at", "created_by"]

    def newest_of(self, obj):
        return RetentionPeriod.current(obj.kind)
