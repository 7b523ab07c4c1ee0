"""The filters of the directory as HTML: many and alike, so they are put together here and not in a template."""

from django import template
from django.utils.html import format_html, format_html_join

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
