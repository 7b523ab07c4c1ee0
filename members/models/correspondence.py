"""What two people write to each other through the portal, where at least one of them is protected."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _


class CorrespondenceQuerySet(models.QuerySet):
    """The vocabulary of correspondence."""

    def of(self, user):
        """Those that somebody is one of the two of."""
        return self.filter(Q(begun_by=user) | Q(written_to=user))

    def between(self, one, other):
        """Those of two people, whoever began."""
        return self.of(one).of(other)

    def open(self):
        return self.filter(ended_on__isnull=True)

    def unread_by(self, user):
        """Those in which somebody has not yet read the last message."""
        return self.filter(unread_by=user)

    def silent_since(self, day):
        """Those in which nothing was written on a day or later."""
        return self.exclude(messages__sent_on__gte=day)

    def latest_first(self):
        """In the order in which anything was last written."""
        return self.order_by("-last_written", "-pk")


class Correspondence(models.Model):
    """An exchange of messages between two people who need not know each other's address.

    `begun_as` and `written_to_as` are the handles under which protected members take part; an unprotected one has
    none. It lasts as long as both are what they were when it began: where a protection is raised, renamed or lowered,
    it ends, so that nothing leads from a handle to a name. `key` is the wrapped key of what is written in it. Only days
    are kept, so that it does not tell at what hour a protected member is at work.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_as = models.CharField(max_length=60, blank=True)
    written_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_to_as = models.CharField(max_length=60, blank=True)
    key = models.TextField()
    unread_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="unread_correspondence"
    )
    last_written = models.PositiveBigIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CorrespondenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("correspondence")
        verbose_name_plural = _("correspondence")
        indexes = [
            models.Index("begun_by", F("last_written").desc(), name="correspondence_of_beginner"),
            models.Index("written_to", F("last_written").desc(), name="correspondence_of_other"),
            models.Index("ended_on", name="correspondence_ended", condition=Q(ended_on__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="correspondence_of_two", condition=~Q(begun_by=F("written_to"))),
            models.CheckConstraint(
                name="correspondence_with_a_handle", condition=~Q(begun_as="") | ~Q(written_to_as="")
            ),
            models.UniqueConstraint(
                Least("begun_by", "written_to"),
                Greatest("begun_by", "written_to"),
                condition=Q(ended_on__isnull=True),
                name="correspondence_open_once",
            ),
        ]

    def __str__(self):
        return str(self.public_id)

    def other_of(self, user):
        """The primary key of the other one's login."""
        return self.written_to_id if user.pk == self.begun_by_id else self.begun_by_id

    def handle_of(self, user_id: int) -> str:
        """The handle under which one of the two takes part, or nothing."""
        return self.begun_as if user_id == self.begun_by_id else self.written_to_as


class Message(models.Model):
    """One message, sealed. It is never changed, and goes with its correspondence."""

    correspondence = models.ForeignKey(Correspondence, models.CASCADE, related_name="messages")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_text = models.TextField()
    sent_on = models.DateField()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]
        indexes = [models.Index("written_by", "sent_on", name="message_sent_in_a_day")]
        triggers = [pgtrigger.Protect(name="unchanged", operation=pgtrigger.Update)]

    def __str__(self):
        return str(self.pk)
