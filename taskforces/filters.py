"""Filters of the list of working groups."""

import django_filters as filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.kernel.text import fold, words_of
from members.pages.lists import BoxesFilter, ListFilter, continents
from taskforces.choices import SHOWN_OUTSIDE, GroupState
from taskforces.models import WorkingGroup


class GroupFilter(ListFilter):
    """Search by name; filter by kind, region of whom the group is for, and state. `outside` is for visitors."""

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    region = BoxesFilter(label=_("Region"), queryset=continents(), to_field_name="code", method="of_region")

    class Meta:
        model = WorkingGroup
        fields = ["q", "kind", "state", "region"]

    def __init__(self, *args, outside, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["empty_label"] = _("Every kind")
        self.filters["state"].extra["empty_label"] = _("Every state")
        if outside:
            self.filters["state"].extra["choices"] = [(state.value, state.label) for state in SHOWN_OUTSIDE]
            self.filters["kind"].queryset = self.filters["kind"].queryset.filter(has_public_page=True)
        else:
            self.filters["state"].extra["choices"] = GroupState.choices

    def search(self, groups, name, value):
        for word in words_of(value):
            groups = groups.filter(Q(sort_key__contains=fold(word)) | Q(short_name__icontains=word))
        return groups

    def of_region(self, groups, name, value):
        """Groups that ask for countries of a region; those for everybody are of no region."""
        keys = [region.pk for region in value]
        within = Q(country__region__in=keys) | Q(country__region__parent__in=keys)
        within |= Q(country__region__parent__parent__in=keys)
        asked = WorkingGroup.countries.through.objects.filter(within, workinggroup=OuterRef("pk"))
        return groups.filter(Exists(asked)) if keys else groups
