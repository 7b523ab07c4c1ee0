"""The library of a working group: its documents, their versions, and the comments on them."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.lines import LineColumn
from members.kernel.storage import PrivateStorage
from members.kernel.terms import append_only
from members.models import Expertise, Language, Person
from taskforces.choices import Disposition, DocumentAudience, DocumentKind, DocumentStatus
from taskforces.models.groups import WorkingGroup


class GroupDocument(models.Model):
    """A document of a group: what it is called, who reads it, and where it stands. What it says is in its versions.

    `person` added it. `comment_until` is the last day (UTC) on which comments are taken. `vector` holds the words of
    title and newest text, and of files the title alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="documents")
    title = LineColumn(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    audience = models.CharField(
        _("who reads it"), max_length=20, choices=DocumentAudience, default=DocumentAudience.GROUP
    )
    status = models.CharField(_("status"), max_length=20, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    comment_until = models.DateField(_("comments until"), null=True, blank=True)
    language = models.ForeignKey(Language, models.PROTECT, related_name="+", verbose_name=_("language"))
    topics = models.ManyToManyField(Expertise, blank=True, related_name="+", verbose_name=_("topics"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="group_documents")
    added_at = models.DateTimeField(db_default=PortalNow())
    changed_at = models.DateTimeField(db_default=PortalNow())
    revision = models.PositiveIntegerField(default=0, editable=False)
    vector = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name = _("document of a working group")
        verbose_name_plural = _("documents of working groups")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index("group", models.F("changed_at").desc(), name="group_document_newest"),
            models.Index(models.F("changed_at").desc(), models.F("id").desc(), name="document_newest"),
            GinIndex(fields=["vector"], name="group_document_words", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_for_comment_until",
                condition=~Q(status=DocumentStatus.FOR_COMMENT) | Q(comment_until__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.group_id}/{self.public_id}"


class DocumentVersion(models.Model):
    """What a document says at one time: a text in Markdown, or a file. Written once.

    `person` wrote it, `note` says what is different from the version before.
    """

    document = models.ForeignKey(GroupDocument, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)
    file = models.FileField(storage=PrivateStorage(), max_length=120, blank=True)
    name = LineColumn(_("name of the file"), max_length=120, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    note = LineColumn(_("what changed"), max_length=300, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="document_versions")
    written_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number"),
            models.CheckConstraint(
                name="document_version_text_or_file",
                condition=Q(file="", name="") | ~Q(file="") & ~Q(name="") & Q(text=""),
            ),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.document_id}/{self.number}"


class DocumentComment(models.Model):
    """What a member says to a version of a document, and what came of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="document_comments")
    text = models.TextField(_("comment"), max_length=4000, blank=True)
    written_at = models.DateTimeField(db_default=PortalNow())
    disposition = models.CharField(_("what came of it"), max_length=20, choices=Disposition, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment on a document")
        verbose_name_plural = _("comments on documents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="document_comment_answered",
                condition=Q(disposition="", answered_at__isnull=True)
                | ~Q(disposition="") & Q(answered_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.version_id}/{self.pk}"
