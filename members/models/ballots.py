"""How the platform decides: ballots, rolls, the hash-chained log, and what is projected from it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from members.choices.ballots import BallotState, EventType, Position, RecusalSource, Verdict
from members.kernel.clock import PortalNow
from members.kernel.terms import append_only
from members.models.bodies import SteeringSeat
from members.models.organisations import Organisation
from members.models.people import Person
from members.models.tiers import DecisionRule

LIVE = (BallotState.DRAFT, BallotState.OPEN, BallotState.DEFERRED)
WITH_OUTCOME = (BallotState.DECIDED, BallotState.FINAL)


class BallotQuerySet(models.QuerySet):
    """The vocabulary of ballots. Who may see which is in `members.permissions.ballots`."""

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
    frozen_digest = models.CharField(_("digest of the frozen parts"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=BallotState.choices, default=BallotState.DRAFT)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
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
            models.UniqueConstraint(fields=["parent"], condition=Q(parent__isnull=False), name="ballot_one_reballot"),
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
    """One link of a ballot's log. The hash covers the link before it; see `members.rules.chain`."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField(_("sequence"))
    type = models.CharField(_("type"), max_length=30, choices=EventType.choices)
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    payload = models.JSONField(_("payload"), default=dict)
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


class SeatPosition(models.Model):
    """The position a seat holds now: a projection of the log, one for each seat."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="positions")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    choice = models.CharField(_("position"), max_length=20, choices=Position.choices)
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    event = models.OneToOneField(BallotEvent, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["seat__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="position_one_of_a_seat")]

    def __str__(self):
        return f"{self.ballot_id} {self.seat_id} {self.choice}"


class Concern(models.Model):
    """What a Hold says. It is open while the Hold stands; only its raiser clears it, or an override does."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="concerns")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    text = models.TextField(_("concern"), max_length=4000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("raised at"))
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True)
    request = models.ForeignKey(
        "members.InformationRequest", models.PROTECT, null=True, blank=True, related_name="concerns"
    )

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "seat"], condition=Q(cleared_at__isnull=True), name="concern_one_open_of_a_seat"
            )
        ]

    def __str__(self):
        return f"{self.ballot_id} {self.seat_id}"


class Recusal(models.Model):
    """A seat that takes no part, and why. The private note is for the chair and the Secretariat."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=20, choices=RecusalSource.choices)
    ground = models.CharField(_("ground"), max_length=40)
    public_note = models.CharField(_("note on the record"), max_length=300, blank=True)
    private_note = models.TextField(_("note for the chair"), max_length=2000, blank=True)
    recused_at = models.DateTimeField(_("recused at"))
    recused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["seat__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="recusal_once")]
        triggers = append_only()

    def __str__(self):
        return f"{self.ballot_id} {self.seat_id}"


class ConflictAnswer(models.Model):
    """A steering member's answer to the conflict question, given before the confidential part opens."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="conflict_answers")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=20)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("answer to the conflict question")
        verbose_name_plural = _("answers to the conflict question")
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="conflict_answer_once")]

    def __str__(self):
        return f"{self.ballot_id} {self.person_id} {self.answer}"


class BallotComment(models.Model):
    """A contribution to the discussion of a ballot."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="comments")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("comment on a ballot")
        verbose_name_plural = _("comments on ballots")
        ordering = ["pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.ballot_id} {self.person_id}"


class Decision(models.Model):
    """The register: what was decided, under which rule, with which count. Written once."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="decision")
    verdict = models.CharField(_("outcome"), max_length=20, choices=Verdict.choices)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]
        triggers = append_only()

    def __str__(self):
        return self.number


class BallotGroupPermission(GroupObjectPermissionBase):
    """A grant to a body on one ballot."""

    content_object = models.ForeignKey(Ballot, models.CASCADE)
