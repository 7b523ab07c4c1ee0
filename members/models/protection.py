"""Protected members: what is sealed of them, who keeps watch over it, and who asked to see it."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience
from members.choices.protection import OPEN_UNSEALINGS, UnsealingState
from members.kernel.clock import PortalNow
from members.kernel.terms import PERSONAL, Term, ended_once, exclusive, kept_whole, term_constraints
from members.models.organisations import Organisation
from members.models.people import Person
from members.models.taxonomies import Region


class ProtectionQuerySet(models.QuerySet):
    """The vocabulary of protection."""

    def sealed(self):
        """Those that hold something: all but of people who were erased."""
        return self.exclude(key="")

    def due(self, *, at):
        """Protections whose owner asked to lower them, and whose waiting time is over."""
        return self.filter(lowers_at__lte=at)

    def listed_for(self, audiences):
        """Those listed under their handle for one of these audiences."""
        return self.filter(listed_for__overlap=sorted(audiences))


class Protection(models.Model):
    """That a person is protected, and everything that is sealed of them.

    `identity` is sealed by a key that is kept in `key`, wrapped by a key outside the database. `public_id` and the
    handle are made anew at each raising, so that nothing that was known of the person before leads to them. Of somebody
    who was erased it holds nothing, and goes on hiding that they were there.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="protection")
    person = models.OneToOneField(Person, models.CASCADE, null=True, blank=True, related_name="protection")
    handle = models.CharField(max_length=60, unique=True)
    avatar = models.PositiveIntegerField()
    listed_for = ArrayField(models.CharField(max_length=20, choices=Audience), default=list, blank=True)
    takes_messages = models.BooleanField(default=True, db_default=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField(db_default=PortalNow())
    lowers_at = models.DateTimeField(null=True, blank=True)
    key = models.TextField()
    identity = models.TextField()

    objects = ProtectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("protection")
        verbose_name_plural = _("protections")
        indexes = [models.Index("lowers_at", name="protection_due", condition=Q(lowers_at__isnull=False))]

    def __str__(self):
        return self.handle


class CustodianTerm(Term):
    """A person who, with another of another institution, decides who may see a sealed identity."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="custodian_terms")

    class Meta:
        verbose_name = _("term as custodian")
        verbose_name_plural = _("terms as custodian")
        constraints = [term_constraints("custodian_term"), exclusive("custodian_term_once_each", "person")]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.person_id} {self.starts_on}"


class UnsealingQuerySet(models.QuerySet):
    """The vocabulary of requests to see an identity."""

    def open(self):
        return self.filter(state__in=sorted(OPEN_UNSEALINGS))


class Unsealing(models.Model):
    """A request to see who stands behind a handle. It is kept when the protection is lowered or the person erased.

    `handle` is as it was typed: whether anybody goes by it is not said before two custodians have agreed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handle = models.CharField(_("handle"), max_length=60)
    protection = models.ForeignKey(
        Protection, models.SET_NULL, null=True, blank=True, related_name="unsealings", db_constraint=True
    )
    reason = models.TextField(_("reason"), max_length=2000)
    state = models.CharField(_("state"), max_length=20, choices=UnsealingState.choices, default=UnsealingState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=PortalNow())
    approved_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_in = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = UnsealingQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to see an identity")
        verbose_name_plural = _("requests to see an identity")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "handle"],
                condition=Q(state__in=sorted(OPEN_UNSEALINGS)),
                name="unsealing_asked_once",
            ),
            models.CheckConstraint(
                name="unsealing_looked_after_approval",
                condition=Q(looked_at__isnull=True) | Q(approved_at__isnull=False, looked_at__gte=F("approved_at")),
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} {self.pk}"


class Custody(models.Model):
    """What one custodian decided about a request. Two of two institutions approve, or one declines. Never changed."""

    unsealing = models.ForeignKey(Unsealing, models.PROTECT, related_name="custodies")
    custodian = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    approves = models.BooleanField()
    note = models.TextField(_("note"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("decision of a custodian")
        verbose_name_plural = _("decisions of custodians")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["unsealing", "custodian"], name="custody_once_each"),
            models.UniqueConstraint(fields=["unsealing", "organisation"], name="custody_of_two_institutions"),
        ]
        triggers = [
            pgtrigger.Protect(name="unchanged", operation=pgtrigger.Update | pgtrigger.Delete),
            kept_whole(),
        ]

    def __str__(self):
        return f"{self.unsealing_id} {self.custodian_id}"
