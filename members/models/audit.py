"""The audit record: trail, timeline and the only trigger of notices."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices.verbs import Verb
from members.kernel.clock import PortalNow
from members.kernel.terms import append_only


class AuditEventQuerySet(models.QuerySet):
    """The vocabulary of the record."""

    def about(self, target):
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)


class AuditEvent(models.Model):
    """One act, written in the transaction of the act. Its facts hold ids, numbers and codes, never personal data."""

    at = models.DateTimeField(_("at"), db_default=PortalNow())
    verb = models.CharField(_("verb"), max_length=60, choices=Verb.choices)
    target_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    target_id = models.BigIntegerField(null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    facts = models.JSONField(_("facts"), default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-pk"]
        indexes = [
            models.Index("target_type", "target_id", "id", name="audit_of_a_thing"),
            models.Index("verb", "id", name="audit_of_a_verb"),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.pk} {self.verb}"
