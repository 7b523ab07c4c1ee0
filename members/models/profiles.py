"""What people say of themselves in lists: expertise and languages with levels, posts, publications, separations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.choices.profiles import ExpertiseLevel, LanguageLevel
from members.kernel.lines import LineColumn
from members.models.taxonomies import Expertise, Language


class PersonExpertise(models.Model):
    """A field of expertise of a person. Nothing said of the level is an empty string."""

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="expertise_levels")
    expertise = models.ForeignKey(Expertise, models.CASCADE, related_name="+", verbose_name=_("field of expertise"))
    level = models.CharField(
        _("level"), max_length=20, choices=ExpertiseLevel.choices, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("expertise of a person")
        verbose_name_plural = _("expertise of people")
        db_table = "members_person_expertise"
        ordering = ["expertise__code"]
        constraints = [models.UniqueConstraint(fields=["person", "expertise"], name="expertise_once_a_person")]

    def __str__(self):
        return f"{self.person_id}: {self.expertise_id}"


class PersonLanguage(models.Model):
    """A language of a person. Nothing said of the level is an empty string."""

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="language_levels")
    language = models.ForeignKey(Language, models.CASCADE, related_name="+", verbose_name=_("language"))
    level = models.CharField(
        _("level"), max_length=20, choices=LanguageLevel.choices, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("language of a person")
        verbose_name_plural = _("languages of people")
        db_table = "members_person_languages"
        ordering = ["language__label"]
        constraints = [models.UniqueConstraint(fields=["person", "language"], name="language_once_a_person")]

    def __str__(self):
        return f"{self.person_id}: {self.language_id}"


class DeclaredPosition(models.Model):
    """A post that a person says they hold or held. What the platform itself recorded is an `Affiliation`."""

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="positions")
    organisation = LineColumn(_("organisation"), max_length=200)
    title = LineColumn(_("what you are or were there"), max_length=160, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    to_year = models.PositiveSmallIntegerField(_("to the year"), null=True, blank=True)

    class Meta:
        verbose_name = _("declared position")
        verbose_name_plural = _("declared positions")
        ordering = [F("to_year").desc(nulls_first=True), "-from_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(to_year__gte=F("from_year")), name="position_ends_after_it_began"
            )
        ]

    def __str__(self):
        return self.organisation


class Publication(models.Model):
    """A work that a person names, in the order the person gives."""

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="publications")
    place = models.PositiveSmallIntegerField()
    title = LineColumn(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"))
    appeared_in = LineColumn(_("where it appeared"), max_length=200, blank=True)
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("language")
    )
    address = models.URLField(_("web address or DOI"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["place", "pk"]

    def __str__(self):
        return self.title


class Separation(models.Model):
    """Somebody or something a person does not want to be connected with: chosen, or in words.

    The Secretariat reads it so as not to bring the two together; nobody else ever does but the person.
    """

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="separations")
    words = LineColumn(_("name"), max_length=200, blank=True)
    from_person = models.ForeignKey("members.Person", models.CASCADE, null=True, blank=True, related_name="+")
    from_organisation = models.ForeignKey(
        "members.Organisation", models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = LineColumn(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("separation")
        verbose_name_plural = _("separations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_person__isnull=False, from_organisation__isnull=True, words="")
                | Q(from_person__isnull=True, from_organisation__isnull=False, words="")
                | Q(from_person__isnull=True, from_organisation__isnull=True) & ~Q(words=""),
                name="separation_from_one",
            ),
            models.CheckConstraint(
                condition=Q(from_person__isnull=True) | ~Q(from_person=F("person")), name="separation_from_another"
            ),
            models.UniqueConstraint(fields=["person", "from_person"], name="separation_once_a_person"),
            models.UniqueConstraint(fields=["person", "from_organisation"], name="separation_once_an_organisation"),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.pk}"
