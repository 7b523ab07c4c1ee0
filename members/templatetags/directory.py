"""What stands many times on a page of the directory, as HTML: put together here and not in a template.

A template takes as long for twenty-five lines and two hundred choices as the search for all its statements. Whatever
comes from people or lists goes through `escape`, each piece by itself; the rest is written here.
"""

from functools import cache, lru_cache
from html import escape
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.queries.directory_map import LINE
from members.templatetags.portal import avatar, initials, pill

register = template.Library()

NOBODY = UUID(int=0)
TAGS_SHOWN = 4


# --- Filters ------------------------------------------------------------------------------------------------------


label = lru_cache(maxsize=8192)(escape)
"""A name from a list, escaped: some hundreds stand on every page, and they are the same ones."""


@register.simple_tag
def facet_fields(facets):
    """The filters of a form; each a `members.filters.directory_choices.Facet`."""
    return SafeString("\n".join(_select(each) if each.is_select else _boxes(each) for each in facets))


def _select(facet) -> str:
    """A filter of one value as a list to choose from, with the number that each would leave."""
    groups: dict[str, list] = {}
    for value, name, count, is_chosen, heading in facet.choices:
        selected = " selected" if is_chosen else ""
        groups.setdefault(heading, []).append(
            f'<option value="{label(value)}"{selected}>{label(name)} ({count})</option>'
        )
    options = "".join(_group(heading, "".join(options)) for heading, options in groups.items())
    return (
        f'<div class="facet"><label class="strong" for="filter-{facet.name}">{escape(facet.label)}</label>'
        f'<select id="filter-{facet.name}" name="{facet.name}"><option value="">{escape(facet.empty_label)}</option>'
        f"{options}</select>{_more(facet, _('Offer more organisations'))}</div>"
    )


def _group(heading: str, options: str) -> str:
    return f'<optgroup label="{label(heading)}">{options}</optgroup>' if heading else options


def _boxes(facet) -> str:
    """A filter of several values as boxes; nothing where there is none to tick."""
    if not facet.choices:
        return ""
    boxes = []
    for value, name, count, is_chosen, _heading in facet.choices:
        place, checked = f"filter-{facet.name}-{label(value)}", " checked" if is_chosen else ""
        boxes.append(
            f'<label for="{place}"><input id="{place}" type="checkbox" name="{facet.name}" value="{label(value)}"'
            f'{checked}><span>{label(name)}</span><span class="count">{count}</span></label>'
        )
    return (
        f'<fieldset class="facet"><legend>{escape(facet.label)}</legend>{"".join(boxes)}'
        f"{_more(facet, _('Show all countries'))}</fieldset>"
    )


def _more(facet, words: str) -> str:
    return f'<a class="small" href="{escape(facet.more_url)}">{escape(words)}</a>' if facet.more_url else ""


# --- The map ------------------------------------------------------------------------------------------------------


@register.simple_tag
def region_tiles(tiles):
    """The regions that have a place on the map, each a link with its name and its number."""
    return SafeString("".join(_tile(tile) for tile in tiles if tile.place))


def _tile(tile) -> str:
    x, y, width, height = tile.place
    sentence = ngettext("{region}: {number} person", "{region}: {number} people", tile.count)
    words = escape(sentence.format(region=tile.label, number=tile.count))
    kind = f"shade-{tile.shade}" if tile.is_part else "whole"
    return (
        f'<a href="{escape(tile.url)}"{_current(tile)} aria-label="{words}"><rect class="{kind}" x="{x}" y="{y}"'
        f' width="{width}" height="{height}" rx="4"/>{_lines(tile, x + width // 2, y + height // 2)}</a>'
    )


def _lines(tile, middle, centre) -> str:
    """The words of a tile around its centre: those of a part above its number, those of a whole region beside it."""
    if not tile.is_part:
        return f'<text class="whole" x="{middle}" y="{centre + 5}">{escape(tile.label)} {tile.count}</text>'
    lines = tile.lines
    top = centre - (len(lines) * LINE + LINE) // 2 + LINE - 3
    words = "".join(
        f'<text x="{middle}" y="{top + place * LINE}">{escape(line)}</text>' for place, line in enumerate(lines)
    )
    return f'{words}<text class="number" x="{middle}" y="{top + len(lines) * LINE + 2}">{tile.count}</text>'


def _current(tile) -> str:
    return ' aria-current="true"' if tile.is_chosen else ""


@register.simple_tag
def region_rows(tiles):
    """All regions as the rows of a table, parts below the region they lie in, with the same links as on the map."""
    return SafeString("".join(_row(tile) for tile in tiles))


def _row(tile) -> str:
    kind = ' class="part"' if tile.is_part else ""
    return (
        f'<tr{kind}><th scope="row"><a href="{escape(tile.url)}"{_current(tile)}>{escape(tile.label)}</a></th>'
        f'<td class="number">{tile.count}</td></tr>'
    )


# --- People -------------------------------------------------------------------------------------------------------


@register.simple_tag
def person_lines(people):
    """People as the lines of a list; each a `members.queries.directory_lines.Line`."""
    url = _url_of_person()
    return SafeString("".join(_line(person, url) for person in people))


def _url_of_person() -> tuple[str, str]:
    """What stands before and after the identifier in the address of a person."""
    before, _identifier, after = reverse("members:person", args=[NOBODY]).partition(str(NOBODY))
    return before, after


def _line(person, url) -> str:
    before, after = url
    is_protected = person.avatar is not None
    face = avatar(person.avatar) if is_protected else escape(initials(person.latin_name or person.name))
    latin = f' <span class="count">{escape(person.latin_name)}</span>' if person.latin_name else ""
    said = f"<p><bdi>{escape(person.headline)}</bdi></p>" if person.headline else ""
    if is_protected:
        said += f"<p>{' · '.join(filter(None, (escape(_('Protected member')), escape(person.region))))}</p>"
    if person.posts or person.country:
        said += f"<p>{' · '.join(filter(None, (escape(person.posts), escape(person.country))))}</p>"
    return (
        f'<li><span class="face" aria-hidden="true">{face}</span><div class="body"><h2 class="result-title">'
        f'<a href="{before}{person.public_id}{after}">{escape(person.name)}</a>{latin}</h2>{said}'
        f'{_tags(person.expertise)}</div><div class="stack close marks">{_marks(person)}</div></li>\n'
    )


def _tags(fields) -> str:
    if not fields:
        return ""
    shown = "".join(f"<li>{label(field)}</li>" for field in fields[:TAGS_SHOWN])
    more = len(fields) - TAGS_SHOWN
    rest = f"<li>{escape(_('%(more)s more') % {'more': more})}</li>" if more > 0 else ""
    return f'<ul class="tags">{shown}{rest}</ul>'


def _marks(person) -> str:
    marks = [_pill("plain", tier) for tier in person.tiers]
    return "".join(marks if person.listed else [*marks, _pill("wait", _("Not listed"))])


@cache
def _pill(tone: str, text: str) -> str:
    """A pill of a tier or a state: there are a few of each in every language."""
    return pill(tone, text)
