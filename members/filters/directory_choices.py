"""The choices beside the list of the directory, each with how many people it would leave."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.choices.profiles import Availability
from members.filters.directory import LABELS, ONE, DirectoryFilter
from members.kernel.text import fold
from members.permissions.organisations import known_of
from members.queries.directory import Counts
from members.queries.directory_letters import AVAILABILITIES, Lists, country_name, country_of_letter, letter, number_of

FEW, SOME, MANY = 8, 25, 300
"""Countries and organisations offered at first, and when more are asked for."""
EMPTY = {
    "expertise": _("Every field"),
    "language": _("Every language"),
    "organisation": _("Every organisation"),
}


class Value(NamedTuple):
    """A value that might be offered: the letter it is counted by, and how it stands on the page."""

    letter: str
    code: str
    label: str
    heading: str = ""


class Choice(NamedTuple):
    """A value of a filter: how many people it would leave, and whether it is in use."""

    value: str
    label: str
    count: int
    is_chosen: bool
    heading: str = ""


class Facet(NamedTuple):
    """A filter with its choices; `more_url` shows those that are not offered at first."""

    name: str
    label: str
    choices: list[Choice]
    is_select: bool
    empty_label: str = ""
    more_url: str = ""


@lru_cache(maxsize=32)
def _listed(lists: Lists, language: str) -> dict[str, list[Value]]:
    """The values of the governed lists in a language, in the order of the page: worked out once for all readers."""
    said = lists.said_in(language)

    def values(name, entries, heading=lambda _row: ""):
        return [Value(row.letter, row.code, said[name][row.code], heading(row)) for row in entries]

    def area(row):
        return said["expertise"][lists.areas[row.parent].code if row.parent else row.code]

    return {
        "tier": values("tier", lists.tier.values()),
        "region": sorted(values("region", lists.places), key=_by_name),
        "expertise": sorted(values("expertise", lists.expertise.values(), area), key=_by_name),
        "language": sorted(values("language", lists.language.values()), key=_by_name),
        "availability": [Value(AVAILABILITIES[state.value], state.value, str(state.label)) for state in Availability],
    }


def _by_name(entry: Value | Choice):
    return fold(entry.heading), fold(entry.label)


def facets_of(found: DirectoryFilter, counts: Counts) -> list[Facet]:
    """The filters in the order of the page, each with the choices that leave somebody, and those in use."""
    listed, more = _listed(found.lists, get_language()), found.understood.get("more")
    most_countries = MANY if more == "country" else FEW
    most_organisations = MANY if more == "organisation" else SOME
    countries = _countries(found, counts, most_countries)
    return [
        _facet(found, counts, "tier", listed["tier"], is_whole=True),
        _facet(found, counts, "region", _regions(found, listed["region"]), is_whole=True),
        _cut_facet(found, counts, "country", countries, most_countries),
        _facet(found, counts, "expertise", listed["expertise"]),
        _facet(found, counts, "language", listed["language"]),
        _cut_facet(
            found, counts, "organisation", _organisations(found, counts, most_organisations), most_organisations
        ),
        _facet(found, counts, "availability", listed["availability"]),
    ]


def _regions(found: DirectoryFilter, values: list[Value]) -> list[Value]:
    """The regions of the first level, and parts of them that are in use: the others stand on the map."""
    first, in_use = {row.code for row in found.lists.continents}, _in_use(found, "region")
    return [value for value in values if value.code in first or value.code in in_use]


def _commonest(counts: Counts, name: str, most: int) -> list[str]:
    """The letters of a filter that most people have, those of equal number in a fixed order."""
    number = counts.by[name]
    return sorted(number, key=lambda sign: (-number[sign], sign))[:most]


def _countries(found: DirectoryFilter, counts: Counts, most: int) -> list[Value]:
    """The commonest countries, and those in use."""
    signs = dict.fromkeys([*_commonest(counts, "country", most), *found.question.chosen.get("country", "")])
    return [Value(sign, code, country_name(code)) for sign in signs for code in [country_of_letter(sign)]]


def _organisations(found: DirectoryFilter, counts: Counts, most: int) -> list[Value]:
    """The commonest organisations, of those the reader may know of."""
    common = [number_of(sign) for sign in _commonest(counts, "organisation", 2 * most)]
    known = {key: Value(letter(key), slug, name) for key, slug, name in known_of(found.viewer, common, on=found.on)}
    return [known[key] for key in common if key in known]


def _in_use(found: DirectoryFilter, name: str) -> set[str]:
    chosen = found.chosen.get(name) or []
    return set(chosen if isinstance(chosen, list) else [chosen])


def _choices(
    found: DirectoryFilter, counts: Counts, name: str, values: Iterable[Value], *, is_whole=False
) -> list[Choice]:
    """Of some values those that leave somebody, and those in use in any case."""
    in_use, number = _in_use(found, name), counts.by[name]
    return [
        Choice(code, label, number[sign], code in in_use, heading)
        for sign, code, label, heading in values
        if number[sign] or is_whole or code in in_use
    ]


def _facet(found: DirectoryFilter, counts: Counts, name: str, values: Iterable[Value], *, is_whole=False) -> Facet:
    """A filter of a governed list, whose values come in their order."""
    offered = _choices(found, counts, name, values, is_whole=is_whole)
    return Facet(name, str(LABELS[name]), offered, name in ONE, str(EMPTY.get(name, "")))


def _cut_facet(found: DirectoryFilter, counts: Counts, name: str, values: Iterable[Value], most: int) -> Facet:
    """A filter of very many values: those in use and the commonest are offered, and the others are led to."""
    offered = _choices(found, counts, name, values)
    missing = sorted(_in_use(found, name).difference(choice.value for choice in offered))
    offered += [Choice(code, found.words_for(name, code), 0, is_chosen=True) for code in missing]
    cut = sorted(offered, key=lambda choice: (not choice.is_chosen, -choice.count))[:most]
    cut.sort(key=_by_name)
    more_url = found.address(more=name) if len(counts.by[name]) > len(cut) and most < MANY else ""
    return Facet(name, str(LABELS[name]), cut, name in ONE, str(EMPTY.get(name, "")), more_url)
