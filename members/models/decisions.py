"""The register of decisions."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices.ballots import Verdict
from members.kernel.terms import kept_whole
from members.models.ballots import Ballot


def decided_once():
    """The triggers that keep a decision as it was made; its reasons are given once, later."""
    return [
        pgtrigger.Trigger(
            name="decided_once",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=(
                "IF OLD.reasons <> '' OR NEW.reasons = '' "
                "OR (to_jsonb(OLD) - 'reasons') IS DISTINCT FROM (to_jsonb(NEW) - 'reasons') THEN "
                "RAISE EXCEPTION 'a decision is given its reasons once, and nothing else of it changes'; "
                "END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        kept_whole(),
    ]


class Decision(models.Model):
    """The register: what was decided, under which rule, with which count. Written once.

    The reasons of a refusal are those the Secretariat gives the applicant in the letter: what seats wrote was written
    for the committee. The register is public and they are not: see `queries.decisions.told_to`.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="decision")
    verdict = models.CharField(_("outcome"), max_length=20, choices=Verdict.choices)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]
        triggers = decided_once()

    def __str__(self):
        return self.number
