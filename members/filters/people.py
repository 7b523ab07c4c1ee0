"""The directory of people: search and filters over what the viewer may read, and nothing else."""

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.text import fold
from members.models import Expertise, Language, Organisation, Person, Region, Tier
from members.queries import directory


class PersonFilter(filters.FilterSet):
    """Search by name, line, biography or organisation; filter by tier, region, expertise, language, organisation.

    `on` is the day by which memberships and posts count. Give it only people whom the viewer may know of.
    """

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    tier = filters.ModelMultipleChoiceFilter(
        label=_("Tier"),
        queryset=Tier.objects.all(),
        to_field_name="short_name",
        method="of_tier",
        widget=forms.CheckboxSelectMultiple,
    )
    region = filters.ModelChoiceFilter(
        label=_("Lives in"),
        queryset=Region.objects.in_use().filter(parent__parent__isnull=True, parent__isnull=False),
        to_field_name="code",
        method="of_region",
        empty_label=_("Every region"),
    )
    expertise = filters.ModelChoiceFilter(
        label=_("Expertise"),
        queryset=Expertise.objects.in_use(),
        to_field_name="code",
        method="of_expertise",
        empty_label=_("Every field"),
    )
    language = filters.ModelChoiceFilter(
        label=_("Language"),
        queryset=Language.objects.in_use(),
        to_field_name="code",
        field_name="languages",
        empty_label=_("Every language"),
    )

    class Meta:
        model = Person
        fields = ["q", "tier", "region", "expertise", "language"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def used(self) -> int:
        """How many filters are in use."""
        return sum(bool(value) for value in self.form.cleaned_data.values()) if self.form.is_valid() else 0

    def search(self, people, name, value):
        folded = fold(value)
        posts = directory.posts_matching(folded, on=self.on)
        return people.filter(
            Q(sort_key__contains=folded)
            | Q(name__icontains=value)
            | Q(headline__icontains=value)
            | Q(biography__icontains=value)
            | Q(pk__in=posts)
        )

    def of_tier(self, people, name, value):
        return people.filter(pk__in=directory.people_of_tiers(value, on=self.on)) if value else people

    def of_region(self, people, name, value):
        return people.filter(country__region__in=directory.regions_within(value))

    def of_expertise(self, people, name, value):
        return people.filter(pk__in=Person.objects.filter(Q(expertise=value) | Q(expertise__parent=value)).values("pk"))


class OrganisationFilter(filters.FilterSet):
    """Search by name or acronym; filter by tier, region and kind."""

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    tier = filters.ModelMultipleChoiceFilter(
        label=_("Tier"),
        queryset=Tier.objects.filter(short_name__in=["steering", "institutional"]),
        to_field_name="short_name",
        method="of_tier",
        widget=forms.CheckboxSelectMultiple,
    )
    region = filters.ModelChoiceFilter(
        label=_("Region of its seat"),
        queryset=Region.objects.in_use().filter(parent__parent__isnull=True, parent__isnull=False),
        to_field_name="code",
        method="of_region",
        empty_label=_("Every region"),
    )

    class Meta:
        model = Organisation
        fields = ["q", "tier", "region", "kind"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def used(self) -> int:
        """How many filters are in use."""
        return sum(bool(value) for value in self.form.cleaned_data.values()) if self.form.is_valid() else 0

    def search(self, organisations, name, value):
        return organisations.filter(Q(sort_key__contains=fold(value)) | Q(acronym__icontains=value))

    def of_tier(self, organisations, name, value):
        return (
            organisations.filter(pk__in=directory.organisations_of_tiers(value, on=self.on)) if value else organisations
        )

    def of_region(self, organisations, name, value):
        return organisations.filter(country__region__in=directory.regions_within(value))
