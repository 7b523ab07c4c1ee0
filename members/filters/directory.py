"""What the address of the directory asks for, understood.

It stands before every page of the directory and every suggestion, and the values one may choose are known without a
statement; so it reads the address itself. A set of form fields, as other lists have it, took as long as the search.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.choices.directory import Order
from members.choices.profiles import Availability
from members.kernel.text import beginnings_of, words_of
from members.models import Organisation
from members.pages.lists import InUse, in_quotes
from members.permissions.organisations import visible_to
from members.queries.directory import Cursor, Found, Question
from members.queries.directory_letters import AVAILABILITIES, Lists, country_name, letter, letter_of_country

LONGEST_CURSOR, LONGEST_WORDS = 1000, 200
SEVERAL = ("tier", "region", "country", "availability")
ONE = ("expertise", "language", "organisation", "order", "more")
LABELS = {
    "tier": _("Tier"),
    "region": _("Lives in"),
    "country": _("Country"),
    "availability": _("Availability"),
    "expertise": _("Expertise"),
    "language": _("Language"),
    "organisation": _("Organisation"),
}
"""The filters one can choose values of. `q` is for words, and `more` offers more values of another filter."""
EXTENDED = ("country", "organisation")


def as_now(data, lists: Lists):
    """The parameters of an address, with the codes of entries that were merged since as the entries they are now."""
    merged = {name: codes for name, codes in lists.merged_away.items() if codes and name in data}
    if not merged:
        return data
    now = data.copy()
    for name, renamed in merged.items():
        now.setlist(name, list(dict.fromkeys(renamed.get(code, code) for code in data.getlist(name))))
    return now


class DirectoryFilter(InUse):
    """What is asked of the directory. The query string is the whole state of a list.

    A filter of several values counts for nothing if one of them makes no sense; one of a single value goes by the last.
    """

    unmarked = ("order", "more")

    def __init__(self, data, *, lists: Lists, viewer, on: date):
        self.data, self.lists, self.viewer, self.on = as_now(data, lists), lists, viewer, on

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """By slug, the organisations that are asked for and that the reader may know of."""
        slugs = [slug for slug in self.data.getlist("organisation") if slug and "\0" not in slug]
        rows = visible_to(self.viewer, on=self.on).filter(slug__in=slugs) if slugs else []
        return {row.slug: row for row in rows}

    @cached_property
    def understood(self) -> dict:
        """What of the address makes sense, by name: words, lists of codes, codes."""
        found = {}
        words = self.data.get("q", "").strip()
        if words and len(words) <= LONGEST_WORDS and "\0" not in words:
            found["q"] = words
        for name in SEVERAL:
            codes = self.data.getlist(name)
            offered = self.offered(name) if codes else {}
            if codes and all(code in offered for code in codes):
                found[name] = [code for code in offered if code in codes]
        for name in ONE:
            code = self.data.get(name)
            if code and code in self.offered(name):
                found[name] = code
        return found

    def offered(self, name: str) -> Iterable[str]:
        """The values of a filter that make sense, in their order. For countries, those of them that are asked for."""
        if name == "region":
            return [region.code for region in self.lists.places]
        if name == "country":
            return [code for code in dict.fromkeys(self.data.getlist("country")) if code in countries.countries]
        others = {"availability": Availability, "order": Order}
        if name in others:
            return others[name].values
        if name == "more":
            return EXTENDED
        return self.organisations if name == "organisation" else getattr(self.lists, name)

    def words_for(self, name: str, value: str) -> str:
        if name == "q":
            return in_quotes(value)
        if name == "country":
            return country_name(value)
        if name == "availability":
            return str(Availability(value).label)
        return self.organisations[value].name if name == "organisation" else str(getattr(self.lists, name)[value])

    @cached_property
    def chosen(self) -> dict:
        return {name: value for name, value in self.understood.items() if name not in self.unmarked}

    @property
    def order(self) -> str:
        """The order that the address asks for, if it does."""
        return self.understood.get("order", "")

    @cached_property
    def question(self) -> Question:
        """What is asked, in the letters of the narrow table."""
        chosen = dict(self.chosen)
        words = chosen.pop("q", "")
        order = self.order or (Order.BEST if words_of(words) else Order.NAME)
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
        return f"?{urlencode([(name, value) for name, value in self.understood.items() if name != 'more'], doseq=True)}"

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
        gone = {"after", "before", "page", *changed}
        left = [(name, value) for name, values in self.data.lists() if name not in gone for value in values]
        for name, value in changed.items():
            left += [(name, each) for each in (value if isinstance(value, list) else [value]) if each is not None]
        return f"?{urlencode(left)}"


# --- Words that name a field of expertise ---------------------------------------------------------------------------


def fields_meant(text: str, lists: Lists) -> dict[str, str]:
    """By word, the letters of the fields of expertise whose name in the reader's language, or in English, begins so."""
    named = _names_of_fields(lists, get_language())
    return {
        word: "".join(sign for sign, words in named if any(each.startswith(word) for each in words))
        for word in words_of(text)
        if len(word) > 1
    }


@lru_cache(maxsize=32)
def _names_of_fields(lists: Lists, language: str) -> list[tuple[str, set[str]]]:
    """By letter, the words by which each field of expertise may be named, in a language and in English."""
    said = lists.said_in(language)["expertise"]
    return [
        (row.letter, {*beginnings_of(said[row.code]), *beginnings_of(row.label)}) for row in lists.expertise.values()
    ]


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
