"""How the platform decides: ballots, their frozen rolls, and the hash-chained log of each."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from members.choices.ballots import BallotState, ClosingReason, EventType, Verdict
from members.kernel.clock import PortalNow
from members.kernel.terms import append_only, kept_whole
from members.models.bodies import SteeringSeat
from members.models.organisations import Organisation
from members.models.people import Person
from members.models.tiers import DecisionRule
from members.rules.ballots import LIVE

WITH_OUTCOME = (BallotState.DECIDED, BallotState.FINAL)

PREPARED = (
    "number",
    "rule_id",
    "rule_snapshot",
    "subject_type_id",
    "subject_id",
    "subject_version",
    "subject_digest",
    "question",
    "consequence",
    "parent_id",
    "prepared_by_id",
    "prepared_at",
)
OPENED = ("options", "frozen", "opens_at")
OUTCOME = ("verdict", "sheet", "decided_at", "closing_reason", "closes_at")


def differ(columns):
    """SQL that is true where one of the columns is to change."""
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


def frozen_in_time():
    """The triggers of a ballot's row: each part is fixed at its moment, and no ballot is ever deleted."""
    return [
        pgtrigger.Trigger(
            name="frozen_in_time",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=(
                f"IF {differ(PREPARED)} THEN RAISE EXCEPTION 'what a ballot was prepared with never changes'; END IF; "
                f"IF OLD.opens_at IS NOT NULL AND ({differ(OPENED)}) "
                f"THEN RAISE EXCEPTION 'what was frozen at the opening of a ballot never changes'; END IF; "
                f"IF OLD.closes_at IS NOT NULL AND (NEW.closes_at IS NULL OR NEW.closes_at < OLD.closes_at) "
                f"THEN RAISE EXCEPTION 'the closing time of a ballot never moves earlier'; END IF; "
                f"IF OLD.verdict <> '' AND ({differ(OUTCOME)}) "
                f"THEN RAISE EXCEPTION 'the outcome of a ballot never changes'; END IF; "
                f"RETURN NEW;"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        kept_whole(),
    ]


class BallotQuerySet(models.QuerySet):
    """The vocabulary of ballots. Who may see which is in `members.permissions.ballots`."""

    def live(self):
        """Ballots that are prepared, open or deferred; a subject has at most one."""
        return self.filter(state__in=LIVE)

    def about(self, subject):
        """The ballots on one subject."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def accepting(self, *, at):
        """Ballots that take positions at an instant: open by the clock, not by a job."""
        return self.filter(state=BallotState.OPEN, opens_at__lte=at, closes_at__gt=at)

    def due(self, *, at):
        """Ballots whose closing time has passed and whose close is not written yet."""
        return self.filter(state=BallotState.OPEN, closes_at__lte=at)


class Ballot(models.Model):
    """One question put to the steering committee under a frozen rule, to a frozen roll, on a frozen subject.

    `question` may hold the place `{subject}`, filled for each reader with what that reader may know of the subject.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    rule = models.ForeignKey(DecisionRule, models.PROTECT, related_name="ballots", verbose_name=_("rule"))
    rule_snapshot = models.JSONField(_("rule as frozen"))
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_version = models.PositiveIntegerField(_("version of the subject"))
    subject_digest = models.CharField(_("digest of the subject"), max_length=64)
    question = models.CharField(_("question"), max_length=300)
    consequence = models.TextField(_("what happens if it passes"), blank=True)
    options = models.JSONField(_("options"), default=list)
    frozen = models.JSONField(_("digests of the frozen parts"), default=dict)
    state = models.CharField(_("state"), max_length=20, choices=BallotState.choices, default=BallotState.DRAFT)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    settled_at = models.DateTimeField(
        _("settled at"), null=True, blank=True, help_text=_("When the count last changed: see `rules.ballots.closing`.")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    closing_reason = models.CharField(_("closed because"), max_length=20, choices=ClosingReason.choices, blank=True)
    verdict = models.CharField(_("outcome"), max_length=20, choices=Verdict.choices, blank=True)
    sheet = models.JSONField(_("count sheet"), null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reballots")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("prepared at"), db_default=PortalNow())

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["-pk"]
        permissions = [("cast_ballot", _("Can take a position")), ("run_ballot", _("Can run the ballot"))]
        indexes = [models.Index("state", "closes_at", name="ballot_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=Q(state__in=sorted(LIVE)),
                name="ballot_one_live_of_a_subject",
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=Q(parent__isnull=False) & ~Q(state=BallotState.WITHDRAWN),
                name="ballot_one_reballot",
            ),
            models.CheckConstraint(
                name="ballot_closes_after_opening",
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="ballot_open_has_times",
                condition=Q(state__in=[BallotState.DRAFT, BallotState.WITHDRAWN])
                | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ballot_outcome_exactly_when_decided",
                condition=Q(state__in=sorted(WITH_OUTCOME), decided_at__isnull=False, sheet__isnull=False)
                & ~Q(verdict="")
                | ~Q(state__in=sorted(WITH_OUTCOME)) & Q(verdict="", decided_at__isnull=True),
            ),
        ]
        triggers = frozen_in_time()

    def __str__(self):
        return self.number


class RollEntry(models.Model):
    """Who could take part, frozen at opening: one row for each seat."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="roll")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    eligible = models.BooleanField(_("eligible"))

    class Meta:
        verbose_name = _("roll entry")
        verbose_name_plural = _("roll entries")
        ordering = ["ballot", "seat__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="roll_seat_once")]
        triggers = append_only()

    def __str__(self):
        return f"{self.ballot_id} {self.seat_id}"


class BallotEvent(models.Model):
    """One link of a ballot's log. The hash covers the link before it; see `members.rules.chain`.

    `text` is what the seat said in words, a reason or a concern. It stands beside the payload, which has its digest,
    so that a log can be handed out and checked without the words.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField(_("sequence"))
    type = models.CharField(_("type"), max_length=30, choices=EventType.choices)
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    payload = models.JSONField(_("payload"), default=dict)
    text = models.TextField(_("words"), max_length=4000, blank=True)
    at = models.DateTimeField(_("at"))
    nonce = models.CharField(_("nonce"), max_length=64, blank=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("entry of a ballot's log")
        verbose_name_plural = _("entries of ballots' logs")
        ordering = ["ballot", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "sequence"], name="ballot_event_sequence"),
            models.UniqueConstraint(fields=["ballot", "nonce"], condition=~Q(nonce=""), name="ballot_event_nonce"),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.ballot_id}/{self.sequence} {self.type}"


class BallotGroupPermission(GroupObjectPermissionBase):
    """A grant to a body on one ballot."""

    content_object = models.ForeignKey(Ballot, models.CASCADE)
