"""The one shape of every dated role: who holds it, from which day to which, by whose act."""

from collections.abc import Mapping
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from members.kernel.erasing import BLANK_TEXT, kept_whole, only_blanks

ENDING = ("ends_on", "ended_at", "ended_by_id", "end_reason")
PERSONAL = {"end_reason": BLANK_TEXT}
"""What of a term of a person an erasure blanks: what somebody wrote about its end."""


class DateRange(Func):
    """`daterange(starts_on, ends_on)`: half-open, as the days of a term are."""

    function = "daterange"
    output_field = DateRangeField()


class TermQuerySet(models.QuerySet):
    """The vocabulary of dated roles. `on` is a day in UTC, handed in by the caller."""

    def in_force(self, *, on):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)

    def to_come(self, *, on):
        return self.filter(starts_on__gt=on)


class Term(models.Model):
    """A role held from `starts_on` up to, and not including, `ends_on` (UTC days; open if empty).

    A term is ended once, by setting its last day; nothing else of it ever changes, and it is never deleted
    (a trigger sees to it), so that "who held this then" stays one query. A term ended on the day it
    began is empty.
    """

    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("The first day no longer in force."))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted at"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.CharField(_("reason for the end"), max_length=200, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def last_day(self):
        """The last day in force, as people say it, or None where the end is open."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    def is_in_force(self, *, on) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)


def term_constraints(name: str):
    """The check every table of terms has: no term of no days, but for one ended on the day it began."""
    return models.CheckConstraint(
        name=f"{name}_days",
        condition=Q(ends_on__isnull=True)
        | Q(ends_on__gt=F("starts_on"))
        | Q(ends_on=F("starts_on"), ended_at__isnull=False),
    )


def exclusive(name: str, *columns: str, condition: Q | None = None):
    """No two terms with the same `columns` on any one day, by an exclusion constraint."""
    same = [(column, RangeOperators.EQUAL) for column in columns]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS)],
        condition=condition,
    )


def ended_once(*, personal: Mapping[str, str] | None = None, goes_while_exists: str = ""):
    """The triggers that keep a term as it was granted, but for one ending, and keep it from deletion.

    `personal` are the columns that the erasure of the term's person blanks, each with its blank value in SQL.
    `goes_while_exists` is a statement of SQL: while it finds a row, the term may be taken out, as sealing does.
    """
    erased = ""
    if personal:
        owner = "SELECT user_id FROM members_person WHERE id = OLD.person_id"
        erased = f"IF {only_blanks(personal, owners=owner)} THEN RETURN NEW; END IF; "
    ending = ", ".join(f"'{column}'" for column in ENDING)
    return [
        pgtrigger.Trigger(
            name="ended_once",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=(
                f"{erased}"
                f"IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL "
                f"OR (to_jsonb(OLD) - ARRAY[{ending}]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{ending}]) THEN "
                f"RAISE EXCEPTION 'a term may be ended once, and nothing else of it changes'; "
                f"END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Trigger(
            name="kept",
            operation=pgtrigger.Delete,
            when=pgtrigger.Before,
            func=f"IF EXISTS ({goes_while_exists}) THEN RETURN OLD; END IF; RAISE EXCEPTION 'a term is never deleted';",
        )
        if goes_while_exists
        else pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        kept_whole(),
    ]


def append_only():
    """The triggers of a table whose rows are written once: no update, no delete, no truncation."""
    return [pgtrigger.Protect(name="unchanged", operation=pgtrigger.Update | pgtrigger.Delete), kept_whole()]
