"""The map of the regions: M49's regions and the parts of each, placed as on a map of the world, with their people.

Somebody who shows a region only, as a protected member does, counts in the region and in no part of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from members.queries.directory_letters import Listed, Lists

PLACES = {
    "019": (0, 0, 86, 26),
    "021": (0, 29, 86, 100),
    "419": (0, 132, 86, 216),
    "150": (92, 0, 121, 26),
    "154": (92, 29, 59, 58),
    "151": (154, 29, 59, 58),
    "155": (92, 90, 59, 58),
    "039": (154, 90, 59, 58),
    "002": (92, 154, 121, 26),
    "015": (92, 183, 121, 56),
    "202": (92, 242, 121, 106),
    "142": (219, 0, 121, 26),
    "143": (219, 29, 59, 48),
    "030": (281, 29, 59, 99),
    "145": (219, 80, 59, 48),
    "034": (219, 131, 59, 58),
    "035": (281, 131, 59, 58),
    "009": (219, 195, 121, 26),
    "057": (219, 224, 63, 38),
    "061": (285, 224, 55, 79),
    "054": (219, 265, 63, 38),
    "053": (219, 306, 121, 42),
}
"""By M49 code: where a tile begins, and how wide and high it is. North is above, whatever way the page is read.

One unit is about a pixel on a phone, so that words on it are as large as words beside it.
"""
SHADES = 4
LETTER, LINE = 5.6, 13
"""How wide a letter of a label is on average, and how high a line of it."""


@dataclass(frozen=True)
class Tile:
    """A region with how many people live there, and the address of the list filtered by it. `place` is its place on the
    map, None for one that staff added. `shade` is 0 where nobody lives and 4 where most do, for parts alone.
    """

    code: str
    label: str
    count: int
    shade: int
    is_part: bool
    is_chosen: bool
    url: str
    place: tuple[int, int, int, int] | None

    @property
    def lines(self) -> list[str]:
        """The label in lines that fit into the tile; a word that does not has a line to itself."""
        room = int((self.place[2] - 4) / LETTER) if self.place else len(self.label)
        lines = [""]
        for word in self.label.replace("-", "- ").split():
            joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}".strip()
            if len(joined) <= room or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines


def map_of(lists: Lists, counts: Mapping[str, int], chosen: list[str], address: Callable[..., str]) -> list[Tile]:
    """Each region before its parts: `counts` by letter, the codes `chosen`, the `address` of the list with others."""
    parts = {part.code: part for continent in lists.continents for part in lists.parts_of(continent)}
    most = max((counts[part.letter] for part in parts.values()), default=0) or 1
    return [
        Tile(
            code=row.code,
            label=str(row),
            count=counts[row.letter],
            shade=-(-counts[row.letter] * SHADES // most) if row.code in parts else 0,
            is_part=row.code in parts,
            is_chosen=row.code in chosen,
            url=address(region=list(_with(row, chosen, lists))),
            place=PLACES.get(row.code),
        )
        for row in lists.places
    ]


def _with(row: Listed, chosen: list[str], lists: Lists) -> Iterator[str]:
    """The codes that are chosen once a region is added to them or, where it is one of them, taken away.

    A part takes the place of the region that it lies in, and a region that of its parts.
    """
    for code in chosen:
        other = lists.region[code]
        if code != row.code and other.parent != row.key and row.parent != other.key:
            yield code
    if row.code not in chosen:
        yield row.code
