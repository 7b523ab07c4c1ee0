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
from members.kernel.terms import append_only
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

    What can be filtered by stands in letters, one for each value (`members.queries.directory_letters`): strung
    together, the letters of everybody found are counted at once. A row with no `readers` is for nobody: it keeps the
    day on which somebody is to be looked at again.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    readers = models.PositiveSmallIntegerField()
    holds_until = models.DateField(null=True)
    since = models.DateField()
    public_id = models.UUIDField()
    sort_key = models.CharField(max_length=200)
    tiers = models.TextField(blank=True)
    region = models.TextField(blank=True)
    country = models.TextField(blank=True)
    availability = models.TextField(blank=True)
    expertise = models.TextField(blank=True)
    languages = models.TextField(blank=True)
    organisations = models.TextField(blank=True)
    changed_in = TransactionField(db_default=ThisTransaction(), editable=False)

    class Meta:
        indexes = [
            models.Index("sort_key", "public_id", name="directory_by_name"),
            models.Index(F("since").desc(), "sort_key", "public_id", name="directory_by_day"),
            models.Index("holds_until", name="directory_due", condition=models.Q(holds_until__isnull=False)),
            models.Index("changed_in", name="directory_by_change"),
        ]
        verbose_name = _("entry of the directory")
        verbose_name_plural = _("entries of the directory")

    def __str__(self):
        return f"{self.person_id} for {self.readers}"


class DirectoryText(models.Model):
    """The words an entry is found by: apart, since they are wide."""

    entry = models.OneToOneField(DirectoryEntry, models.CASCADE, primary_key=True, related_name="text")
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="directory_words", fastupdate=False)]
        verbose_name = _("words of the directory")
        verbose_name_plural = _("words of the directory")

    def __str__(self):
        return f"words of {self.entry_id}"


class DirectoryLine(models.Model):
    """What the line of an entry says in a list."""

    entry = models.OneToOneField(DirectoryEntry, models.CASCADE, primary_key=True, related_name="line")
    content = models.JSONField()

    class Meta:
        verbose_name = _("line of the directory")
        verbose_name_plural = _("lines of the directory")

    def __str__(self):
        return f"line of {self.entry_id}"


class DirectoryCount(models.Model):
    """The counts beside the filters, for one kind of reader on one day with some filters in use (`asked`).

    They hold as long as nothing has changed since `snapshot`, the moment they were taken at.
    """

    reader = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=200)
    on = models.DateField()
    snapshot = models.TextField()
    counts = models.JSONField()

    class Meta:
        verbose_name = _("counts of the directory")
        verbose_name_plural = _("counts of the directory")
        constraints = [models.UniqueConstraint(fields=["reader", "asked"], name="directory_count_once")]

    def __str__(self):
        return f"{self.reader} on {self.on}"


class SavedSearch(models.Model):
    """A search of the directory under a name, for the one who saved it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = LineColumn(_("name"), max_length=80)
    query = models.TextField()
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


class DirectoryExport(models.Model):
    """An export of the directory: by whom, why, of what question, and how much left the portal."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    exported_at = models.DateTimeField(_("exported at"), db_default=PortalNow())
    reason = models.CharField(_("reason"), max_length=300)
    query = models.TextField(_("what was asked"), blank=True)
    columns = ArrayField(models.CharField(max_length=40), verbose_name=_("columns"))
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("export of the directory")
        verbose_name_plural = _("exports of the directory")
        ordering = ["-exported_at", "-pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.rows} rows"
