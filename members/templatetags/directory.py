"""What stands many times on a page of the directory, as HTML: put together here and not in a template.

A template takes as long for twenty-five lines and two hundred choices as the search for all its statements. Whatever
comes from people or lists goes through `escape`, each piece by itself; the rest is written here.
"""

from functools import cache
from html import escape
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.templatetags.portal import avatar, initials, pill

register = template.Library()

NOBODY = UUID(int=0)
TAGS_SHOWN = 4


# --- Filters ------------------------------------------------------------------------------------------------------


@register.simple_tag
def facet_options(facet):
    """The choices of a filter as options with their counts, under headings where they have some."""
    groups: dict[str, list] = {}
    for value, label, count, is_chosen, heading in facet.choices:
        selected = " selected" if is_chosen else ""
        groups.setdefault(heading, []).append(
            f'<option value="{escape(value)}"{selected}>{escape(label)} ({count})</option>'
        )
    return SafeString("".join(_group(heading, "".join(options)) for heading, options in groups.items()))


def _group(heading, options):
    return f'<optgroup label="{escape(heading)}">{options}</optgroup>' if heading else options


@register.simple_tag
def facet_boxes(facet):
    """The choices of a filter as boxes, each with how many people it would leave."""
    name, boxes = escape(facet.name), []
    for value, label, count, is_chosen, _heading in facet.choices:
        code, checked = escape(value), " checked" if is_chosen else ""
        boxes.append(
            f'<label for="filter-{name}-{code}"><input id="filter-{name}-{code}" type="checkbox" name="{name}"'
            f' value="{code}"{checked}><span>{escape(label)}</span><span class="count">{count}</span></label>'
        )
    return SafeString("".join(boxes))


# --- The map ------------------------------------------------------------------------------------------------------


@register.simple_tag
def map_tiles(tiles):
    """The regions as links on the map; each a `members.queries.directory_map.Tile`."""
    return SafeString("\n".join(map(_tile, tiles)))


def _tile(tile) -> str:
    sentence = ngettext("%(region)s: %(number)s person", "%(region)s: %(number)s people", tile.count)
    words = escape(sentence % {"region": tile.label, "number": tile.count})
    current = ' aria-current="true"' if tile.is_chosen else ""
    return (
        f'<a href="{escape(tile.url)}"{current} aria-label="{words}"><rect class="shade-{tile.shade}" x="{tile.x}"'
        f' y="{tile.y}" width="{tile.width}" height="{tile.height}" rx="6"/>'
        f'<text x="{tile.middle}" y="{tile.label_line}">{escape(tile.label)}</text>'
        f'<text class="number" x="{tile.middle}" y="{tile.count_line}">{tile.count}</text></a>'
    )


@register.simple_tag
def map_rows(tiles):
    """The same regions as rows of a table."""
    row = '<tr><th scope="row">{}</th><td>{}</td></tr>'
    return SafeString("".join(row.format(escape(tile.label), tile.count) for tile in tiles))


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
    shown = "".join(f"<li>{escape(field)}</li>" for field in fields[:TAGS_SHOWN])
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
