"""Organisations of every kind, who works in them, and who speaks for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices.bodies import OrganisationKind, RepresentationRole
from members.kernel.erasing import BLANK_TEXT
from members.kernel.history import remembered
from members.kernel.lines import LineColumn, one_line
from members.kernel.terms import PERSONAL, Term, ended_once, exclusive, term_constraints
from members.kernel.text import fold
from members.models.people import Person
from members.models.taxonomies import Country

PERSON_IS_PROTECTED = "SELECT 1 FROM members_protection protection WHERE protection.person_id = OLD.person_id"
"""For a trigger: whether the row belongs to a protected member, of whom it is put away and comes back."""


class OrganisationQuerySet(models.QuerySet):
    """The vocabulary of organisations."""

    def participating(self, *, on):
        """Organisations that hold a membership on a day."""
        return self.filter(
            Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gt=on), memberships__starts_on__lte=on
        ).distinct()


@remembered("name", "kind", "country", "parent", "website", "about")
class Organisation(models.Model):
    """An institution, ministry, parliament, company or network. It participates while it holds a membership."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = LineColumn(_("name"), max_length=200)
    sort_key = models.CharField(max_length=240, editable=False)
    acronym = LineColumn(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("country of its seat"),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), max_length=4000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index("sort_key", "id", name="organisation_order")]
        permissions = [("manage_organisation", _("Can manage the organisation's page and people"))]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = fold(one_line(self.name))[:240]
        super().save(*args, **kwargs)


class Affiliation(Term):
    """A person's place in an organisation, dated, with the position held."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    position = LineColumn(_("position"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            term_constraints("affiliation"),
            exclusive("affiliation_once_at_a_time", "person", "organisation"),
        ]
        triggers = ended_once(personal=PERSONAL | {"position": BLANK_TEXT}, goes_while_exists=PERSON_IS_PROTECTED)

    def __str__(self):
        return f"{self.person_id} @ {self.organisation_id}"


class Representation(Term):
    """A person speaking for a member organisation. One principal and one alternate at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="representations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="representations")
    role = models.CharField(_("role"), max_length=20, choices=RepresentationRole.choices)

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            term_constraints("representation"),
            exclusive("representation_once_at_a_time", "person", "organisation"),
            exclusive(
                "representation_one_of_a_role",
                "organisation",
                "role",
                condition=Q(role__in=[RepresentationRole.PRINCIPAL, RepresentationRole.ALTERNATE]),
            ),
        ]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.get_role_display()} {self.pk}"
