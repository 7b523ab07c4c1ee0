"""Charters of working groups: the text that is written at, its frozen versions, and what members say to it."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.clock import PortalNow
from members.kernel.erasing import kept_whole
from members.kernel.terms import append_only
from members.models import Decision, Person
from members.rules.ballots import LIVE
from taskforces.choices import IN_PREPARATION, WRITABLE_CHARTER, CharterState, Disposition
from taskforces.models.groups import WorkingGroup

SECTIONS = ("scope", "aims", "powers", "reserved", "membership")
"""The parts of a charter in words, in their order."""
CONTENT = (*SECTIONS, "mandate_ends_on", "review_on")
"""All that a charter says."""


class CharterText(models.Model):
    """What a charter says. The mandate has no end where none is given."""

    scope = models.TextField(_("scope"), max_length=8000, blank=True)
    aims = models.TextField(_("aims"), max_length=8000, blank=True)
    powers = models.TextField(_("powers delegated to the group"), max_length=8000, blank=True)
    reserved = models.TextField(_("matters reserved to the steering committee"), max_length=8000, blank=True)
    membership = models.TextField(_("who is in the group, and how one comes into it"), max_length=8000, blank=True)
    mandate_ends_on = models.DateField(_("last day of the mandate"), null=True, blank=True)
    review_on = models.DateField(_("day of review"), null=True, blank=True)

    class Meta:
        abstract = True


def _sql(words) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def written_at_in_turn():
    """The triggers of a charter: its text changes while it is written at and no ballot on it is live, and then only."""
    differ = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in CONTENT)
    live = (
        "EXISTS (SELECT 1 FROM members_ballot AS ballot JOIN django_content_type AS kind "  # noqa: S608 - of our own words
        "ON kind.id = ballot.subject_type_id WHERE kind.app_label = 'taskforces' AND kind.model = 'charter' "
        f"AND ballot.subject_id = OLD.id AND ballot.state IN ({_sql(LIVE)}))"
    )
    return [
        pgtrigger.Trigger(
            name="written_at_in_turn",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=(
                f"IF ({differ}) AND (OLD.state NOT IN ({_sql(WRITABLE_CHARTER)}) OR {live}) "
                f"THEN RAISE EXCEPTION 'a charter that is before the committee, or decided, never changes'; END IF; "
                f"IF OLD.state NOT IN ({_sql(IN_PREPARATION)}) AND NEW.state <> OLD.state AND NOT "
                f"(OLD.state = '{CharterState.ADOPTED}' AND NEW.state = '{CharterState.SUPERSEDED}') "
                f"THEN RAISE EXCEPTION 'what was decided on a charter never changes'; END IF; "
                f"RETURN NEW;"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        kept_whole(),
    ]


class Charter(CharterText):
    """One charter of a group from its first draft to what became of it; rechartering begins another.

    The text that stands here is what is written at. `released_version` is what members comment on, `adopted_version`
    what the committee adopted, in force from `adopted_on` until the next is adopted.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="charters")
    state = models.CharField(_("state"), max_length=20, choices=CharterState, default=CharterState.DRAFT)
    revision = models.PositiveIntegerField(default=0, editable=False)
    comment_days = models.PositiveSmallIntegerField(_("days for comment"), default=14)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(db_default=PortalNow())
    released_version = models.ForeignKey("CharterVersion", models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    comment_ends_at = models.DateTimeField(_("comments until"), null=True, blank=True)
    adopted_version = models.ForeignKey("CharterVersion", models.PROTECT, null=True, blank=True, related_name="+")
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(state__in=sorted(IN_PREPARATION)), name="charter_one_in_preparation"
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(state=CharterState.ADOPTED), name="charter_one_in_force"
            ),
            models.CheckConstraint(
                name="charter_adopted_has_its_version",
                condition=~Q(state__in=[CharterState.ADOPTED, CharterState.SUPERSEDED])
                | Q(adopted_version__isnull=False, adopted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="charter_released_has_its_version",
                condition=~Q(state__in=[CharterState.COMMENT, CharterState.ADOPTION])
                | Q(released_version__isnull=False, comment_ends_at__isnull=False),
            ),
        ]
        triggers = written_at_in_turn()

    def __str__(self):
        return self.number

    @property
    def current_version(self):
        """The newest frozen version, or none before there is one."""
        return self.versions.order_by("-number").first()


class CharterVersion(CharterText):
    """A charter as it went before the committee, frozen. `number` counts the versions of the group."""

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="versions")
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="charter_versions")
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest"), max_length=64)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("version of a charter")
        verbose_name_plural = _("versions of charters")
        ordering = ["group", "number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="charter_version_number")]
        triggers = append_only()

    def __str__(self):
        return f"{self.charter_id}/{self.number}"


class CharterCommentQuerySet(models.QuerySet):
    """The vocabulary of comments on charters."""

    def open(self):
        """Those that wait for a disposition: not those that were taken away."""
        return self.filter(disposition="").exclude(text="")


class CharterComment(models.Model):
    """What a member says to a released charter, in their name, and what became of it.

    The text is taken away when its author is protected or erased; then nothing is asked of it any more.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    charter = models.ForeignKey(Charter, models.PROTECT, related_name="comments")
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000, blank=True)
    written_at = models.DateTimeField(db_default=PortalNow())
    disposition = models.CharField(_("disposition"), max_length=20, choices=Disposition, blank=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    disposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = CharterCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a charter")
        verbose_name_plural = _("comments on charters")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="charter_comment_answered_whole",
                condition=Q(disposition="", disposed_at__isnull=True)
                | ~Q(disposition="") & Q(disposed_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.charter_id}/{self.pk}"
