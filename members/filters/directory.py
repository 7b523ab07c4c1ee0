"""The filters of the directory: what the address asks for, understood, and the choices beside the list with counts."""

import base64
import binascii
import json
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import django_filters as filters
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.choices.directory import Order
from members.choices.profiles import Availability
from members.filters.lists import ListFilter
from members.kernel.text import beginnings_of, fold, words_of
from members.models import Expertise, Language, Person, Region
from members.permissions.organisations import visible_to
from members.queries.directory import Counts, Cursor, Found, Question
from members.queries.directory_letters import (
    AVAILABILITIES,
    Listed,
    Lists,
    country_name,
    country_of_letter,
    letter,
    letter_of_country,
    number_of,
)

FEW, SOME, MANY = 8, 25, 300
"""Countries and organisations offered at first, and when more are asked for."""
LONGEST_CURSOR = 1000


class CodesField(forms.MultipleChoiceField):
    """Some codes of those offered, in the order in which they are."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        chosen = super().clean(value)
        return [code for code, _label in self.choices if code in chosen]


class CodesFilter(filters.MultipleChoiceFilter):
    """Some values by their codes. The rows are found by `members.queries.directory`, not here."""

    field_class = CodesField

    def filter(self, rows, value):
        return rows


class CodeFilter(filters.ChoiceFilter):
    """One value by its code."""

    def filter(self, rows, value):
        return rows


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


class DirectoryFilter(ListFilter):
    """What may be asked of the directory. The query string is the whole state of a list."""

    unmarked = ("order", "more")

    q = filters.CharFilter(label=_("Search"), max_length=200)
    tier = CodesFilter(label=_("Tier"))
    region = CodesFilter(label=_("Lives in"))
    country = CodesFilter(label=_("Country"))
    availability = CodesFilter(label=_("Availability"), choices=Availability.choices)
    expertise = CodeFilter(label=_("Expertise"), empty_label=_("Every field"))
    language = CodeFilter(label=_("Language"), empty_label=_("Every language"))
    organisation = CodeFilter(label=_("Organisation"), empty_label=_("Every organisation"))
    order = CodeFilter(label=_("Order"), choices=Order.choices)
    more = CodeFilter(choices=[("country", ""), ("organisation", "")])

    class Meta:
        model = Person
        fields = []

    def __init__(self, data, *, lists: Lists, viewer, on: date):
        data = as_now(data)
        super().__init__(data, queryset=Person.objects.none())
        self.lists, self.known = lists, visible_to(viewer, on=on)
        slugs = data.getlist("organisation")
        rows = self.known.filter(slug__in=slugs) if any(slugs) else []
        self.organisations = {row.slug: row for row in rows}
        # Only what is asked for need be understood: the choices offered beside the list are made of the counts.
        choices = {
            "tier": [(row.code, row) for row in lists.tier.values()],
            "region": [(row.code, row) for row in lists.places],
            "country": [(code, country_name(code)) for code in data.getlist("country") if code in countries.countries],
            "expertise": [(code, row) for code in data.getlist("expertise") if (row := lists.expertise.get(code))],
            "language": [(code, row) for code in data.getlist("language") if (row := lists.language.get(code))],
            "organisation": [(row.slug, row.name) for row in rows],
        }
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = offered

    @cached_property
    def chosen(self) -> dict:
        """The values in use, understood once."""
        return super().chosen

    @cached_property
    def question(self) -> Question:
        """What is asked, in the letters of the narrow table."""
        chosen = dict(self.chosen)
        words = chosen.pop("q", "")
        order = self.form.cleaned_data.get("order") or (Order.BEST if words_of(words) else Order.NAME)
        if order == Order.BEST and not words_of(words):
            order = Order.NAME
        return Question(
            words=words,
            meant=fields_meant(words, self.lists) if words else {},
            chosen={name: self._letters(name, value) for name, value in chosen.items()},
            order=Order(order),
            cursor=cursor_from(self.data),
        )

    def question_by(self, order: Order) -> Question:
        """The whole question in another order, from its beginning."""
        return replace(self.question, order=order, cursor=None)

    @property
    def permalink(self) -> str:
        """The query string with what was understood of it, and nothing else."""
        self.form.is_valid()
        left = QueryDict(mutable=True)
        for name, value in self.form.cleaned_data.items():
            if value and name != "more":
                left.setlist(name, value if isinstance(value, list) else [value])
        return f"?{left.urlencode()}"

    def _letters(self, name: str, value) -> str:
        codes = value if isinstance(value, list) else [value]
        if name == "country":
            return "".join(map(letter_of_country, codes))
        if name == "availability":
            return "".join(AVAILABILITIES[code] for code in codes)
        if name == "organisation":
            return "".join(letter(self.organisations[code].pk) for code in codes)
        return "".join(getattr(self.lists, name)[code].letter for code in codes)

    def address(self, **changed) -> str:
        """The query string with some parameters replaced, from the first page on; None takes one away."""
        left = self.data.copy()
        for name in ("after", "before", "page", *changed):
            left.pop(name, None)
        for name, value in changed.items():
            if value is not None:
                left.setlist(name, value if isinstance(value, list) else [value])
        return f"?{left.urlencode()}"


# --- Words that name a field of expertise ---------------------------------------------------------------------------


def fields_meant(text: str, lists: Lists) -> dict[str, str]:
    """By word, the letters of the fields of expertise whose name in the reader's language, or in English, begins so."""
    named = [(row.letter, {*beginnings_of(str(row)), *beginnings_of(row.label)}) for row in lists.expertise.values()]
    return {
        word: "".join(sign for sign, words in named if any(each.startswith(word) for each in words))
        for word in words_of(text)
        if len(word) > 1
    }


# --- Where a page begins --------------------------------------------------------------------------------------------


def cursor_from(data) -> Cursor | None:
    """The cursor of an address; None where there is none or it makes no sense, and the list begins at its beginning."""
    for name in ("after", "before"):
        if written := data.get(name, "")[:LONGEST_CURSOR]:
            try:
                rank, day, key, public_id = json.loads(base64.urlsafe_b64decode(written.encode("ascii")))
                if "\0" in key or type(rank) is not int:
                    return None
                return Cursor(rank, date.fromisoformat(day), key, UUID(public_id), backwards=name == "before")
            except (ValueError, TypeError, AttributeError, binascii.Error):
                return None
    return None


def cursor_of(found: Found) -> str:
    """The place of a line, for an address. It holds nothing that the line does not show."""
    place = [found.rank, found.since.isoformat(), found.sort_key, str(found.public_id)]
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode("ascii")


# --- Choices beside the list ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """A value of a filter: how many people it would leave, and whether it is in use."""

    value: str
    label: str
    count: int
    is_chosen: bool
    heading: str = ""


@dataclass(frozen=True)
class Facet:
    """A filter with its choices; `more_url` shows those that are not offered at first."""

    name: str
    label: str
    choices: list[Choice]
    is_select: bool
    empty_label: str = ""
    more_url: str = ""


def facets_of(found: DirectoryFilter, counts: Counts) -> list[Facet]:
    """The filters in the order of the page, each with the choices that leave somebody, and those in use."""
    lists, more = found.lists, found.form.cleaned_data.get("more")
    tiers = [(row.letter, row.code, str(row), "") for row in lists.tier.values()]
    regions = [(row.letter, row.code, str(row), "") for row in regions_offered(found)]
    states = [(AVAILABILITIES[state.value], state.value, str(state.label), "") for state in Availability]
    most_countries = MANY if more == "country" else FEW
    chosen = found.question.chosen.get("country", "")
    signs = {*chosen, *(sign for sign, _count in counts.by["country"].most_common(most_countries))}
    places = [(sign, code, country_name(code), "") for sign in signs for code in [country_of_letter(sign)]]
    areas = lists.areas
    there, spoken = counts.by["expertise"], counts.by["language"]
    fields = [
        (row.letter, row.code, str(row), str(areas[row.parent] if row.parent else row))
        for row in lists.expertise.values()
        if there[row.letter]
    ]
    languages = [(row.letter, row.code, str(row), "") for row in lists.language.values() if spoken[row.letter]]
    offered = MANY if more == "organisation" else SOME
    country = _facet(found, counts, "country", places, most=most_countries)
    return [
        _facet(found, counts, "tier", tiers, is_sorted=False, is_whole=True),
        _facet(found, counts, "region", regions, is_whole=True),
        country,
        _facet(found, counts, "expertise", fields),
        _facet(found, counts, "language", languages),
        _facet(found, counts, "organisation", _organisations(found, counts, offered), most=offered),
        _facet(found, counts, "availability", states, is_sorted=False),
    ]


def regions_offered(found: DirectoryFilter) -> list[Listed]:
    """The regions with a box beside the list: those of the first level, and parts of them that are in use."""
    chosen, continents = found.chosen.get("region") or [], found.lists.continents
    return [row for row in found.lists.places if row in continents or row.code in chosen]


def _organisations(found: DirectoryFilter, counts: Counts, most: int) -> list[tuple[str, str, str, str]]:
    """The commonest organisations, of those the reader may know of."""
    common = [number_of(sign) for sign, _count in counts.by["organisation"].most_common(2 * most)]
    known = found.known.filter(pk__in=common).values_list("pk", "slug", "name")
    rows = {key: (letter(key), slug, name, "") for key, slug, name in known}
    return [rows[key] for key in common if key in rows]


def _facet(found: DirectoryFilter, counts: Counts, name: str, entries, *, most=None, is_sorted=True, is_whole=False):
    """A filter with its choices, those in use in any case. `entries` are letter, code, words and heading."""
    in_use = found.chosen.get(name) or []
    in_use = set(in_use if isinstance(in_use, list) else [in_use])
    number = counts.by[name]
    offered = [
        Choice(code, label, number[sign], code in in_use, heading)
        for sign, code, label, heading in entries
        if number[sign] or code in in_use or is_whole
    ]
    known = {choice.value for choice in offered}
    labels = dict(found.filters[name].extra["choices"])
    offered += [Choice(code, str(labels[code]), 0, is_chosen=True) for code in sorted(in_use - known)]
    cut = offered
    if most:
        cut = sorted(offered, key=lambda choice: (not choice.is_chosen, -choice.count))[:most]
    if is_sorted:
        cut.sort(key=lambda choice: (fold(choice.heading), fold(choice.label)))
    more_url = found.address(more=name) if most and len(number) > len(cut) and most < MANY else ""
    is_select = isinstance(found.filters[name], CodeFilter)
    empty = str(found.filters[name].extra.get("empty_label") or "")
    return Facet(name, found.filters[name].label, cut, is_select, empty, more_url)
