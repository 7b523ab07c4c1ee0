"""Notices in the administration: how their mails stand, for reading. Never what they say."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from members.kernel.changelists import Offering
from members.permissions.protection import is_protected
from secretariat.models import Notice
from secretariat.permissions.notices import shown_to_office

FACTS = ["kind", "reader", "state", "attempts", "written_at", "sent_at", "error"]


@admin.register(Notice)
class NoticeAdmin(Offering, admin.ModelAdmin):
    """A list by state, so that staff see what could not be sent, and to whom. The Secretariat in office may open it."""

    list_display = FACTS
    list_filter = ["state", "kind", "written_at"]
    list_select_related = ["user__protection"]
    list_per_page = 50
    show_full_result_count = False
    fields = ["public_id", *FACTS, "in_inbox", "interruptions", "is_repeat", "not_before"]
    readonly_fields = ["public_id", "reader"]

    @admin.display(description=_("reader"))
    def reader(self, notice):
        """A user, as staff may know them; the addresses of others are nobody's business."""
        known = notice.user and not is_protected(notice.user)
        return str(notice.user) if known else _("an address without an account")

    def get_queryset(self, request):
        """Of notices to protected members, only what looks as if it went to nobody, and without its language."""
        return shown_to_office(super().get_queryset(request))

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
