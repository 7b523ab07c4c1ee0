"""The four tiers of membership, as data in versions, and the rules by which their applications are decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices.applications import HolderKind
from members.kernel.clock import PortalNow
from members.kernel.terms import append_only


class DecisionRule(models.Model):
    """One version of a rule by which the steering committee decides. Immutable: a change is a new version.

    `settings` holds what `members.rules.decision_rules` reads: how it is counted and run, fractions as strings ("2/3").
    """

    key = models.SlugField(_("key"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=160)
    source = models.CharField(_("source in the bylaws"), max_length=200, blank=True)
    settings = models.JSONField(_("settings"))
    created_at = models.DateTimeField(_("created at"), db_default=PortalNow())
    created_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("decision rule")
        verbose_name_plural = _("decision rules")
        ordering = ["key", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="decision_rule_version")]
        triggers = append_only()

    def __str__(self):
        return f"{self.title} ({self.version})"

    @classmethod
    def current(cls, key):
        """The newest version of a rule."""
        return cls.objects.filter(key=key).order_by("-version").first()


class TierQuerySet(models.QuerySet):
    """The vocabulary of tiers."""

    def with_terms(self):
        """Each tier with its current terms as `current_terms`, in two statements."""
        newest = TierTerms.objects.order_by("tier_id", "-version").distinct("tier_id")
        return self.prefetch_related(models.Prefetch("terms", queryset=newest, to_attr="newest_terms"))


class Tier(models.Model):
    """One of four kinds of membership. Everything that may change is in its terms."""

    short_name = models.SlugField(_("short name"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    ring = models.PositiveSmallIntegerField(_("ring"), unique=True, help_text=_("1 is the innermost."))

    objects = TierQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["ring"]

    def __str__(self):
        return str(_(self.name))

    @property
    def current_terms(self):
        """The newest version of the tier's terms."""
        if hasattr(self, "newest_terms"):
            return self.newest_terms[0] if self.newest_terms else None
        return self.terms.order_by("-version").first()


class TierTerms(models.Model):
    """One version of what a tier asks and gives. Immutable: a change is a new version."""

    tier = models.ForeignKey(Tier, models.PROTECT, related_name="terms")
    version = models.PositiveIntegerField(_("version"))
    summary = models.CharField(_("in one sentence"), max_length=300)
    who_for = models.TextField(_("who it is for"))
    gives = models.JSONField(_("what it gives"), default=list, blank=True, help_text=_("A list of sentences."))
    commitments = models.JSONField(
        _("what one commits to"), default=list, blank=True, help_text=_("A list of sentences.")
    )
    criteria = models.JSONField(
        _("criteria"), default=list, blank=True, help_text=_("A list of sentences the decision goes by.")
    )
    statements = models.JSONField(
        _("required statements"), default=list, blank=True, help_text=_("A list of key, label, help and most words.")
    )
    steps = models.JSONField(_("pages of the application"), default=list)
    documents = models.JSONField(
        _("documents asked for"), default=list, blank=True, help_text=_("A list of kind and required.")
    )
    holder_kind = models.CharField(_("held by"), max_length=20, choices=HolderKind.choices)
    term_months = models.PositiveSmallIntegerField(_("term in months"))
    renewable = models.BooleanField(_("renewable"), default=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty for no limit."))
    referees_needed = models.PositiveSmallIntegerField(_("referees needed"), default=0)
    reapply_after_days = models.PositiveSmallIntegerField(_("days before trying again"), default=180)
    rule_key = models.SlugField(_("decision rule"), max_length=40)
    created_at = models.DateTimeField(_("created at"), db_default=PortalNow())
    created_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("terms of a tier")
        verbose_name_plural = _("terms of tiers")
        ordering = ["tier", "-version"]
        constraints = [models.UniqueConstraint(fields=["tier", "version"], name="tier_terms_version")]
        triggers = append_only()

    def __str__(self):
        return f"{self.tier} ({self.version})"
