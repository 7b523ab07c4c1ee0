"""Invitations into a working group."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.models import Person
from taskforces.choices import InvitationState, SeatKind
from taskforces.models.groups import WorkingGroup


class GroupInvitationQuerySet(models.QuerySet):
    """The vocabulary of invitations."""

    def open(self):
        return self.filter(state=InvitationState.OPEN)


class GroupInvitation(models.Model):
    """A member asked into a working group in a role; one open invitation each."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_invitations")
    role = models.CharField(_("role"), max_length=20, choices=SeatKind)
    state = models.CharField(_("state"), max_length=20, choices=InvitationState, default=InvitationState.OPEN)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(db_default=PortalNow())
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation into a working group")
        verbose_name_plural = _("invitations into working groups")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(state="open"), name="group_invitation_open_once"
            )
        ]

    def __str__(self):
        return f"{self.group_id}/{self.pk}"
