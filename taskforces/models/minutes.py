"""What is kept of a meeting: agenda, attendance, minutes with corrections, and what somebody took on."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.erasing import kept_whole
from members.kernel.lines import LineColumn
from members.kernel.terms import append_only
from members.models import Person
from taskforces.choices import MinutesState
from taskforces.models.groups import WorkingGroup
from taskforces.models.meetings import Meeting


def frozen_with_minutes(*free: str) -> pgtrigger.Trigger:
    """The trigger that keeps rows of a meeting as they are once its minutes are approved, but for the `free` columns.

    What an erasure or the end of a task changes may be free; nothing is added and nothing taken away.
    """
    columns = ", ".join(f"'{column}'" for column in free)
    let_through = (
        f"IF TG_OP = 'UPDATE' THEN "
        f"IF (to_jsonb(OLD) - ARRAY[{columns}]) = (to_jsonb(NEW) - ARRAY[{columns}]) THEN RETURN NEW; END IF; "
        f"END IF; "
        if free
        else ""
    )
    return pgtrigger.Trigger(
        name="frozen_with_minutes",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=(
            f"{let_through}"  # noqa: S608 - of our own words
            f"IF EXISTS (SELECT 1 FROM taskforces_minutes WHERE state = '{MinutesState.APPROVED}' "
            f"AND meeting_id IN (OLD.meeting_id, NEW.meeting_id)) THEN "
            f"RAISE EXCEPTION 'the minutes of this meeting are approved: rows of % stay as they are', TG_TABLE_NAME; "
            f"END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


class AgendaItem(models.Model):
    """A matter on the agenda, and what came of it. One that waits for the chairs is not `is_taken_up` yet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"))
    title = LineColumn(_("title"), max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    is_taken_up = models.BooleanField(default=True)
    discussion = models.TextField(_("what was said"), max_length=8000, blank=True)
    decision = models.TextField(_("decision"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order", "pk"]
        triggers = [frozen_with_minutes()]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """Somebody was at a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="meetings_attended")

    class Meta:
        verbose_name = _("attendance at a meeting")
        verbose_name_plural = _("attendance at meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once_each")]
        triggers = [frozen_with_minutes()]

    def __str__(self):
        return f"{self.meeting_id}/{self.person_id}"


class Minutes(models.Model):
    """The minutes of a meeting beside what stands with the items of its agenda. Once approved, they are frozen."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    state = models.CharField(_("state"), max_length=20, choices=MinutesState, default=MinutesState.DRAFT)
    summary = models.TextField(_("summary"), max_length=8000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    circulated_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                name="minutes_approved_after_circulation",
                condition=~Q(state=MinutesState.APPROVED)
                | Q(circulated_at__isnull=False, approved_at__gte=models.F("circulated_at")),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="approved_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=(
                    f"IF OLD.state = '{MinutesState.APPROVED}' THEN "
                    f"RAISE EXCEPTION 'approved minutes never change; a correction is a note'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            kept_whole(),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.state}"


class MinutesNote(models.Model):
    """A correction of approved minutes, which stands below them. Written once."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="notes")
    text = models.TextField(_("correction"), max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering = ["pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.minutes_id}/{self.pk}"


class ActionItemQuerySet(models.QuerySet):
    """The vocabulary of tasks."""

    def open(self):
        return self.filter(done_on__isnull=True)

    def open_at(self, meeting):
        """Those from earlier meetings of the group that were open when a meeting began: carried to its agenda."""
        day = meeting.starts_at.date()
        earlier = self.filter(group=meeting.group_id, meeting__starts_at__lt=meeting.starts_at)
        return earlier.filter(Q(done_on__isnull=True) | Q(done_on__gte=day)).order_by("due_on", "pk")


class ActionItem(models.Model):
    """What somebody took on at a meeting. While it is open, it is carried to the next agenda."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="action_items")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_items")
    text = models.TextField(_("what is to be done"), max_length=1000)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), max_length=1000, blank=True)
    given_at = models.DateTimeField(db_default=PortalNow())

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["pk"]
        indexes = [models.Index("group", "done_on", name="action_item_of_group")]
        triggers = [frozen_with_minutes("owner_id", "done_on", "outcome")]

    def __str__(self):
        return self.text[:60]
