"""The directory of people: search and filters over what the viewer may read, and nothing else."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelMultipleChoiceField

from members.filters.lists import ListFilter
from members.kernel.entries import GroupedChoices, SortedChoices
from members.models import Expertise, Language, Organisation, Person, Region, Tier
from members.permissions.fields import shows
from members.permissions.organisations import visible_to as organisations_visible_to
from members.queries import directory


class SortedField(ModelChoiceField):
    iterator = SortedChoices


class GroupedField(ModelChoiceField):
    iterator = GroupedChoices


class SortedBoxes(ModelMultipleChoiceField):
    iterator = SortedChoices
    widget = forms.CheckboxSelectMultiple


class SortedFilter(filters.ModelChoiceFilter):
    """One entry of a list, sorted by its words."""

    field_class = SortedField


class GroupedFilter(filters.ModelChoiceFilter):
    """One entry of a list in two levels."""

    field_class = GroupedField


class BoxesFilter(filters.ModelMultipleChoiceFilter):
    """Some entries of a list, each with a box and, where the page gives it, a count."""

    field_class = SortedBoxes


class TierFilter(filters.ModelMultipleChoiceFilter):
    """Some tiers, the innermost first."""

    def __init__(self, **options):
        super().__init__(
            label=_("Tier"),
            to_field_name="short_name",
            widget=forms.CheckboxSelectMultiple,
            method="of_tier",
            **options,
        )


def continents():
    """The five regions of the first level."""
    return Region.objects.in_use().filter(parent__parent__isnull=True, parent__isnull=False)


LISTED = {"expertise": Expertise, "language": Language, "region": Region}


def as_now(data):
    """The parameters of an address, with the codes of entries that were merged since as the entries they are now."""
    asked = {name: model for name, model in LISTED.items() if data and name in data}
    if not asked:
        return data
    now = data.copy()
    for name, model in asked.items():
        renamed = {entry.code: entry.merged_into.code for entry in model.objects.merged_away()}
        now.setlist(name, list(dict.fromkeys(renamed.get(code, code) for code in data.getlist(name))))
    return now


class PersonFilter(ListFilter):
    """Search by name, line, biography or organisation; filter by tier, region, expertise, language, organisation.

    `on` is the day by which memberships and posts count. Give it only people whom the `viewer` may know of: what
    may be chosen and every count are taken of these.
    """

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    tier = TierFilter(queryset=Tier.objects.all())
    region = BoxesFilter(label=_("Lives in"), queryset=continents(), to_field_name="code", method="of_region")
    expertise = GroupedFilter(
        label=_("Expertise"),
        queryset=Expertise.objects.filter(merged_into__isnull=True).select_related("parent"),
        to_field_name="code",
        method="of_expertise",
        empty_label=_("Every field"),
    )
    language = SortedFilter(
        label=_("Language"),
        queryset=Language.objects.all(),
        to_field_name="code",
        method="of_language",
        empty_label=_("Every language"),
    )
    organisation = filters.ModelChoiceFilter(
        queryset=Organisation.objects.none(), to_field_name="slug", method="of_organisation", widget=forms.HiddenInput
    )

    class Meta:
        model = Person
        fields = ["q", "tier", "region", "expertise", "language", "organisation"]

    def __init__(self, data=None, *args, viewer, on, **kwargs):
        super().__init__(as_now(data), *args, **kwargs)
        self.on = on
        self.viewer = viewer
        self.filters["organisation"].queryset = organisations_visible_to(viewer, on=on)
        speakers = self.queryset.filter(shows("languages", to=viewer))
        spoken = Language.objects.filter(people__in=speakers.order_by().values("pk"))
        self.filters["language"].queryset = Language.objects.filter(pk__in=spoken.values("pk"))

    @property
    def counts(self) -> dict[str, dict]:
        """How many people each box would leave, with all other filters as they are; two statements."""
        return {
            "tier": directory.people_by_tier(self.without("tier"), Tier.objects.all(), on=self.on),
            "region": directory.rows_by_region(self._showing("country", self.without("region")), continents()),
        }

    def _showing(self, field, people):
        """Those who show the viewer a field: nobody is found, nor counted, by what they keep to themselves."""
        return people.filter(shows(field, to=self.viewer))

    def search(self, people, name, value):
        for word in directory.words_of(value):
            people = people.filter(directory.is_found_by(word, viewer=self.viewer, on=self.on))
        return people

    def of_tier(self, people, name, value):
        return people.filter(directory.is_of_tiers([tier.pk for tier in value], on=self.on)) if value else people

    def of_region(self, people, name, value):
        return self._showing("country", people).filter(directory.lives_in(value)) if value else people

    def of_expertise(self, people, name, value):
        entries = Expertise.objects.filter(pk=value.pk) | Expertise.objects.filter(parent=value.pk)
        having = Person.objects.filter(expertise__in=entries).values("pk")
        return self._showing("expertise", people).filter(pk__in=having)

    def of_language(self, people, name, value):
        return self._showing("languages", people).filter(languages=value)

    def of_organisation(self, people, name, value):
        return people.filter(directory.is_in([value.pk], on=self.on, viewer=self.viewer))
