"""The map of the regions: a tile for each, placed as on a map of the world, with how many people live there."""

from dataclasses import dataclass

from members.queries.directory_letters import Listed

PLACES = {
    "019": (0, 0, 200, 232),
    "150": (208, 0, 150, 112),
    "002": (208, 120, 150, 112),
    "142": (366, 0, 194, 152),
    "009": (366, 160, 194, 72),
}
"""By M49 code: where a tile begins, and how wide and high it is. North is above, whatever way the page is read."""
SHADES = 4


@dataclass(frozen=True)
class Tile:
    """A region on the map. `shade` is 0 where nobody lives and 4 where most do."""

    code: str
    label: str
    count: int
    shade: int
    is_chosen: bool
    url: str
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def label_line(self) -> float:
        return self.y + self.height / 2 - 6

    @property
    def count_line(self) -> float:
        return self.y + self.height / 2 + 20


def tiles_of(regions: list[Listed], counts, chosen, address) -> list[Tile]:
    """The tiles of the regions: `counts` by letter, the codes `chosen`, and the `address` of the list with others."""
    most = max((counts[region.letter] for region in regions), default=0) or 1
    found = []
    for region in regions:
        if region.code not in PLACES:
            continue
        number, is_chosen = counts[region.letter], region.code in chosen
        codes = [code for code in chosen if code != region.code] if is_chosen else [*chosen, region.code]
        shade = -(-number * SHADES // most)
        url = address(region=codes)
        found.append(Tile(region.code, str(region), number, shade, is_chosen, url, *PLACES[region.code]))
    return found
