"""Who may see and do what with a ballot, and the door from a number to a row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from members.models import Ballot, Recusal, SeatTerm
from members.permissions.roles import granted
from members.permissions.table import Right


def seat_term_of(user, *, on) -> SeatTerm | None:
    """The term by which a user fills a steering seat on a day, or none."""
    if not user.is_authenticated or not user.is_active:
        return None
    return SeatTerm.objects.in_force(on=on).select_related("seat__organisation", "person").filter(person__user=user).first()


def visible_to(user, *, right: Right = Right.VIEW_BALLOT, on):
    """The ballots on which the user has a right. A recused seat keeps the sight of the ballot and loses the rest."""
    rows = granted(Ballot.objects.all(), user, right)
    if right == Right.VIEW_BALLOT:
        return rows
    seats = SeatTerm.objects.in_force(on=on).filter(person__user_id=user.pk)
    return rows.filter(~Exists(Recusal.objects.filter(ballot=OuterRef("pk"), seat__in=seats.values("seat"))))


def ballot_for(user, number, *, to: Right = Right.VIEW_BALLOT, on) -> Ballot:
    """The ballot of a number, for a right. Raises Http404 where it is not to be known of, else PermissionDenied."""
    ballot = get_object_or_404(visible_to(user, on=on).select_related("rule", "subject_type", "parent"), number=number)
    if not visible_to(user, right=to, on=on).filter(pk=ballot.pk).exists():
        raise PermissionDenied
    return ballot
