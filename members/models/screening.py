"""What the Secretariat does with an application: checks, recommendation, letters."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices.applications import Advice, CheckKind, CheckOutcome
from members.kernel.clock import PortalNow
from members.kernel.erasing import BLANK_TEXT, blanked_once
from members.models.applications import OF_THE_APPLICANT, Application, ApplicationVersion
from members.models.tiers import Tier


class CheckItemQuerySet(models.QuerySet):
    """The vocabulary of the list of checks."""

    def asked_of(self, tier):
        """The checks in use that apply to applications for a tier (no tier named means all)."""
        return self.filter(models.Q(tiers=tier) | models.Q(tiers__isnull=True), retired_on__isnull=True).distinct()


class CheckItem(models.Model):
    """One line of the list of completeness and due-diligence checks, which staff edit."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CheckKind.choices)
    label = models.CharField(_("check"), max_length=200)
    help = models.TextField(_("what to look for"), blank=True)
    tiers = models.ManyToManyField(
        Tier, blank=True, related_name="+", verbose_name=_("tiers"), help_text=_("None chosen means all.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = CheckItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["kind", "position", "key"]

    def __str__(self):
        return str(_(self.label))


class Check(models.Model):
    """What was found for one line of the list in one application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="checks")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="+")
    outcome = models.CharField(_("found"), max_length=20, choices=CheckOutcome.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    checked_at = models.DateTimeField(_("checked at"), db_default=PortalNow())
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("check of an application")
        verbose_name_plural = _("checks of applications")
        ordering = ["item__kind", "item__position"]
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="check_once")]

    def __str__(self):
        return f"{self.application_id} {self.item_id} {self.outcome}"


class Recommendation(models.Model):
    """The Secretariat's advice on one version of an application. The newest counts; none is changed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recommendations")
    version = models.ForeignKey(ApplicationVersion, models.PROTECT, related_name="+")
    advice = models.CharField(_("advice"), max_length=20, choices=Advice.choices)
    text = models.TextField(_("grounds"), max_length=8000)
    made_at = models.DateTimeField(_("made at"), db_default=PortalNow())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["pk"]
        triggers = blanked_once({"text": BLANK_TEXT}, owners=OF_THE_APPLICANT, sealable=True)

    def __str__(self):
        return f"{self.application_id} {self.advice}"


class LetterTemplate(models.Model):
    """The text a letter starts from, in one language; staff edit it. Places to fill stand in braces."""

    key = models.SlugField(_("key"), max_length=40)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=120)
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"), max_length=8000)

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["key", "language"]
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="letter_template_once")]

    def __str__(self):
        return f"{self.title} ({self.language})"


class Letter(models.Model):
    """A letter to the applicant as it went out."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    template_key = models.SlugField(_("template"), max_length=40)
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"), max_length=8000)
    sent_at = models.DateTimeField(_("sent at"), db_default=PortalNow())
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["pk"]
        triggers = blanked_once({"subject": BLANK_TEXT, "body": BLANK_TEXT}, owners=OF_THE_APPLICANT, sealable=True)

    def __str__(self):
        return f"{self.application_id} {self.template_key}"
