"""Governed lists and the lists of screening."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from members.actions import taxonomies
from members.admin.base import Reference
from members.choices.verbs import Verb
from members.forms.administration import LetterTemplateForm, MergeForm
from members.models import CheckItem, Country, Expertise, Language, LetterTemplate, Region
from members.pages.acting import done
from members.queries import taxonomies as reads
from members.queries import taxonomy_history as reads_history

STEPS = 50
"""What happened, on one page."""


class GovernedAdmin(Reference):
    """An entry is retired by giving it a day, so that what links to it stays; or merged into another of its list."""

    change_form_template = "admin/members/entry.html"
    change_list_template = "admin/members/entries.html"
    list_filter = [("retired_on", admin.EmptyFieldListFilter)]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "merged_into"] if obj else ["merged_into"]

    def get_urls(self):
        name = f"members_{self.model._meta.model_name}"
        merging = path("<path:object_id>/merge/", self.admin_site.admin_view(self.merge), name=f"{name}_merge")
        telling = path("history/", self.admin_site.admin_view(self.list_history), name=f"{name}_list_history")
        return [merging, telling, *super().get_urls()]

    def list_history(self, request):
        """Who added, renamed, moved, retired or merged what in the list, and when."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = _("History of {name}").format(name=self.opts.verbose_name_plural)
        return self.told(request, title, reads_history.steps_of(self.model, viewer=request.user, on=request.today))

    def history_view(self, request, object_id, extra_context=None):
        """The same of one entry."""
        entry = self.get_object(request, object_id)
        if entry is None or not self.has_view_permission(request, entry):
            raise PermissionDenied
        steps = reads_history.steps_of(self.model, viewer=request.user, on=request.today, entry=entry)
        return self.told(request, _("History of {name}").format(name=entry), steps, entry=entry)

    def told(self, request, title, steps, *, entry=None):
        page = Paginator(steps, STEPS).get_page(request.GET.get("page"))
        context = {"opts": self.opts, "title": title, "entry": entry, "page": page}
        record = reverse("admin:members_auditevent_changelist") + f"?verb__exact={Verb.REFERENCE_CHANGED.value}"
        context |= self.admin_site.each_context(request) | {"record_url": record}
        return render(request, "admin/members/entry_history.html", context)

    def merge(self, request, object_id):
        """What would move, and into what: looked at first, then done in one."""
        entry = self.get_object(request, object_id)
        if entry is None:
            raise Http404
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        form = MergeForm(request.POST or request.GET or None, entry=entry)
        if done(request, form, lambda into: taxonomies.merge(entry, into=into, by=request.user)):
            self.message_user(request, _("Everything that pointed at this entry points at the other one now."))
            return redirect(f"admin:members_{self.model._meta.model_name}_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Merge an entry"),
            "opts": self.model._meta,
            "entry": entry,
            "form": form,
            "counts": reads.counts(entry),
            "into": form.chosen,
        }
        return render(request, "admin/members/merge.html", context)


class EntryAdmin(GovernedAdmin):
    search_fields = ["code", "label"]


@admin.register(Expertise)
class ExpertiseAdmin(EntryAdmin):
    list_display = ["label", "code", "parent", "retired_on"]
    list_select_related = ["parent"]
    fields = ["code", "label", "parent", "retired_on", "merged_into"]


@admin.register(Region)
class RegionAdmin(EntryAdmin):
    list_display = ["label", "code", "parent", "retired_on"]
    list_select_related = ["parent"]
    fields = ["code", "label", "parent", "retired_on", "merged_into"]


@admin.register(Language)
class LanguageAdmin(EntryAdmin):
    list_display = ["label", "endonym", "code", "retired_on"]
    fields = ["code", "label", "endonym", "retired_on", "merged_into"]


@admin.register(Country)
class CountryAdmin(GovernedAdmin):
    list_display = ["code", "__str__", "region", "retired_on"]
    list_select_related = ["region"]
    search_fields = ["code"]
    fields = ["code", "region", "retired_on", "merged_into"]


@admin.register(CheckItem)
class CheckItemAdmin(Reference):
    list_display = ["label", "kind", "position", "retired_on"]
    list_filter = ["kind", ("retired_on", admin.EmptyFieldListFilter)]
    search_fields = ["key", "label"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    prepopulated_fields = {"key": ["label"]}
    fields = ["kind", "label", "key", "help", "tiers", "position", "retired_on"]


@admin.register(LetterTemplate)
class LetterTemplateAdmin(Reference):
    list_display = ["title", "key", "language"]
    list_filter = ["language", "key"]
    form = LetterTemplateForm
    fields = LetterTemplateForm.Meta.fields
    help_texts = {"body": _("Places in braces, such as {name}, are filled for each letter.")}

    def get_readonly_fields(self, request, obj=None):
        return ["key", "language"] if obj else []

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **kwargs, help_texts=self.help_texts)
