"""What a working group reports of a period."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.terms import append_only
from taskforces.models.groups import WorkingGroup


class GroupReport(models.Model):
    """A report as it was filed; it is never changed, and the next one says what has become of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="reports")
    covers_from = models.DateField(_("first day"))
    covers_to = models.DateField(_("last day"))
    done = models.TextField(_("what was done"), max_length=6000)
    obstacles = models.TextField(_("what stood in the way"), max_length=4000, blank=True)
    plans = models.TextField(_("what comes next"), max_length=4000)
    needs = models.TextField(_("what the group needs of the platform"), max_length=4000, blank=True)
    filed_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("report of a working group")
        verbose_name_plural = _("reports of working groups")
        ordering = ["-covers_to", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "covers_to"], name="group_report_once"),
            models.CheckConstraint(name="group_report_period", condition=Q(covers_to__gte=F("covers_from"))),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.group_id} {self.covers_to}"
