"""Requests to restore a lost second factor."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.choices.factors import OPEN, UNCONFIRMED, FactorState, Identity, StoppedBy
from members.kernel.clock import PortalNow


class LostFactorQuerySet(models.QuerySet):
    """The vocabulary of requests. Instants come from the database's clock."""

    def open(self):
        return self.filter(state__in=sorted(OPEN))

    def over(self):
        return self.exclude(state__in=sorted(OPEN))

    def unconfirmed(self, *, since):
        """Those that were asked for before an instant and have not had both officers."""
        return self.filter(state__in=sorted(UNCONFIRMED), asked_at__lte=since)

    def due(self, *, at):
        return self.filter(state=FactorState.WAITING, due_at__lte=at)

    def awaiting(self, officer):
        """Those that wait for an officer who may be this one."""
        second = Q(state=FactorState.CHECKED) & ~Q(first_officer=officer)
        return self.filter(Q(state=FactorState.ASKED) | second).exclude(user=officer)


class LostFactor(models.Model):
    """One request to restore the second factor of a login, and how far it has come.

    The secret of the link that stops it is derived from `public_id`, and only its digest is kept, as with entry links.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lost_factors")
    state = models.CharField(max_length=20, choices=FactorState.choices, default=FactorState.ASKED)
    asked_at = models.DateTimeField(db_default=PortalNow())
    identity = models.CharField(max_length=20, choices=Identity.choices, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    first_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    second_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=20, choices=StoppedBy.choices, blank=True)
    stop_reason = models.TextField(max_length=1000, blank=True)

    objects = LostFactorQuerySet.as_manager()

    class Meta:
        verbose_name = _("lost second factor")
        verbose_name_plural = _("lost second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=sorted(OPEN)), name="one_open_request_for_a_factor"
            ),
            models.CheckConstraint(
                name="factor_officers_differ",
                condition=Q(second_officer__isnull=True) | ~Q(second_officer=F("first_officer")),
            ),
            models.CheckConstraint(
                name="factor_officers_are_others",
                condition=(Q(first_officer__isnull=True) | ~Q(first_officer=F("user")))
                & (Q(second_officer__isnull=True) | ~Q(second_officer=F("user"))),
            ),
            models.CheckConstraint(
                name="factor_waits_after_two_officers",
                condition=~Q(state__in=[FactorState.WAITING, FactorState.RESTORED])
                | Q(first_officer__isnull=False, second_officer__isnull=False, due_at__isnull=False),
            ),
        ]
        indexes = [models.Index("state", "due_at", name="factor_due")]

    def __str__(self):
        return f"{self.get_state_display()} {self.pk}"
