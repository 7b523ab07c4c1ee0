"""What one notice tells, and how days stand in it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Content:
    """What one notice tells. `path` is an address within the portal, `rows` pairs of label and value.

    What people typed belongs into `rows`, where `emails.values` keeps it harmless, never into the text; letters of the
    Secretariat are the text themselves.
    """

    path: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    values: dict = field(default_factory=dict)


def last_day(day) -> str:
    """The end of a half-open term as people say it: its last day."""
    return date_format(day - timedelta(days=1), "DATE_FORMAT")


def due_words(day) -> str:
    """A day by whose end, in UTC, something is due."""
    return _("%(day)s, by the end of the day in UTC") % {"day": date_format(day, "DATE_FORMAT")}
