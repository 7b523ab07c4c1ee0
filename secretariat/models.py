"""Notices: written with the act they tell of, read in the inbox, sent by mail after it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.models import AuditEvent
from secretariat.choices import Kind, NoticeState


class NoticeQuerySet(models.QuerySet):
    """The vocabulary of notices. Instants come from the database's clock."""

    def in_inbox_of(self, user):
        return self.filter(user_id=user.pk, in_inbox=True)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def waiting(self):
        """Mails that have not left and are to leave by themselves."""
        return self.filter(state__in=[NoticeState.NEW, NoticeState.SENDING])

    def due(self, *, at, reserved_before):
        """Mails to send now that no worker has reserved since `reserved_before`."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=reserved_before)
        return self.filter(free, state=NoticeState.NEW, not_before__lte=at)

    def abandoned(self, *, since):
        """Mails on their way in the hands of a worker that has not been heard of since an instant."""
        return self.filter(state=NoticeState.SENDING, claimed_at__lt=since)

    def to_strangers(self):
        """To addresses without an account."""
        return self.filter(user__isnull=True)

    def with_what_it_tells(self):
        """The reader, and the text of an account's mail, in one statement."""
        return self.select_related("user__protection", "event__target_type", "text")


class Notice(models.Model):
    """One message to one reader about one event.

    The reader is a user, whose address is read when the mail leaves, or an e-mail address without an account.
    `facts` hold ids and codes only; names are read for the reader when the message is built. A worker that sends
    reserves rows under a `claim` of its own and marks each as sending before it hands it over.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        AuditEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reader")
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    facts = models.JSONField(_("facts"), default=dict)
    in_inbox = models.BooleanField(_("in the inbox"), default=True)
    written_at = models.DateTimeField(_("written at"), db_default=PortalNow())
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    state = models.CharField(_("mail"), max_length=20, choices=NoticeState.choices, default=NoticeState.NEW)
    not_before = models.DateTimeField(_("not before"), db_default=PortalNow())
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    interruptions = models.PositiveSmallIntegerField(
        _("interruptions"), default=0, help_text=_("How often a worker was lost while it sent this.")
    )
    is_repeat = models.BooleanField(
        _("may be a repetition"),
        default=False,
        help_text=_("An earlier attempt may have arrived, and the mail says so."),
    )
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=120, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        indexes = [
            models.Index("user", models.F("id").desc(), name="notice_inbox", condition=Q(in_inbox=True)),
            models.Index("user", name="notice_unread", condition=Q(in_inbox=True, read_at__isnull=True)),
            models.Index("not_before", "id", name="notice_due", condition=Q(state=NoticeState.NEW)),
            models.Index("claimed_at", name="notice_on_its_way", condition=Q(state=NoticeState.SENDING)),
            models.Index("written_at", name="notice_to_strangers", condition=Q(user__isnull=True)),
            models.Index(
                "state", name="notice_troubled", condition=Q(state__in=[NoticeState.DEAD, NoticeState.UNCERTAIN])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_of_one_reader",
                condition=Q(user__isnull=False, address="") | (Q(user__isnull=True) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="notice_inbox_needs_a_user", condition=Q(in_inbox=False) | Q(user__isnull=False)
            ),
            models.CheckConstraint(
                name="notice_goes_somewhere", condition=Q(in_inbox=True) | ~Q(state=NoticeState.INBOX)
            ),
            models.CheckConstraint(
                name="notice_sent_has_time",
                condition=Q(state=NoticeState.SENT, sent_at__isnull=False)
                | (~Q(state=NoticeState.SENT) & Q(sent_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["event", "user"], condition=Q(user__isnull=False), name="notice_once_to_a_user"
            ),
            models.UniqueConstraint(
                fields=["event", "address"], condition=Q(user__isnull=True), name="notice_once_to_an_address"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.public_id}"

    @property
    def message_id(self) -> str:
        """The Message-ID of every mail of this notice, whichever attempt sends it."""
        return f"<{self.public_id}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


class NoticeText(models.Model):
    """The text of a mail about an account, which may hold a secret: deleted as soon as the mail has left."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="text")
    subject = models.CharField(max_length=200)
    plain = models.TextField()
    html = models.TextField(blank=True)

    class Meta:
        verbose_name = _("text of a notice")
        verbose_name_plural = _("texts of notices")

    def __str__(self):
        return f"{self.notice_id}"


class Heartbeat(models.Model):
    """When a part of the portal last said that it lives."""

    name = models.CharField(_("part"), max_length=40, unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self):
        return self.name
