"""What a working group means to reach."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.lines import LineColumn
from taskforces.choices import MilestoneState
from taskforces.models.groups import WorkingGroup


class Milestone(models.Model):
    """Something a group means to reach, with a date if it has one, and with what shows that it was reached.

    Who proposed it and who took it on is on the record, and on no page.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="milestones")
    title = LineColumn(_("what is to be reached"), max_length=200)
    details = models.TextField(_("details"), max_length=2000, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=MilestoneState, default=MilestoneState.PROPOSED)
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    entered_at = models.DateTimeField(db_default=PortalNow())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("milestone of a working group")
        verbose_name_plural = _("milestones of working groups")
        ordering = ["due_on", "pk"]
        indexes = [models.Index("group", "state", name="milestone_of_group")]
        constraints = [
            models.CheckConstraint(
                name="milestone_ended_with_words",
                condition=Q(state__in=["reached", "dropped"], ended_at__isnull=False) & ~Q(outcome="")
                | Q(state__in=["proposed", "current"], ended_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.title
