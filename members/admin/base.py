"""What all pages of the administration have in common."""

from django.contrib import admin

from members.audit import record
from members.choices.verbs import Verb


class Governed(admin.ModelAdmin):
    """Nothing is deleted, and what is done is in the audit record, so Django's own log of names is not kept."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        return False

    def log_addition(self, request, obj, message):
        """The audit record has it."""

    def log_change(self, request, obj, message):
        """The audit record has it."""


class ForReading(Governed):
    """Rows behind which a decision stands: looked at here, changed by acts elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class Reference(Governed):
    """Lists that staff edit in place; each save is an act on the record."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record(Verb.REFERENCE_CHANGED, target=obj, by=request.user, fields=sorted(form.changed_data))


class Versioned(Governed):
    """Rows that are never edited: saving makes the next version, by the action named in `revise`."""

    revise = None
    save_on_top = False

    def save_model(self, request, obj, form, change):
        made = type(self).revise(self.model.objects.get(pk=obj.pk), by=request.user, **form.cleaned_data)
        obj.pk = made.pk
        obj.version = made.version

    def has_add_permission(self, request):
        return False
