"""Published outputs: what goes out of a group's library to everybody, and under whose names."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.lines import LineColumn
from members.models import Expertise, Language, Person
from taskforces.choices import BylineState, Licence, OutputKind, OutputState
from taskforces.models.documents import DocumentVersion
from taskforces.models.groups import WorkingGroup


class Output(models.Model):
    """One version of a document, put out for everybody. It is proposed by a chair and published by the Secretariat."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="outputs")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="output")
    title = LineColumn(_("title"), max_length=200)
    abstract = models.TextField(_("abstract"), max_length=3000)
    kind = models.CharField(_("kind of output"), max_length=20, choices=OutputKind)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.CC_BY)
    language = models.ForeignKey(Language, models.PROTECT, related_name="+", verbose_name=_("language"))
    topics = models.ManyToManyField(Expertise, blank=True, related_name="+", verbose_name=_("topics"))
    state = models.CharField(_("state"), max_length=20, choices=OutputState, default=OutputState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(db_default=PortalNow())
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    vector = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(models.F("published_at").desc(), models.F("id").desc(), name="output_newest"),
            GinIndex(fields=["vector"], name="output_words", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="output_published_at",
                condition=Q(state__in=["published", "withdrawn"], published_at__isnull=False)
                | Q(state__in=["proposed", "declined"], published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="output_closed_with_reason",
                condition=Q(state__in=["proposed", "published"], closed_at__isnull=True)
                | Q(state__in=["declined", "withdrawn"], closed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.slug


class OutputAuthor(models.Model):
    """An author of an output: somebody from outside by name alone, or a person, named only as they agreed to be.

    `name` is what is printed. For a person it is empty until they give it.
    """

    output = models.ForeignKey(Output, models.PROTECT, related_name="authors")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="output_bylines")
    name = LineColumn(_("name, as it is printed"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=BylineState)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("author of an output")
        verbose_name_plural = _("authors of outputs")
        ordering = ["output", "place"]
        constraints = [
            models.UniqueConstraint(fields=["output", "place"], name="output_author_place"),
            models.UniqueConstraint(fields=["output", "person"], name="output_author_once"),
            models.CheckConstraint(
                name="output_author_named",
                condition=Q(state="given") & ~Q(name="") | ~Q(state="given") & Q(name="", person__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.output_id}/{self.place}"
