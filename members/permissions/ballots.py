"""Who may see and do what with a ballot, and the door from a number to a row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from members.choices.ballots import ConflictAnswer as Answer
from members.models import Application, Ballot, ConflictAnswer, Recusal, RollEntry, SeatTerm
from members.permissions.matters import MATTERS, of_kind
from members.permissions.roles import granted
from members.permissions.table import Right


def seat_term_of(user, *, on) -> SeatTerm | None:
    """The term by which a user fills a steering seat on a day, or none."""
    if not user.is_authenticated or not user.is_active:
        return None
    terms = SeatTerm.objects.in_force(on=on).select_related("seat__organisation", "person__user")
    return terms.filter(person__user=user).first()


def seats_of(user, *, on):
    """The keys of the seats a user fills on a day, as a query."""
    return SeatTerm.objects.in_force(on=on).filter(person__user_id=user.pk).values("seat")


def kept_out(user, *, on) -> Q:
    """The ballots whose confidential part is shut to a user: seat or person stands aside, or it is about them."""
    seat_stands_aside = Recusal.objects.filter(ballot=OuterRef("pk"), seat__in=seats_of(user, on=on))
    stands_aside = ConflictAnswer.objects.filter(
        ballot=OuterRef("pk"), person__user_id=user.pk, answer=Answer.CONFLICTED
    )
    shut = Exists(seat_stands_aside) | Exists(stands_aside)
    for model, matter in MATTERS.items():
        own = matter.about(user)
        if own is not None:
            shut |= of_kind(model) & Exists(own.filter(pk=OuterRef("subject_id")))
    return shut


def visible_to(user, *, right: Right = Right.VIEW_BALLOT, on):
    """The ballots on which the user has a right.

    Whoever stands aside keeps the sight of the ballot and loses the rest; a vote needs a seat on the roll.
    """
    rows = granted(Ballot.objects.all(), user, right)
    if right == Right.VIEW_BALLOT or rows.query.is_empty():
        return rows
    rows = rows.exclude(kept_out(user, on=on))
    if right == Right.CAST_BALLOT:
        rows = rows.filter(Exists(RollEntry.objects.filter(ballot=OuterRef("pk"), seat__in=seats_of(user, on=on))))
    return rows


def readable_by(user, *, on):
    """The ballots whose confidential part a user may read: by running them, or by a vote and an answered question."""
    answered = ConflictAnswer.objects.filter(
        ballot=OuterRef("pk"), person__user_id=user.pk, answer__in=[Answer.NONE, Answer.UNSURE]
    )
    voting = visible_to(user, right=Right.CAST_BALLOT, on=on).filter(Exists(answered))
    running = visible_to(user, right=Right.RUN_BALLOT, on=on)
    return Ballot.objects.filter(Q(pk__in=voting.values("pk")) | Q(pk__in=running.values("pk")))


def subjects_known_to(user, *, on):
    """The keys of the applications whose ballots a user may see: who is asked about a conflict must know of whom."""
    rows = visible_to(user, on=on).filter(of_kind(Application))
    return rows.values_list("subject_id", flat=True)


def ballot_for(user, number, *, to: Right = Right.VIEW_BALLOT, on) -> Ballot:
    """The ballot of a number, for a right. Raises Http404 where it is not to be known of, else PermissionDenied.

    The table gives no right on a ballot without the sight of it, so that one statement opens the door.
    """
    rows = visible_to(user, right=to, on=on).select_related("rule", "subject_type", "parent", "decision")
    if found := rows.filter(number=number).first():
        return found
    get_object_or_404(visible_to(user, on=on), number=number)
    raise PermissionDenied


def ballot_to_read(user, number, *, on) -> Ballot:
    """The ballot of a number, with its confidential part. Raises as `ballot_for`."""
    ballot = ballot_for(user, number, on=on)
    if not readable_by(user, on=on).filter(pk=ballot.pk).exists():
        raise PermissionDenied
    return ballot
