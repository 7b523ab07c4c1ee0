"""The humans of the platform. Read them through `members.queries.people.project`, never field by field."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience
from members.kernel.lines import LineColumn, one_line
from members.kernel.text import fold
from members.models.taxonomies import Country, Expertise, Language, Region


class PersonQuerySet(models.QuerySet):
    """The vocabulary of people."""

    def with_everything(self):
        """What a projection reads, in a fixed number of statements."""
        return self.select_related("user", "country__region__parent__parent__parent").prefetch_related(
            "expertise", "languages", "regions__parent", "narrowings"
        )


class Person(models.Model):
    """A human, with or without a login."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person")
    name = LineColumn(_("name"), max_length=160, help_text=_("As you write it yourself, in any script."))
    latin_name = LineColumn(
        _("name in Latin letters"),
        max_length=160,
        blank=True,
        help_text=_("If your name is written in another script."),
    )
    sort_key = models.CharField(max_length=200, editable=False)
    headline = LineColumn(_("in one line"), max_length=160, blank=True, help_text=_("What you do, for colleagues."))
    biography = models.TextField(_("biography"), max_length=4000, blank=True)
    website = models.URLField(_("website"), blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("country you live in")
    )
    expertise = models.ManyToManyField(Expertise, blank=True, related_name="people", verbose_name=_("expertise"))
    regions = models.ManyToManyField(Region, blank=True, related_name="people", verbose_name=_("regions you work on"))
    languages = models.ManyToManyField(Language, blank=True, related_name="people", verbose_name=_("languages"))
    listed = models.BooleanField(
        _("listed in the directory"),
        default=True,
        help_text=_("Members find you in the directory while you are a member."),
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index("sort_key", "id", name="person_order")]

    def __str__(self):
        return self.shown_name

    def save(self, *args, **kwargs):
        self.sort_key = fold(one_line(self.latin_name) or one_line(self.name))[:200]
        super().save(*args, **kwargs)

    @property
    def shown_name(self) -> str:
        """The name, or for somebody who was erased what is said instead, in the language of the page."""
        return self.name or gettext("Former member")


class Narrowing(models.Model):
    """A field of a profile that its person shows to fewer than the field table lets see it.

    `members.permissions.fields` says which fields may be narrowed, and to whom. Without a row the table's audiences
    hold.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="narrowings")
    field = models.CharField(max_length=40)
    audiences = ArrayField(models.CharField(max_length=20, choices=Audience))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="one_narrowing_of_a_field")]
        indexes = [models.Index("field", name="narrowing_by_field")]

    def __str__(self):
        return f"{self.field}: {', '.join(self.audiences)}"
