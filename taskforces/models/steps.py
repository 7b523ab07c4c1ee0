"""How a working group came to where it stands."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.terms import append_only
from taskforces.choices import GroupState
from taskforces.models.groups import WorkingGroup


class GroupStep(models.Model):
    """A working group entering a state: when, by whose act, and why. Written once."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=20, choices=GroupState)
    reason = models.TextField(_("reason"), max_length=1000)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("step of a working group")
        verbose_name_plural = _("steps of working groups")
        ordering = ["pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.group_id} {self.state}"
