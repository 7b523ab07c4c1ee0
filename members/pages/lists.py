"""What the filters of all lists have in common: which are in use, and how each is taken away again."""

from dataclasses import dataclass

import django_filters as filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.fields import ModelMultipleChoiceField

from members.kernel.entries import SortedChoices
from members.models import Region


@dataclass(frozen=True)
class Chip:
    """One value of a filter in use: what it says, and the address of the list without it."""

    label: str
    url: str


class InUse:
    """Which values of a list's filters are in use, and how each is taken away again.

    Whoever has `data`, the parameters of the address, says which of them are `chosen` and how each reads. Names in
    `unmarked` go along with the others and count for none.
    """

    unmarked: tuple[str, ...] = ()
    data: QueryDict

    @property
    def chosen(self) -> dict:
        """The values that were chosen and understood, by the name of the filter."""
        raise NotImplementedError

    def words_for(self, name, value) -> str:
        """What a value of a filter is called."""
        raise NotImplementedError

    @property
    def used(self) -> int:
        """How many values are in use."""
        return len(self.chips)

    @property
    def clear_url(self) -> str:
        """The address of the list without any filter."""
        kept = self.data.copy()
        for name in set(kept) - set(self.unmarked):
            del kept[name]
        return f"?{kept.urlencode()}"

    @cached_property
    def chips(self) -> list[Chip]:
        """Each value in use, in the order of the filters."""
        found = []
        for name, value in self.chosen.items():
            several = isinstance(value, list | tuple | QuerySet)
            for one in value if several else [value]:
                url = self._without(name, self._code(name, one) if several else None)
                found.append(Chip(self.words_for(name, one), url))
        return found

    def _code(self, name, value) -> str:
        return str(value)

    def _without(self, name, code) -> str:
        left = self.data.copy()
        for place in ("page", "after", "before"):
            left.pop(place, None)
        left.setlist(name, [each for each in left.getlist(name) if code is not None and each != code])
        return f"?{left.urlencode()}"


class ListFilter(InUse, filters.FilterSet):
    """Filters of a list, as a form that finds rows."""

    @property
    def chosen(self) -> dict:
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value and name not in self.unmarked}

    def without(self, name: str) -> QuerySet:
        """The rows that all other filters let through: what a count beside the values of this one is taken of."""
        rows = self.queryset.all()
        for other, value in self.chosen.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows

    def words_for(self, name, value) -> str:
        if isinstance(value, Model):
            return str(value)
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return str(choices[value]) if value in choices else in_quotes(value)

    def _code(self, name, value) -> str:
        key = getattr(self.form.fields[name], "to_field_name", None)
        return str(getattr(value, key or "pk")) if isinstance(value, Model) else str(value)


def in_quotes(words) -> str:
    """Words that were searched for, as the page says them."""
    return _("“{words}”").format(words=words)


# --- Filters with boxes ------------------------------------------------------------------------------------------


class SortedBoxes(ModelMultipleChoiceField):
    iterator = SortedChoices
    widget = forms.CheckboxSelectMultiple


class BoxesFilter(filters.ModelMultipleChoiceFilter):
    """Some entries of a list, each with a box and, where the page gives it, a count."""

    field_class = SortedBoxes


class TierFilter(filters.ModelMultipleChoiceFilter):
    """Some tiers, the innermost first."""

    def __init__(self, **options):
        super().__init__(
            label=gettext_lazy("Tier"),
            to_field_name="short_name",
            widget=forms.CheckboxSelectMultiple,
            method="of_tier",
            **options,
        )


def continents():
    """The five regions of the first level."""
    return Region.objects.in_use().filter(parent__parent__isnull=True, parent__isnull=False)
