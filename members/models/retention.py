"""How long things are kept, as data in versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import LegalBasis
from members.choices.retention import Kept
from members.kernel.clock import PortalNow
from members.kernel.terms import append_only


class RetentionPeriod(models.Model):
    """One version of how long rows of a kind are kept. Immutable: a change is a new version."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kept.choices)
    version = models.PositiveIntegerField(_("version"))
    days = models.PositiveIntegerField(_("days"))
    basis = models.CharField(_("why it may be kept"), max_length=20, choices=LegalBasis.choices)
    reason = models.CharField(_("why for so long"), max_length=300)
    created_at = models.DateTimeField(_("created at"), db_default=PortalNow())
    created_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="retention_period_version"),
            models.CheckConstraint(name="retention_period_of_a_day", condition=models.Q(days__gte=1)),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.get_kind_display()} ({self.version})"

    @classmethod
    def current(cls, kind):
        """The newest version for a kind."""
        return cls.objects.filter(kind=kind).order_by("-version").first()
