"""Meetings of working groups, and who means to come."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.lines import LineColumn
from members.models import Person
from taskforces.choices import MeetingState, MinutesAudience, Reply
from taskforces.models.groups import WorkingGroup


class MeetingQuerySet(models.QuerySet):
    """The vocabulary of meetings. `at` is an instant, handed in by the caller."""

    def coming(self, *, at):
        """Those that are not over yet, the next first."""
        return self.filter(state=MeetingState.PLANNED, ends_at__gt=at).order_by("starts_at", "pk")

    def past(self, *, at):
        """Those that are over or were cancelled, the latest first."""
        return self.exclude(state=MeetingState.PLANNED, ends_at__gt=at).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """A meeting of a group: two instants, and the time zone by whose clock it was planned.

    `public_id` names it in addresses and calendars, and never changes; `sequence` grows with each change that a
    calendar shows, and tells a stale window from a fresh one. Place and link are for those who attend alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="meetings")
    title = LineColumn(_("title"), max_length=160)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    place = LineColumn(_("place"), max_length=200, blank=True)
    link = models.URLField(_("online link"), max_length=500, blank=True)
    is_chatham_house = models.BooleanField(_("Chatham House rule"), default=False)
    minutes_for = models.CharField(
        _("who reads approved minutes"), max_length=20, choices=MinutesAudience, default=MinutesAudience.GROUP
    )
    state = models.CharField(_("state"), max_length=20, choices=MeetingState, default=MeetingState.PLANNED)
    cancel_reason = models.TextField(_("reason"), max_length=1000, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=PortalNow())

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index("group", "starts_at", name="meeting_of_group")]
        constraints = [
            models.CheckConstraint(name="meeting_lasts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_cancelled_with_reason",
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def revision(self) -> int:
        return self.sequence

    @property
    def length(self) -> int:
        """How long it lasts, in minutes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


class MeetingAnswer(models.Model):
    """What somebody answers to the invitation, as it is now."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="meeting_answers")
    reply = models.CharField(_("answer"), max_length=10, choices=Reply)
    answered_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("answer to an invitation to a meeting")
        verbose_name_plural = _("answers to invitations to meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meeting_answer_once_each")]

    def __str__(self):
        return f"{self.meeting_id} {self.reply}"
