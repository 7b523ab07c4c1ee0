"""The audit record, for reading."""

from django.contrib import admin

from members.admin.base import ForReading
from members.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ForReading):
    list_display = ["at", "verb", "target_type", "target_id", "by"]
    list_select_related = ["target_type", "by"]
    list_filter = ["verb", ("target_type", admin.RelatedOnlyFieldListFilter)]
    date_hierarchy = "at"
    fields = ["at", "verb", "target_type", "target_id", "by", "facts"]
