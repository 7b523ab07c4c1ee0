"""Who may see and do what with an application, and the door from a number to a row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from members.models import Application, Recusal, SeatTerm
from members.permissions.roles import granted
from members.permissions.table import OWN, Right


def recused_from(user, *, on):
    """Recusals, on ballots about an application, of a seat that the user fills."""
    seats = SeatTerm.objects.in_force(on=on).filter(person__user=user)
    return Recusal.objects.filter(
        ballot__subject_type__app_label="members",
        ballot__subject_type__model="application",
        seat__in=seats.values("seat"),
    )


def visible_to(user, *, right: Right = Right.VIEW_APPLICATION, on):
    """The applications on which the user has a right: one's own, and those granted to a body, but for recusals."""
    rows = Application.objects.all()
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    by_grant = granted(rows, user, right).filter(~Exists(recused_from(user, on=on).filter(ballot__subject_id=OuterRef("pk"))))
    if right in OWN["members.application"]:
        return rows.filter(Q(applicant=user) | Q(pk__in=by_grant.values("pk")))
    return by_grant


def application_for(user, number, *, to: Right, on) -> Application:
    """The application of a number, for a right.

    Raises Http404 where the user may not know of it, PermissionDenied where it is known but the right is not held.
    """
    seen = visible_to(user, on=on) | visible_to(user, right=Right.READ_DOSSIER, on=on)
    application = get_object_or_404(seen.with_subject().distinct(), number=number)
    if not visible_to(user, right=to, on=on).filter(pk=application.pk).exists():
        raise PermissionDenied
    return application
