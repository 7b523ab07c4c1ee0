"""The filters of the directory as HTML: many and alike, so they are put together here and not in a template."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

CHOSEN = {True: mark_safe(" selected"), False: ""}
CHECKED = {True: mark_safe(" checked"), False: ""}


@register.simple_tag
def facet_options(facet):
    """The choices of a filter as options with their counts, under headings where they have some."""
    groups: dict[str, list] = {}
    for choice in facet.choices:
        groups.setdefault(choice.heading, []).append(choice)
    return mark_safe("".join(_group(heading, choices) for heading, choices in groups.items()))  # noqa: S308 - escaped


def _group(heading, choices):
    options = format_html_join(
        "",
        '<option value="{}"{}>{} ({})</option>',
        ((choice.value, CHOSEN[choice.is_chosen], choice.label, choice.count) for choice in choices),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', heading, options) if heading else options


@register.simple_tag
def facet_boxes(facet):
    """The choices of a filter as boxes, each with how many people it would leave."""
    return format_html_join(
        "",
        '<label for="filter-{0}-{1}"><input id="filter-{0}-{1}" type="checkbox" name="{0}" value="{1}"{2}>'
        '<span>{3}</span><span class="count">{4}</span></label>',
        ((facet.name, choice.value, CHECKED[choice.is_chosen], choice.label, choice.count) for choice in facet.choices),
    )
