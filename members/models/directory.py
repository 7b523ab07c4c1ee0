"""What the directory is searched in: of each person a row for every set of readers, built from the projection.

Nothing here says more than `members.queries.people` shows those readers. `members.actions.directory.reindex` writes it.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.lines import LineColumn
from members.models.people import Person


class TransactionField(models.Field):
    """The number of a transaction, as PostgreSQL counts them."""

    def db_type(self, connection):
        return "xid8"


class ThisTransaction(Func):
    """The number of the transaction that writes the row."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionField()


class DirectoryEntry(models.Model):
    """A person as a set of readers finds them: narrow, so that a hundred thousand are read in a moment.

    A row with no `readers` is for nobody: it keeps the day on which somebody is to be looked at again.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    readers = models.PositiveSmallIntegerField()
    holds_until = models.DateField(null=True)
    since = models.DateField(null=True)
    tiers = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    availability = models.CharField(max_length=20, blank=True)
    public_id = models.UUIDField()
    sort_key = models.CharField(max_length=200)
    expertise = ArrayField(models.BigIntegerField(), default=list)
    languages = ArrayField(models.BigIntegerField(), default=list)
    organisations = ArrayField(models.BigIntegerField(), default=list)
    changed_in = TransactionField(db_default=ThisTransaction(), editable=False)

    class Meta:
        indexes = [
            models.Index("sort_key", "public_id", name="directory_by_name"),
            models.Index(F("since").desc(), "sort_key", "public_id", name="directory_by_day"),
            models.Index("person", name="directory_by_person"),
            models.Index("holds_until", name="directory_due", condition=models.Q(holds_until__isnull=False)),
            models.Index("changed_in", name="directory_by_change"),
        ]
        verbose_name = _("entry of the directory")
        verbose_name_plural = _("entries of the directory")

    def __str__(self):
        return f"{self.person_id} for {self.readers}"


class DirectoryText(models.Model):
    """The words an entry is found by, and what its line says: apart, since they are wide."""

    entry = models.OneToOneField(DirectoryEntry, models.CASCADE, primary_key=True, related_name="text")
    vector = SearchVectorField()
    line = models.JSONField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="directory_words", fastupdate=False)]
        verbose_name = _("words of the directory")
        verbose_name_plural = _("words of the directory")

    def __str__(self):
        return f"words of {self.entry_id}"


class DirectoryCount(models.Model):
    """The counts beside the filters while none is in use, for one kind of reader on one day.

    They hold as long as nothing has changed since `snapshot`, the moment they were taken at.
    """

    reader = models.PositiveSmallIntegerField(primary_key=True)
    on = models.DateField()
    snapshot = models.TextField()
    counts = models.JSONField()

    class Meta:
        verbose_name = _("counts of the directory")
        verbose_name_plural = _("counts of the directory")

    def __str__(self):
        return f"{self.reader} on {self.on}"


class SavedSearch(models.Model):
    """A search of the directory under a name, for the one who saved it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = LineColumn(_("name"), max_length=80)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_search_name_once")]

    def __str__(self):
        return self.name


class ReadingDay(models.Model):
    """Whose profiles somebody was shown on one day (UTC), to count them; nobody reads it and it goes the day after."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    on = models.DateField()
    people = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "on"], name="reading_day_once")]
        verbose_name = _("reading day")
        verbose_name_plural = _("reading days")

    def __str__(self):
        return f"{self.user_id} on {self.on}"
