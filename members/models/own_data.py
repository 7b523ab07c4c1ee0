"""What people ask for about their own data: a download, a correction, an erasure; and what they consented to."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.choices.own_data import TONES, UNDER_WAY, CorrectionState, DownloadState, ErasureState, Purpose
from members.kernel.clock import PortalNow
from members.kernel.storage import DownloadStorage
from members.kernel.terms import append_only, kept_whole


class DownloadQuerySet(models.QuerySet):
    """The vocabulary of downloads. Instants come from the database's clock."""

    def under_way(self):
        return self.filter(state__in=sorted(UNDER_WAY))

    def to_build(self, *, claimed_before):
        """Asked for, and in the hands of no worker that was heard of since an instant."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=claimed_before)
        return self.filter(free, state=DownloadState.ASKED)

    def expired(self, *, at):
        return self.filter(state=DownloadState.READY, expires_at__lte=at)

    def over(self):
        return self.exclude(state__in=sorted(UNDER_WAY))


class Download(models.Model):
    """One download of everything about oneself: asked for, put together by a worker, fetched once, deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="downloads")
    state = models.CharField(max_length=20, choices=DownloadState.choices, default=DownloadState.ASKED)
    asked_at = models.DateTimeField(db_default=PortalNow())
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    parts_done = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=DownloadStorage(), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("download of one's own data")
        verbose_name_plural = _("downloads of one's own data")
        ordering = ["-pk"]
        indexes = [models.Index("state", "expires_at", name="download_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=sorted(UNDER_WAY)), name="one_download_under_way"
            ),
            models.CheckConstraint(
                name="download_ready_has_file",
                condition=Q(state=DownloadState.READY, expires_at__isnull=False) & ~Q(file="")
                | ~Q(state=DownloadState.READY) & Q(file=""),
            ),
        ]

    def __str__(self):
        return f"{self.state} {self.pk}"

    @property
    def tone(self) -> str:
        """The tone of the pill that says where it stands."""
        return TONES[self.state]


class CorrectionQuerySet(models.QuerySet):
    """The vocabulary of requests for a correction."""

    def open(self):
        return self.filter(state=CorrectionState.ASKED)

    def over(self):
        return self.exclude(state=CorrectionState.ASKED)


class Correction(models.Model):
    """A request to correct what one cannot change oneself. `due_on` is the last day of the month the law gives."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="corrections")
    text = models.TextField(_("what is wrong"), max_length=2000)
    state = models.CharField(max_length=20, choices=CorrectionState.choices, default=CorrectionState.ASKED)
    asked_at = models.DateTimeField(db_default=PortalNow())
    due_on = models.DateField()
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a correction")
        verbose_name_plural = _("requests for corrections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=CorrectionState.ASKED), name="one_open_correction"
            ),
            models.CheckConstraint(
                name="correction_by_another",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("user")),
            ),
        ]

    def __str__(self):
        return f"{self.state} {self.pk}"

    @property
    def tone(self) -> str:
        """The tone of the pill that says where it stands."""
        return TONES[self.state]


def ledger():
    """The triggers of the ledger: what was carried out is a fact, and a wait ends once."""
    return [
        pgtrigger.Trigger(
            name="ledger",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=(
                "IF OLD.state <> 'waiting' OR (to_jsonb(OLD) - ARRAY['state', 'ended_at']) "
                "IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['state', 'ended_at']) THEN "
                "RAISE EXCEPTION 'an erasure ends once, and nothing else of it changes'; END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        kept_whole(),
    ]


class ErasureQuerySet(models.QuerySet):
    """The vocabulary of erasures. Instants come from the database's clock."""

    def waiting(self):
        return self.filter(state=ErasureState.WAITING)

    def due(self, *, at):
        return self.waiting().filter(due_at__lte=at)

    def done(self):
        return self.filter(state=ErasureState.DONE)


class Erasure(models.Model):
    """The erasure of a person, asked for and carried out or taken back. Those carried out are the ledger."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasures")
    state = models.CharField(max_length=20, choices=ErasureState.choices, default=ErasureState.WAITING)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["pk"]
        indexes = [models.Index("user", name="erasure_of_a_user", condition=Q(state=ErasureState.DONE))]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=~Q(state=ErasureState.TAKEN_BACK), name="one_erasure_of_a_user"
            ),
            models.CheckConstraint(
                name="erasure_done_when_due",
                condition=~Q(state=ErasureState.DONE) | Q(ended_at__isnull=False, ended_at__gte=F("due_at")),
            ),
        ]
        triggers = ledger()

    def __str__(self):
        return f"{self.state} {self.pk}"

    @property
    def tone(self) -> str:
        """The tone of the pill that says where it stands."""
        return TONES[self.state]


class ConsentQuerySet(models.QuerySet):
    """The vocabulary of consents."""

    def newest_of(self, user):
        """The last word of a user on each purpose."""
        return self.filter(user=user).order_by("purpose", "-pk").distinct("purpose")


class Consent(models.Model):
    """One word of a user on one purpose: given or taken back, and to which version of the text. Written once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField()
    given = models.BooleanField()
    at = models.DateTimeField(db_default=PortalNow())

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-pk"]
        indexes = [models.Index("user", "purpose", "id", name="consent_of_a_user")]
        triggers = append_only()

    def __str__(self):
        return f"{self.purpose} {self.given}"
