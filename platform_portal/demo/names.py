"""Names for the fictional people of the demo, by where such names are usual.

The file `names.csv` holds given and family names; one in another script follows an equals sign ("Selam=ሰላም").
Where it holds no family names, each given name is a whole name. `order` says what stands first: empty for the given
name, `family` for the family name, `native` for the family name in the other script only.
"""

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from platform_portal.demo import sources


@dataclass(frozen=True)
class Name:
    """A name as its bearer writes it, and in Latin letters where that differs (else empty)."""

    name: str
    latin_name: str

    @property
    def in_latin(self) -> str:
        return self.latin_name or self.name


@dataclass(frozen=True)
class Culture:
    """Where a set of names is usual: countries and languages by code, the likeliest first."""

    key: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    order: str
    given: tuple[str, ...]
    family: tuple[str, ...]


def cultures() -> dict[str, Culture]:
    """All of them, by key."""
    return {
        row["key"]: Culture(
            key=row["key"],
            countries=tuple(row["countries"].split()),
            languages=tuple(row["languages"].split()),
            order=row["order"],
            given=_listed(row["given"]),
            family=_listed(row["family"]),
        )
        for row in sources.rows("names")
    }


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


class Register:
    """Gives out each name once. The same seed gives the same names in the same order."""

    def __init__(self, random: Random):
        self.waiting = {}
        for culture in cultures().values():
            pairs = [(given, family) for given in culture.given for family in culture.family or ("",)]
            random.shuffle(pairs)
            self.waiting[culture.key] = (culture, pairs)
        self.taken = set()

    def left(self, key: str) -> int:
        """How many names of a culture have not been given out."""
        return len(self.waiting[key][1])

    def take(self, key: str) -> Name:
        """The next name of a culture. Prefers given names that nobody bears yet; raises IndexError when all are out."""
        culture, pairs = self.waiting[key]
        fresh = [pair for pair in pairs if not self.taken.intersection(pair)]
        pair = (fresh or pairs)[0]
        pairs.remove(pair)
        self.taken.update(pair)
        return _joined(culture, *pair)


def _joined(culture: Culture, given: str, family: str) -> Name:
    latin, native = zip(*(part.partition("=")[::2] for part in (given, family)), strict=True)
    in_latin = " ".join(filter(None, latin[::-1] if culture.order == "family" else latin))
    if not native[0] or (family and not native[1]):
        return Name(in_latin, "")
    parts = native[::-1] if culture.order in ("family", "native") else native
    return Name(_gap(native[0]).join(filter(None, parts)), in_latin)


def _gap(part: str) -> str:
    """Between the parts of a name: nothing in Chinese, Japanese and Korean writing, else a blank."""
    return "" if unicodedata.name(part[0]).startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA")) else " "


def address(name: Name, domain: str) -> str:
    """A made-up e-mail address: first and last part of the name, in plain letters, at a domain nobody can own."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", name.in_latin.lower()) if not unicodedata.combining(sign)
    )
    for special, letters in SPECIAL.items():
        plain = plain.replace(special, letters)
    parts = re.sub(r"[^a-z -]", "", plain).split()
    return f"{parts[0]}.{parts[-1]}@{domain}" if len(parts) > 1 else f"{parts[0]}@{domain}"


SPECIAL = {"ø": "o", "ß": "ss", "\u0131": "i", "đ": "d", "ł": "l", "æ": "ae"}
"""Letters that do not fall apart into a plain one and a mark."""
