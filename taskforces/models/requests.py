"""Requests to join a working group."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.models import Person
from taskforces.choices import RequestState
from taskforces.models.groups import WorkingGroup


class JoinRequestQuerySet(models.QuerySet):
    """The vocabulary of requests."""

    def open(self):
        return self.filter(state=RequestState.OPEN)


class JoinRequest(models.Model):
    """A person asking to join a working group; one open request each."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_requests")
    message = models.TextField(_("what you would bring"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField(db_default=PortalNow())
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join a working group")
        verbose_name_plural = _("requests to join working groups")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(state="open"), name="join_request_open_once"
            )
        ]

    def __str__(self):
        return f"{self.group_id}/{self.pk}"
