"""What the seats say in a ballot, or why they say nothing: all of it projected from the ballot's log, or beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices.ballots import ConflictAnswer as Answer
from members.choices.ballots import ConflictGround, Position, RecusalSource
from members.kernel.erasing import BLANK_TEXT, blanked_once
from members.kernel.terms import append_only
from members.models.ballots import Ballot, BallotEvent
from members.models.bodies import SteeringSeat
from members.models.people import Person


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
    """What a Hold says. It is open while the Hold stands; only its raiser clears it, or an override does.

    Words that are changed make a new concern. `request` is the question that was put to the applicant because of it.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="concerns")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    event = models.OneToOneField(BallotEvent, models.PROTECT, related_name="+")
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
    """A seat that takes no part, and why. The private note is for the chair and the Secretariat.

    `voided` is the position the seat had taken before, empty if it had none.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=20, choices=RecusalSource.choices)
    ground = models.CharField(_("ground"), max_length=40, choices=ConflictGround.choices)
    event = models.ForeignKey(BallotEvent, models.PROTECT, related_name="+")
    voided = models.CharField(_("position voided"), max_length=20, choices=Position.choices, blank=True)
    public_note = models.CharField(_("note on the record"), max_length=300, blank=True)
    private_note = models.TextField(_("note for the chair"), max_length=2000, blank=True)
    recused_at = models.DateTimeField(_("recused at"))
    recused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["seat__number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="recusal_once")]
        triggers = blanked_once({"private_note": BLANK_TEXT}, owners="OLD.recused_by_id")

    def __str__(self):
        return f"{self.ballot_id} {self.seat_id}"


class ConflictAnswer(models.Model):
    """A steering member's newest answer to the conflict question, given before the confidential part opens.

    Whoever is conflicted stands aside; whether the seat does is a Recusal. The note is for the chair and the
    Secretariat.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="conflict_answers")
    seat = models.ForeignKey(SteeringSeat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices)
    event = models.ForeignKey(BallotEvent, models.PROTECT, related_name="+")
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
