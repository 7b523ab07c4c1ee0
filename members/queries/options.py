"""The lists that questions of an application are answered from, as they stand now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from members.choices.applications import HolderKind, Relation, Risk, Standing
from members.choices.bodies import OrganisationKind
from members.kernel.text import fold
from members.models import Country, Expertise, Language, Region, SteeringSeat


@dataclass(frozen=True)
class Option:
    """One entry of a list: its code, its words, the heading it stands under, and a line of explanation."""

    value: str
    label: str
    group: str = ""
    hint: str = ""


def holders() -> list[Option]:
    return [
        Option(
            HolderKind.ORGANISATION,
            _("An organisation"),
            hint=_("As a rule. It fills its seat with a principal and an alternate, and can host the Secretariat."),
        ),
        Option(
            HolderKind.PERSON,
            _("I myself, as a person"),
            hint=_("You hold the seat yourself, and cannot host the Secretariat."),
        ),
    ]


def _of(choices) -> Callable[[], list[Option]]:
    return lambda: [Option(value, str(label)) for value, label in choices.choices]


def countries() -> list[Option]:
    """All countries by their names in the language of the page."""
    found = [Option(country.code, str(country)) for country in Country.objects.in_use()]
    return sorted(found, key=lambda option: fold(option.label))


def _leaves(model, **narrowing) -> list[Option]:
    """The entries of a list in levels that have none below them, under the headings of those above."""
    entries = list(model.objects.in_use().filter(**narrowing).select_related("parent__parent__parent"))
    parents = set(model.objects.in_use().exclude(parent=None).values_list("parent_id", flat=True))
    return [
        Option(entry.code, str(entry), group=str(entry.parent or "")) for entry in entries if entry.pk not in parents
    ]


def expertise() -> list[Option]:
    """Fields of expertise of the lower level, under those of the upper."""
    return sorted(_leaves(Expertise), key=lambda option: option.group)


def regions() -> list[Option]:
    """The smallest regions of the M49 standard, under their continents."""
    entries = Region.objects.in_use().filter(countries__isnull=False, parent__isnull=False).distinct()
    found = [
        Option(entry.code, str(entry), group=str(entry.continent))
        for entry in entries.select_related("parent__parent__parent")
    ]
    return sorted(found, key=lambda option: (fold(option.group), fold(option.label)))


COMMON_LANGUAGES = ("ar", "zh", "en", "fr", "de", "ha", "hi", "pt", "ru", "es", "sw", "tr")


def _language(entry: Language) -> str:
    """The name of a language, with its own name where that differs."""
    name = str(entry)
    return f"{name} · {entry.endonym}" if entry.endonym and fold(entry.endonym) != fold(name) else name


def languages() -> list[Option]:
    return [Option(entry.code, _language(entry)) for entry in Language.objects.in_use()]


def common_languages() -> list[Option]:
    """The languages most members have in common, to be ticked; all others are in `languages`."""
    return [
        Option(entry.code, _language(entry)) for entry in Language.objects.in_use().filter(code__in=COMMON_LANGUAGES)
    ]


def open_seats():
    """The seats of the steering committee."""
    return SteeringSeat.objects.filter(closed_on__isnull=True)


def steering() -> list[Option]:
    """The seats of the steering committee: by the institution, or without a name where a person holds the seat."""
    by_a_person = _("{seat}, held by a person")
    return [
        Option(str(seat.number), seat.organisation.name if seat.organisation else by_a_person.format(seat=seat))
        for seat in open_seats().select_related("organisation")
    ]


def _codes_of(model) -> Callable[[], frozenset[str]]:
    """The codes that may be an answer: of what is in use, and of what was merged and so resolves."""
    taken = Q(retired_on__isnull=True) | Q(merged_into__isnull=False)
    return lambda: frozenset(model.objects.filter(taken).values_list("code", flat=True))


def _values_of(choices) -> Callable[[], frozenset[str]]:
    return lambda: frozenset(choices.values)


LISTS: dict[str, tuple[Callable[[], list[Option]], Callable[[], frozenset[str]]]] = {
    "holders": (holders, lambda: frozenset({HolderKind.PERSON.value, HolderKind.ORGANISATION.value})),
    "risks": (_of(Risk), _values_of(Risk)),
    "standings": (_of(Standing), _values_of(Standing)),
    "relations": (_of(Relation), _values_of(Relation)),
    "organisation_kinds": (_of(OrganisationKind), _values_of(OrganisationKind)),
    "countries": (countries, _codes_of(Country)),
    "expertise": (expertise, _codes_of(Expertise)),
    "regions": (regions, _codes_of(Region)),
    "languages": (languages, _codes_of(Language)),
    "common_languages": (common_languages, _codes_of(Language)),
    "steering": (steering, lambda: frozenset(map(str, open_seats().values_list("number", flat=True)))),
}
"""Each list in words, to choose from, and its codes alone, to check an answer by."""


def lists(names: Iterable[str]) -> dict[str, list[Option]]:
    """The lists of these names in words, each read once."""
    return {name: LISTS[name][0]() for name in sorted(set(names)) if name}


GOVERNED = {
    "countries": Country,
    "expertise": Expertise,
    "regions": Region,
    "languages": Language,
    "common_languages": Language,
}
"""The lists of entries that staff retire and merge."""


def words(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The words of every code of these lists, of entries too that are no longer offered: what was answered is read."""
    found = {name: {option.value: option.label for option in entries} for name, entries in lists(names).items()}
    for name in found.keys() & GOVERNED.keys():
        gone = GOVERNED[name].objects.filter(retired_on__isnull=False).select_related("merged_into")
        found[name] |= {entry.code: str(entry.merged_into or entry) for entry in gone}
    return found


def renamed(names: Iterable[str]) -> dict[str, str]:
    """The codes of these lists that were merged, each with the code it is now."""
    models = {GOVERNED[name] for name in names if name in GOVERNED}
    return {entry.code: entry.merged_into.code for model in models for entry in model.objects.merged_away()}


def codes(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """What may be answered from the lists of these names."""
    return {name: LISTS[name][1]() for name in sorted(set(names)) if name}
