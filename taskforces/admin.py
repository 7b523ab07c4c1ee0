"""Kinds of working groups, edited by the Secretariat in office. Groups and seats have pages of their own."""

from django import forms
from django.contrib import admin

from members.kernel.changelists import Offering
from taskforces.actions import kinds
from taskforces.choices import Feature, SeatKind
from taskforces.models import GroupKind


class GroupKindForm(forms.ModelForm):
    """A kind, its roles as boxes."""

    roles = forms.MultipleChoiceField(
        label=GroupKind._meta.get_field("roles").verbose_name,
        help_text=GroupKind._meta.get_field("roles").help_text,
        choices=SeatKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    features = forms.MultipleChoiceField(
        label=GroupKind._meta.get_field("features").verbose_name,
        help_text=GroupKind._meta.get_field("features").help_text,
        choices=Feature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = GroupKind
        fields = [
            "key",
            "name",
            "description",
            "joined_by",
            "roles",
            "features",
            "report_every",
            "smallest_size",
            "has_public_page",
        ]


@admin.register(GroupKind)
class GroupKindAdmin(Offering, admin.ModelAdmin):
    """Settings of kinds; each save is an act on the record, and nothing is deleted."""

    form = GroupKindForm
    list_display = ["name", "key", "joined_by", "smallest_size", "has_public_page"]
    list_filter = ["joined_by"]
    list_per_page = 50
    show_full_result_count = False
    fields = GroupKindForm.Meta.fields

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

    def save_model(self, request, obj, form, change):
        kinds.keep(obj, by=request.user, fields=form.changed_data)

    def log_addition(self, request, obj, message):
        """The audit record has it."""

    def log_change(self, request, obj, message):
        """The audit record has it."""

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        return False
