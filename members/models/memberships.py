"""A person or organisation in a tier over a period, with the decision that granted it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.terms import PERSONAL, Term, TermQuerySet, ended_once, exclusive, term_constraints
from members.models.decisions import Decision
from members.models.organisations import Organisation
from members.models.people import Person
from members.models.tiers import Tier, TierTerms


class MembershipQuerySet(TermQuerySet):
    """The vocabulary of memberships."""

    def with_holder(self):
        return self.select_related("tier", "terms", "person", "organisation__country__region", "decision")


class Membership(Term):
    """A term in a tier, held by a person or by an organisation; one at a time for each holder."""

    tier = models.ForeignKey(Tier, models.PROTECT, related_name="memberships")
    terms = models.ForeignKey(TierTerms, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="memberships")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="memberships")
    founding = models.BooleanField(
        _("founding membership"), default=False, help_text=_("Held since the founding, before there were ballots.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            term_constraints("membership"),
            models.CheckConstraint(
                name="membership_of_one_holder",
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_by_decision_or_founding",
                condition=Q(decision__isnull=False, founding=False) | Q(decision__isnull=True, founding=True),
            ),
            exclusive("membership_one_of_a_person", "person", condition=Q(person__isnull=False)),
            exclusive("membership_one_of_an_organisation", "organisation", condition=Q(organisation__isnull=False)),
        ]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.tier_id} {self.starts_on}"

    @property
    def holder(self):
        """The person or the organisation."""
        return self.person or self.organisation
