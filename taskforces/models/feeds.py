"""Calendar addresses: a secret each, by which a calendar reads the meetings of one user."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow


class CalendarFeed(models.Model):
    """The calendar address of a user, of which the digest alone is kept. Ending it takes the row away.

    Nothing is kept about when or from where it is read.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self):
        return str(self.pk)
