"""Governed lists and the lists of screening."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.admin.base import Reference
from members.forms.administration import LetterTemplateForm
from members.models import CheckItem, Country, Expertise, Language, LetterTemplate, Region


class EntryAdmin(Reference):
    """An entry is retired by giving it a day, so that what links to it stays."""

    search_fields = ["code", "label"]
    list_filter = [("retired_on", admin.EmptyFieldListFilter)]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(Expertise)
class ExpertiseAdmin(EntryAdmin):
    list_display = ["label", "code", "parent", "retired_on"]
    list_select_related = ["parent"]
    fields = ["code", "label", "parent", "retired_on"]


@admin.register(Region)
class RegionAdmin(EntryAdmin):
    list_display = ["label", "code", "parent", "retired_on"]
    list_select_related = ["parent"]
    fields = ["code", "label", "parent", "retired_on"]


@admin.register(Language)
class LanguageAdmin(EntryAdmin):
    list_display = ["label", "endonym", "code", "retired_on"]
    fields = ["code", "label", "endonym", "retired_on"]


@admin.register(Country)
class CountryAdmin(Reference):
    list_display = ["code", "__str__", "region"]
    list_select_related = ["region"]
    search_fields = ["code"]
    fields = ["code", "region"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


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
