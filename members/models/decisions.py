"""The register of decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices.ballots import Verdict
from members.kernel.terms import append_only
from members.models.ballots import Ballot


class Decision(models.Model):
    """The register: what was decided, under which rule, with which count. Written once."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="decision")
    verdict = models.CharField(_("outcome"), max_length=20, choices=Verdict.choices)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]
        triggers = append_only()

    def __str__(self):
        return self.number
