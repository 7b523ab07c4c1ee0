"""Who may see and do what with an application, and the door from a number to a row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from members.choices.applications import DocumentKind
from members.choices.bodies import Role
from members.models import Application, ApplicationVersion, Ballot, Document
from members.permissions import ballots
from members.permissions.matters import of_kind
from members.permissions.protection import hidden_applications
from members.permissions.roles import granted, roles_of
from members.permissions.table import OWN, Right

CONFIDENTIAL = frozenset({Right.READ_DOSSIER, Right.SCREEN_APPLICATION})
"""Rights that nobody has on an application of their own, whatever their office."""


def ballots_about(rows):
    """Those of some ballots that are about the application in the outer query."""
    return rows.filter(of_kind(Application), subject_id=OuterRef("pk"))


def visible_to(user, *, right: Right = Right.VIEW_APPLICATION, on):
    """The applications on which the user has a right: one's own, and those granted to a body.

    Whoever stands aside in a ballot about an application has none on it; whoever votes reads the dossier once the
    conflict question is answered.
    """
    rows = Application.objects.all()
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    by_grant = _granted(user, right, on=on)
    if right in OWN["members.application"]:
        return rows.filter(Q(applicant=user) | Q(pk__in=by_grant.values("pk")))
    return by_grant


def _granted(user, right: Right, *, on):
    """The applications on which a body of the user gives them a right, and nothing takes it from them."""
    rows = granted(Application.objects.all(), user, right)
    if rows.query.is_empty():
        return rows
    shut = ballots_about(Ballot.objects.filter(ballots.kept_out(user, on=on)))
    rows = rows.filter(~Exists(shut)).exclude(pk__in=hidden_applications().values("pk"))
    if right in CONFIDENTIAL:
        rows = rows.exclude(Q(applicant=user) | Q(person__user=user))
    if right == Right.READ_DOSSIER and Role.SECRETARIAT not in roles_of(user):
        rows = rows.filter(Exists(ballots_about(ballots.readable_by(user, on=on))))
    return rows


def application_for(user, number, *, to: Right, on) -> Application:
    """The application of a number, for a right.

    Raises Http404 where the user may not know of it, PermissionDenied where it is known but the right is not held.
    """
    rows = Application.objects.with_subject().filter(number=number)
    application = rows.filter(pk__in=visible_to(user, right=to, on=on).values("pk")).first()
    if application is not None:
        return application
    seen, read = visible_to(user, on=on), visible_to(user, right=Right.READ_DOSSIER, on=on)
    if rows.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=read.values("pk"))).exists():
        raise PermissionDenied
    raise Http404


def document_for(user, public_id, *, on) -> Document:
    """The document behind an identifier: of an application one writes, or of a dossier one may read.

    Whoever writes an application never gets a referee's letter about it; what it has not sent with a version yet is
    nobody else's. One whose file was erased is not there. Raises Http404.
    """
    written = visible_to(user, right=Right.WRITE_APPLICATION, on=on)
    read = visible_to(user, right=Right.READ_DOSSIER, on=on)
    frozen = Exists(
        ApplicationVersion.objects.filter(
            application=OuterRef("application"), documents__contains=[{"id": str(public_id)}]
        )
    )
    letter, kept = Q(kind=DocumentKind.REFERENCE), Q(removed_at=None)
    rows = Document.objects.filter(
        Q(application__in=written.values("pk")) & ~letter & (kept | frozen)
        | Q(application__in=read.values("pk")) & (letter | frozen)
    )
    own = Q(sealed=False) | Q(application__applicant=user.pk)
    return get_object_or_404(
        rows.filter(own).exclude(file="").select_related("application__applicant__protection__user"),
        public_id=public_id,
    )
