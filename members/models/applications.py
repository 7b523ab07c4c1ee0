"""Requests for a tier: what the applicant writes, what is frozen at submission, and what is asked in between."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from members.choices.applications import ENDED, ApplicationState, DocumentKind, HolderKind
from members.kernel.clock import PortalNow
from members.kernel.erasing import BLANK_LIST, BLANK_OBJECT, BLANK_TEXT, blanked_once
from members.kernel.lines import LineColumn
from members.kernel.storage import PrivateStorage
from members.models.organisations import Organisation
from members.models.people import Person
from members.models.tiers import Tier, TierTerms

OF_THE_APPLICANT = "SELECT applicant_id FROM members_application WHERE id = OLD.application_id"
"""The login whose erasure blanks what was written for or about an application."""


class ApplicationQuerySet(models.QuerySet):
    """The vocabulary of applications. Who may see which is in `members.permissions.applications`."""

    def pending(self):
        return self.exclude(state__in=ENDED)

    def with_subject(self):
        """What a line in a list needs, in one statement."""
        return self.select_related(
            "tier", "terms", "person", "organisation__country", "applicant__protection__user", "assigned_to"
        )


class Application(models.Model):
    """A person's or organisation's request for a tier.

    `answers` is the working copy, by step and field; what the Secretariat and the committee read is the frozen
    `ApplicationVersion`. Of a protected applicant `answers` lacks what identifies them, which is in `sealed_answers`.
    `revision` counts the saves, so that a stale tab is told and nothing is overwritten.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="applications", verbose_name=_("tier"))
    terms = models.ForeignKey(TierTerms, models.PROTECT, related_name="+", verbose_name=_("terms"))
    holder_kind = models.CharField(_("for"), max_length=20, choices=HolderKind.choices)
    state = models.CharField(
        _("state"), max_length=20, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications", verbose_name=_("applicant")
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="applications")
    answers = models.JSONField(_("answers"), default=dict)
    sealed_answers = models.TextField(blank=True, default="", db_default="")
    revision = models.PositiveIntegerField(default=0)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_applications",
        verbose_name=_("with"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    received_on = models.DateField(_("received on paper on"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), db_default=PortalNow())
    saved_at = models.DateTimeField(_("saved at"), db_default=PortalNow())
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome_reason = models.TextField(_("reason of the outcome"), blank=True)
    reapply_on = models.DateField(_("may apply again on"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-pk"]
        permissions = [
            ("write_application", _("Can write the application")),
            ("screen_application", _("Can screen the application")),
            ("read_dossier", _("Can read the dossier")),
        ]
        indexes = [models.Index("state", "submitted_at", name="application_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "tier"],
                condition=~Q(state__in=sorted(ENDED)),
                name="application_one_pending_of_a_tier",
            ),
            models.CheckConstraint(
                name="application_submitted_has_time",
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_ended_has_time",
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | (~Q(state__in=sorted(ENDED)) & Q(ended_at__isnull=True)),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def current_version(self):
        """The newest frozen version, or none while it is a draft."""
        return self.versions.order_by("-number").first()


class ApplicationVersion(models.Model):
    """What was submitted, frozen: the answers, the documents by their digests, and a digest of it all.

    The erasure of its applicant blanks answers and documents, once; number, digest and day stay.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    answers = models.JSONField(_("answers"))
    sealed_answers = models.TextField(blank=True, default="", db_default="")
    documents = models.JSONField(_("documents"), default=list)
    digest = models.CharField(_("digest"), max_length=64)
    submitted_at = models.DateTimeField(_("submitted at"), db_default=PortalNow())
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of an application")
        verbose_name_plural = _("versions of applications")
        ordering = ["application", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="application_version_once")]
        triggers = blanked_once(
            {"answers": BLANK_OBJECT, "documents": BLANK_LIST, "sealed_answers": BLANK_TEXT},
            owners=OF_THE_APPLICANT,
            marked="erased_at",
            sealable=True,
        )

    def __str__(self):
        return f"{self.application_id}/{self.number}"


class Document(models.Model):
    """A file of an application, checked and cleaned when it came in, served through the access check only.

    Of a protected applicant it is `sealed`: the file is opened by the applicant's key alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    name = models.CharField(_("name"), max_length=160)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=PrivateStorage(), max_length=120)
    sealed = models.BooleanField(default=False, db_default=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), db_default=PortalNow())
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def is_frozen(self) -> bool:
        """Whether a version of the application holds it, so that its file is kept even after it was removed."""
        return self.application.versions.filter(documents__contains=[{"id": str(self.public_id)}]).exists()


class Referee(models.Model):
    """Somebody the applicant names, asked for a letter by a private link.

    `link_id` is new with each invitation, and the link's secret is derived from it, so that an earlier link is void.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="referees")
    name = LineColumn(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"))
    relationship = LineColumn(_("how they know you"), max_length=200)
    link_id = models.UUIDField(null=True, blank=True, editable=False)
    token_digest = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("link ends at"), null=True, blank=True)
    letter = models.TextField(_("letter"), max_length=8000, blank=True)
    letter_document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    declined = models.BooleanField(_("declined"), default=False)

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["token_digest"], condition=~Q(token_digest=""), name="referee_token_once")
        ]

    def __str__(self):
        return self.name


class InformationRequest(models.Model):
    """A question of the Secretariat or the committee to the applicant, and the answer."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="requests")
    question = models.TextField(_("question"), max_length=4000)
    due_on = models.DateField(_("answer due on"))
    asked_at = models.DateTimeField(_("asked at"), db_default=PortalNow())
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), max_length=8000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    version = models.ForeignKey(
        ApplicationVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The new version the answer made, where it changed the application materially."),
    )

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id}/{self.pk}"


class ApplicationGroupPermission(GroupObjectPermissionBase):
    """A grant to a body on one application."""

    content_object = models.ForeignKey(Application, models.CASCADE)
