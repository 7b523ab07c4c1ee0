"""The humans of the platform. Read them through `members.queries.people.project`, never field by field."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience
from members.choices.profiles import Availability, ContactWay
from members.kernel.lines import LineColumn, one_line
from members.kernel.storage import PrivateStorage
from members.kernel.text import fold
from members.models.profiles import PersonExpertise, PersonLanguage
from members.models.taxonomies import Country, Expertise, Language, Region


class PersonQuerySet(models.QuerySet):
    """The vocabulary of people."""

    def with_everything(self):
        """What a projection reads, in a fixed number of statements."""
        return self.select_related("user", "country__region__parent__parent__parent").prefetch_related(
            Prefetch("expertise_levels", PersonExpertise.objects.select_related("expertise")),
            Prefetch("language_levels", PersonLanguage.objects.select_related("language")),
            "regions__parent",
            "narrowings",
        )

    def of_availability(self, state, *, on):
        """People of one availability on a day. Ask it through `shows`, as of every field."""
        is_over = Q(available_again_on__lte=on)
        return self.filter(
            Q(availability=state) | is_over if state == Availability.OPEN else Q(availability=state) & ~is_over
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
    expertise = models.ManyToManyField(
        Expertise, through=PersonExpertise, blank=True, related_name="people", verbose_name=_("expertise")
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="people", verbose_name=_("regions you work on"))
    languages = models.ManyToManyField(
        Language, through=PersonLanguage, blank=True, related_name="people", verbose_name=_("languages")
    )
    photo = models.FileField(
        _("photo"), storage=PrivateStorage(), max_length=120, blank=True, default="", db_default=""
    )
    availability = models.CharField(
        _("availability for referrals"),
        max_length=20,
        choices=Availability.choices,
        blank=True,
        default="",
        db_default="",
    )
    available_again_on = models.DateField(_("open again from"), null=True, blank=True)
    availability_note = LineColumn(
        _("note on your availability"), max_length=200, blank=True, default="", db_default=""
    )
    contact_by = models.CharField(
        _("how you wish to be contacted"),
        max_length=20,
        choices=ContactWay.choices,
        blank=True,
        default="",
        db_default="",
    )
    contact_note = LineColumn(_("note on contacting you"), max_length=200, blank=True, default="", db_default="")
    listed = models.BooleanField(
        _("listed in the directory"),
        default=True,
        help_text=_("Members find you in the directory while you are a member."),
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index("sort_key", "id", name="person_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(available_again_on__isnull=True)
                | Q(availability__in=[Availability.LIMITED, Availability.NOT_NOW]),
                name="available_again_after_a_pause",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = fold(one_line(self.latin_name) or one_line(self.name))[:200]
        super().save(*args, **kwargs)


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
