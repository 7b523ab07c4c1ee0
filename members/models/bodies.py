"""Collectives that hold rights, the terms that put people into them, and grants on single rows."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from members.choices.bodies import OF_UPPER_APPS, SINGLE_BODIES, BodyKind, SeatRole, StaffRole
from members.kernel.terms import PERSONAL, Term, ended_once, exclusive, term_constraints
from members.models.organisations import Organisation
from members.models.people import Person
from members.models.tiers import Tier


class Body(models.Model):
    """Any collective that can hold rights or take part. It has one Group; who is in it follows dated terms."""

    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    group = models.OneToOneField(Group, models.PROTECT, related_name="body")
    tier = models.OneToOneField(Tier, models.PROTECT, null=True, blank=True, related_name="body")
    organisation = models.OneToOneField(Organisation, models.PROTECT, null=True, blank=True, related_name="body")

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=SINGLE_BODIES),
                name="body_one_of_a_kind",
            ),
            models.CheckConstraint(
                name="body_belongs",
                condition=Q(kind=BodyKind.TIER, tier__isnull=False, organisation__isnull=True)
                | Q(kind=BodyKind.REPRESENTATIVES, organisation__isnull=False, tier__isnull=True)
                | Q(kind__in=[*SINGLE_BODIES, *OF_UPPER_APPS], tier__isnull=True, organisation__isnull=True),
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.tier or self.get_kind_display())


class SteeringSeat(models.Model):
    """A place on the steering committee. The seat votes, not the login; it belongs to a steering member."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    organisation = models.OneToOneField(Organisation, models.PROTECT, null=True, blank=True, related_name="seat")
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="seat")
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("steering seat")
        verbose_name_plural = _("steering seats")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="seat_of_one_member",
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
            )
        ]

    def __str__(self):
        return str(_("Seat {number}")).format(number=self.number)


class SeatTerm(Term):
    """A person filling a steering seat as principal or alternate. Nobody fills two seats."""

    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seat_terms")
    role = models.CharField(_("role"), max_length=20, choices=SeatRole.choices)

    class Meta:
        verbose_name = _("term on a seat")
        verbose_name_plural = _("terms on seats")
        constraints = [
            term_constraints("seat_term"),
            exclusive("seat_term_one_of_a_role", "seat", "role"),
            exclusive("seat_term_nobody_twice", "person"),
        ]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.seat} {self.get_role_display()}"


class ChairTerm(Term):
    """A person chairing the steering committee."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="chair_terms")

    class Meta:
        verbose_name = _("term as chair")
        verbose_name_plural = _("terms as chair")
        constraints = [
            term_constraints("chair_term"),
            exclusive("chair_term_one_at_a_time"),
        ]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.person_id} {self.starts_on}"


class StaffTerm(Term):
    """A person serving in the Secretariat."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="staff_terms")
    role = models.CharField(_("role"), max_length=20, choices=StaffRole.choices)

    class Meta:
        verbose_name = _("term in the Secretariat")
        verbose_name_plural = _("terms in the Secretariat")
        constraints = [term_constraints("staff_term"), exclusive("staff_term_one_post_each", "person")]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.get_role_display()} {self.pk}"


class NumberSeries(models.Model):
    """The last number given in a series and year; see `members.kernel.numbers`."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="number_series_once")]

    def __str__(self):
        return f"{self.series}-{self.year}-{self.last}"


class OrganisationGroupPermission(GroupObjectPermissionBase):
    """A grant to a body on one organisation."""

    content_object = models.ForeignKey(Organisation, models.CASCADE)
