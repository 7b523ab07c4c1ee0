"""The filters of the directory as HTML: many and alike, so they are put together here and not in a template."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext

from members.queries.directory_map import LINE

register = template.Library()

OPTION = {
    False: '<option value="{}">{} ({})</option>',
    True: '<option value="{}" selected>{} ({})</option>',
}
BOX = {
    False: '<input id="filter-{0}-{1}" type="checkbox" name="{0}" value="{1}">',
    True: '<input id="filter-{0}-{1}" type="checkbox" name="{0}" value="{1}" checked>',
}


@register.simple_tag
def facet_options(facet):
    """The choices of a filter as options with their counts, under headings where they have some."""
    groups: dict[str, list] = {}
    for choice in facet.choices:
        groups.setdefault(choice.heading, []).append(choice)
    return format_html_join("", "{}", ((_group(heading, choices),) for heading, choices in groups.items()))


def _group(heading, choices):
    options = format_html_join(
        "",
        "{}",
        ((format_html(OPTION[choice.is_chosen], choice.value, choice.label, choice.count),) for choice in choices),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', heading, options) if heading else options


@register.simple_tag
def facet_boxes(facet):
    """The choices of a filter as boxes, each with how many people it would leave."""
    return format_html_join(
        "",
        '<label for="filter-{0}-{1}">{2}<span>{3}</span><span class="count">{4}</span></label>',
        (
            (
                facet.name,
                choice.value,
                format_html(BOX[choice.is_chosen], facet.name, choice.value),
                choice.label,
                choice.count,
            )
            for choice in facet.choices
        ),
    )


# --- The map -------------------------------------------------------------------------------------------------------

TILE = (
    '<a href="{url}"{current} aria-label="{words}"><rect class="{kind}" x="{x}" y="{y}" width="{width}"'
    ' height="{height}" rx="4"/>{lines}</a>'
)
LINE_OF_LABEL = '<text x="{}" y="{}">{}</text>'
ROW = '<tr{}><th scope="row"><a href="{}"{}>{}</a></th><td class="number">{}</td></tr>'


@register.simple_tag
def region_tiles(tiles):
    """The regions that have a place on the map, each a link with its name and its number."""
    return format_html_join("", "{}", ((_tile(tile),) for tile in tiles if tile.place))


def _tile(tile):
    x, y, width, height = tile.place
    number = ngettext("{region}: {number} person", "{region}: {number} people", tile.count)
    return format_html(
        TILE,
        url=tile.url,
        current=_current(tile),
        words=number.format(region=tile.label, number=tile.count),
        kind=f"shade-{tile.shade}" if tile.is_part else "whole",
        x=x,
        y=y,
        width=width,
        height=height,
        lines=_lines(tile, x + width // 2, y + height // 2),
    )


def _lines(tile, middle, centre):
    """The words of a tile around its centre: those of a part above its number, those of a whole region beside it."""
    if not tile.is_part:
        return format_html('<text class="whole" x="{}" y="{}">{} {}</text>', middle, centre + 5, tile.label, tile.count)
    lines = tile.lines
    top = centre - (len(lines) * LINE + LINE) // 2 + LINE - 3
    words = format_html_join(
        "", LINE_OF_LABEL, ((middle, top + place * LINE, line) for place, line in enumerate(lines))
    )
    number = format_html(
        '<text class="number" x="{}" y="{}">{}</text>', middle, top + len(lines) * LINE + 2, tile.count
    )
    return words + number


def _current(tile):
    return format_html(' aria-current="{}"', "true") if tile.is_chosen else ""


@register.simple_tag
def region_rows(tiles):
    """All regions as the rows of a table, parts below the region they lie in, with the same links as on the map."""
    part = format_html(' class="{}"', "part")
    return format_html_join(
        "", ROW, ((part if tile.is_part else "", tile.url, _current(tile), tile.label, tile.count) for tile in tiles)
    )
