"""Governed lists: expertise, regions, countries, languages. Entries are retired, never deleted."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.kernel.history import remembered


class EntryQuerySet(models.QuerySet):
    """The vocabulary of a governed list."""

    def in_use(self):
        return self.filter(retired_on__isnull=True)

    def of_codes(self, codes):
        """The entries that codes stand for now, those of merged entries included. A merge is never of two steps."""
        return self.filter(
            models.Q(code__in=codes, merged_into__isnull=True) | models.Q(merged__code__in=codes)
        ).distinct()

    def merged_away(self):
        return self.filter(merged_into__isnull=False).select_related("merged_into")


class Governed(models.Model):
    """What all governed lists share: an entry is retired, or merged into another of its list, and its code resolves."""

    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True


class Entry(Governed):
    """One entry of a governed list. Its code is stable; its label is shown, translated where a translation exists."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    label = models.CharField(_("label"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self):
        return gettext(self.label)


@remembered("code", "label", "retired_on", "parent")
class Expertise(Entry):
    """A field of expertise, in two levels."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = _("field of expertise")
        verbose_name_plural = _("fields of expertise")
        ordering = ["code"]


@remembered("code", "label", "retired_on", "parent")
class Region(Entry):
    """A region of the United Nations' M49 standard; its code is the M49 number."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    @property
    def continent(self):
        """The region of the first level that this one lies in: Africa, Americas, Asia, Europe or Oceania."""
        region = self
        while region.parent_id and region.parent.parent_id:
            region = region.parent
        return region


@remembered("code", "label", "retired_on", "endonym")
class Language(Entry):
    """A language, by its ISO 639 code."""

    endonym = models.CharField(_("own name"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["label"]


@remembered("code", "region")
class Country(Governed):
    """A country or area by its ISO 3166 code, placed in an M49 region. Its name comes from django-countries."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="countries", verbose_name=_("region"))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self):
        return countries.name(self.code) or self.code
