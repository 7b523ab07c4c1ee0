"""What all pages of the administration have in common."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from members.actions import taxonomies
from members.choices.verbs import Verb
from members.forms.administration import Brought, Refusable
from members.kernel.changelists import Offering
from members.kernel.refusals import Refused
from members.pages.gates import kept_input
from members.permissions.protection import OWNERS, unprotected


class Governed(Offering, admin.ModelAdmin):
    """Nothing is deleted, and what is done is in the audit record, so Django's own log of names is not kept.

    What an action refuses is said beside the field, and nothing that was typed is lost, nor by proving a second factor.
    """

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        """Whatever belongs to a protected member is not in the administration."""
        rows = super().get_queryset(request)
        return unprotected(rows) if self.model in OWNERS else rows

    def has_delete_permission(self, request, obj=None):
        return False

    def log_addition(self, request, obj, message):
        """The audit record has it."""

    def log_change(self, request, obj, message):
        """The audit record has it."""

    def changeform_view(self, request, *args, **kwargs):
        """After a refusal, which has undone everything, the form is shown once more with what it says."""
        request.brought = kept_input(request)
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refused:
            request.refused = refused
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002 - Django's signature
        form = super().get_form(request, obj, change=change, **kwargs)
        if refused := getattr(request, "refused", None):
            return type(form.__name__, (Refusable, form), {"refused": refused})
        if brought := getattr(request, "brought", None):
            return type(form.__name__, (Brought, form), {"brought": brought})
        return form

    def history_view(self, request, object_id, extra_context=None):
        """What happened to a row is in the audit record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        about = {"verb__exact": Verb.REFERENCE_CHANGED.value}
        if object_id.isdecimal():  # but for countries, whose key is their code
            kind = ContentType.objects.get_for_model(self.model)
            about = {"target_type__id__exact": kind.pk, "target_id__exact": object_id}
        return redirect(f"{reverse('admin:members_auditevent_changelist')}?{urlencode(about)}")


class ForReading(Governed):
    """Rows behind which a decision stands: looked at here, changed by acts elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class Reference(Governed):
    """Lists that staff edit in place; each save is an act on the record."""

    def save_model(self, request, obj, form, change):
        taxonomies.keep(obj, by=request.user, fields=form.changed_data)


class ByAction(Governed):
    """Saved by an action, so that the record is written and a stale page overwrites nothing.

    `enter` makes a row, `change` changes one and takes it under the name `called`.
    """

    enter = change = None
    called = ""

    def save_model(self, request, obj, form, change):
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if change:
            row = {self.called: obj, "revision": form.cleaned_data["seen"]}
            type(self).change(by=request.user, **row, **values)
        else:
            obj.pk = type(self).enter(by=request.user, **values).pk

    def save_related(self, request, form, formsets, change):
        """The action has written the lists."""


class Versioned(Governed):
    """Rows that are never edited: saving makes the next version, by the action named in `revise`.

    Only the newest version is opened for that; earlier ones are for reading.
    """

    revise = None

    def save_model(self, request, obj, form, change):
        made = type(self).revise(self.model.objects.get(pk=obj.pk), by=request.user, **form.cleaned_data)
        obj.pk, obj.version = made.pk, made.version

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.method == "POST" or self.newest_of(obj) == obj)

    def newest_of(self, obj):
        """The newest version of what a row is a version of."""
        raise NotImplementedError
