"""Tags and filters of the portal's components: icons, deadlines, count sheets, charts, form fields."""

from datetime import datetime
from functools import cache, lru_cache

from django import forms, template
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from members.kernel import instants
from members.templatetags.icon_shapes import OF_NOTICE, OF_TONE, SHAPES

register = template.Library()

DIRECTED = {"arrow", "leave"}  # icons that point somewhere and turn round in right-to-left scripts

POSITIONS = [
    ("yes", _("Yes")),
    ("no", _("No")),
    ("hold", _("Hold")),
    ("abstain", _("Abstain")),
    ("silent", _("Silent")),
    ("recused", _("Recused")),
]


# --- Parts that say nothing of anybody ----------------------------------------------------------------------------


@register.simple_tag
def fixed(name):
    """A component that is handed nothing, not even the request: drawn once in each language, and kept."""
    return _fixed(name, get_language(), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _fixed(name, _language, _urls, _prefix):
    return render_to_string(f"components/{name}.html")


# --- Icons and pills ---------------------------------------------------------------------------------------------


@register.simple_tag
@cache
def icon(name):
    """An icon by its name in `icon_shapes`, hidden from screen readers: the word beside it says what it means."""
    if not name:
        return ""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        "{}</svg>",
        " turn" if name in DIRECTED else "",
        mark_safe(SHAPES[name]),  # noqa: S308 - a constant of ours
    )


@register.simple_tag
def pill(tone, text):
    """A status pill: tone is wait, good, bad, now or plain; the text is the word that says the state."""
    return format_html('<span class="pill {}">{}{}</span>', tone or "plain", icon(OF_TONE.get(tone, "")), text)


@register.filter
def notice_icon(tone):
    """The icon's name of a notice's tone, or of the level tags of Django's messages."""
    return OF_NOTICE.get(tone, "info")


@register.filter
def message_tone(message):
    """The tone of one of Django's messages."""
    return {"success": "good", "warning": "wait", "error": "bad"}.get(message.level_tag, "now")


# --- People ------------------------------------------------------------------------------------------------------


@register.filter
def initials(name):
    """The first letters of the first and the last word of a name."""
    words = [word for word in str(name).replace("-", " ").split() if word[:1].isalnum()]
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


AVATAR_SIDE = 5


@register.simple_tag
def avatar(seed):
    """A picture of five by five fields, the same on both sides, from the bits of a random number: it means nothing."""
    half = (AVATAR_SIDE + 1) // 2
    lit = [(row, column) for row in range(AVATAR_SIDE) for column in range(half) if seed >> (row * half + column) & 1]
    places = sorted({(row, side) for row, column in lit for side in (column, AVATAR_SIDE - 1 - column)})
    return format_html(
        '<svg class="avatar" viewBox="-1 -1 7 7" fill="currentColor" aria-hidden="true" focusable="false">{}</svg>',
        format_html_join("", '<rect x="{}" y="{}" width="1" height="1"/>', ((x, y) for y, x in places)),
    )


# --- Time --------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/deadline.html")
def deadline(instant):
    """An instant in the reader's zone with the zone's name, and in UTC."""
    return {"instant": instant, "local": instants.local_words(instant), "utc": instants.utc_words(instant)}


@register.inclusion_tag("components/day.html")
def day(when, *, late=False):
    """The day of a date or an instant as a number over the month's short name."""
    on = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return {"on": on, "number": on.day, "month": date_format(on, "M"), "late": late}


# --- Pictures of numbers -----------------------------------------------------------------------------------------


def per_cent(part, whole):
    """A share for an SVG attribute, with a point in every language."""
    return f"{100 * part / whole:.3f}%"


@register.inclusion_tag("components/count_sheet.html")
def count_sheet(counts, *, sentence="", rows=None, sealed=False):
    """A stacked bar of positions. `counts` is a mapping or an object with yes, no, hold, abstain, silent, recused.

    `sentence` says it in words; `rows` (each with seat, position, reason) is the same as a table. When `sealed`,
    positions are not shown: only how many are in.
    """
    read = counts.get if isinstance(counts, dict) else lambda name, default: getattr(counts, name, default)
    shown = [(name, label, read(name, 0)) for name, label in POSITIONS]
    if sealed:
        cast = sum(count for name, _label, count in shown if name not in {"silent", "recused"})
        shown = [("cast", _("In"), cast), *[row for row in shown if row[0] in {"silent", "recused"}]]
    shown = [row for row in shown if row[2]]
    segments, before, total = [], 0, sum(count for _name, _label, count in shown) or 1
    for name, label, count in shown:
        start = total - before - count if get_language_bidi() else before
        middle = per_cent(2 * start + count, 2 * total)
        place = {"x": per_cent(start, total), "width": per_cent(count, total), "middle": middle}
        segments.append({"name": name, "label": label, "count": count, **place})
        before += count
    words = ", ".join(f"{segment['count']} {segment['label']}" for segment in segments)
    return {"segments": segments, "words": words, "sentence": sentence, "rows": rows, "sealed": sealed}


@register.inclusion_tag("components/chart.html")
def chart(bars, caption, unit=""):
    """Horizontal bars with their table. `bars` are pairs of a label and a whole number, most important first."""
    most = max((value for _label, value in bars), default=0) or 1
    drawn = []
    for label, value in bars:
        width = per_cent(value, most)
        drawn.append(
            {
                "label": label,
                "value": value,
                "width": width,
                "x": per_cent(most - value, most) if get_language_bidi() else "0",
            }
        )
    return {"bars": drawn, "caption": caption, "unit": unit}


# --- Forms and lists ---------------------------------------------------------------------------------------------


@register.filter
def field_kind(field):
    """What a bound field is drawn as: checkbox, textarea, password, file, or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return {"password": "password", "file": "file"}.get(getattr(widget, "input_type", ""), "plain")


@register.filter
def first_control(field):
    """The id of the first control of a bound field, which an error summary leads to."""
    return field.id_for_label or (f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id)


@register.filter
def lookup(mapping, key):
    """The value of a key that is itself a variable; nothing if it is missing."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def numbered(words, number):
    """Words with a place for a number, as of the third of some rows, with the number in it."""
    return str(words).format(number=number)


@register.filter
def counted(counts, option):
    """How many rows an option of a filter would leave, from a mapping of values to counts."""
    if not counts:
        return ""
    value = option.data["value"]
    return counts.get(getattr(value, "value", value), counts.get(str(value), 0))


@register.filter
def beside(cells, columns):
    """Each cell of a row with its column."""
    return zip(cells, columns, strict=True)
