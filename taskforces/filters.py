"""Filters of the list of working groups."""

import django_filters as filters
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from members.kernel.text import fold, words_of
from members.models import Expertise, Language
from members.pages.lists import BoxesFilter, ListFilter, continents
from taskforces.choices import SHOWN_OUTSIDE, GroupState
from taskforces.models import Output, WorkingGroup
from taskforces.queries.words import asked_by


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


class OutputFilter(ListFilter):
    """Search in titles, abstracts and texts of outputs; filter by kind, group, region, topic, language and year.

    Groups, topics and languages are offered that some published output has, and no other.
    """

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    group = filters.ModelChoiceFilter(
        label=_("Group"), queryset=WorkingGroup.objects.none(), to_field_name="slug", empty_label=_("Every group")
    )
    language = filters.ModelChoiceFilter(
        label=_("Language"), queryset=Language.objects.none(), to_field_name="code", empty_label=_("Every language")
    )
    year = filters.ChoiceFilter(label=_("Year"), method="of_year", empty_label=_("Every year"))
    topics = BoxesFilter(label=_("Topic"), queryset=Expertise.objects.none(), to_field_name="code")
    region = BoxesFilter(label=_("Region"), queryset=continents(), to_field_name="code", method="of_region")

    class Meta:
        model = Output
        fields = ["q", "kind", "group", "language", "year", "topics", "region"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["kind"].extra["empty_label"] = _("Every kind")
        self.filters["group"].queryset = WorkingGroup.objects.filter(pk__in=rows.values("group"))
        self.filters["language"].queryset = Language.objects.filter(pk__in=rows.values("language"))
        self.filters["topics"].queryset = Expertise.objects.filter(pk__in=rows.values("topics"))
        years = rows.annotate(year=ExtractYear("published_at")).values_list("year", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def search(self, outputs, name, value):
        query = asked_by(value)
        return outputs if query is None else outputs.filter(vector=query)

    def of_year(self, outputs, name, value):
        return outputs.filter(published_at__year=value)

    def of_region(self, outputs, name, value):
        """Outputs of groups that ask for countries of a region."""
        keys = [region.pk for region in value]
        within = Q(country__region__in=keys) | Q(country__region__parent__in=keys)
        within |= Q(country__region__parent__parent__in=keys)
        asked = WorkingGroup.countries.through.objects.filter(within, workinggroup=OuterRef("group"))
        return outputs.filter(Exists(asked)) if keys else outputs
