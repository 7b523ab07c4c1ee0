"""Kinds of working groups: what sets a task force apart from a committee is a row here, and no code."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforces.choices import Feature, SeatKind, WayIn


class GroupKind(models.Model):
    """One kind, with the settings that all its groups go by from the moment they are saved."""

    key = models.SlugField(_("short name"), max_length=40, unique=True, help_text=_("As it stands in addresses."))
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what it is for"), max_length=300, blank=True)
    joined_by = models.CharField(_("how one joins"), max_length=20, choices=WayIn, default=WayIn.APPROVAL)
    roles = ArrayField(
        models.CharField(max_length=20, choices=SeatKind),
        verbose_name=_("roles"),
        help_text=_("What people can be in its groups."),
    )
    features = ArrayField(
        models.CharField(max_length=20, choices=Feature),
        verbose_name=_("features"),
        default=list,
        blank=True,
        help_text=_("What its groups have besides their people."),
    )
    report_every = models.PositiveSmallIntegerField(
        _("months between reports"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
        help_text=_("How often its groups report, if they report at all."),
    )
    smallest_size = models.PositiveSmallIntegerField(
        _("smallest size"), default=3, help_text=_("Chairs and Secretariat are told when a group has fewer people.")
    )
    has_public_page = models.BooleanField(
        _("public page"), default=True, help_text=_("Whether visitors see what its groups are.")
    )

    class Meta:
        verbose_name = _("kind of working group")
        verbose_name_plural = _("kinds of working groups")
        ordering = ["name"]

    def __str__(self):
        return gettext(self.name)

    def has(self, feature: Feature) -> bool:
        """Whether the groups of this kind have something besides their people."""
        return feature in self.features
