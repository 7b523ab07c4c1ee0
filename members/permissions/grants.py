"""Which bodies have which rights on a row, from its state: what is stored, and what `check_rights` recounts."""

from members.choices.ballots import BallotState
from members.choices.bodies import BodyKind
from members.models import Application, Ballot, Body, Organisation
from members.permissions.matters import of_kind
from members.permissions.table import Right
from members.rules.applications import WRITABLE

OF_THE_OFFICE = (Right.VIEW_APPLICATION, Right.SCREEN_APPLICATION, Right.READ_DOSSIER)


def single(kind: BodyKind) -> Body:
    """The one body of a kind of which there is only one."""
    return Body.objects.select_related("group").get(kind=kind)


def due_on_application(application: Application) -> set[tuple[int, str]]:
    """Pairs of group and codename that an application must carry."""
    due, office = set(), single(BodyKind.SECRETARIAT).group_id
    if application.submitted_at or application.entered_by_id:
        due |= {(office, right.value) for right in OF_THE_OFFICE}
    if application.entered_by_id and application.state in WRITABLE:
        due.add((office, Right.WRITE_APPLICATION.value))
    before_committee = Ballot.objects.filter(of_kind(Application), subject_id=application.pk).exclude(
        state__in=[BallotState.WITHDRAWN, BallotState.VOID, BallotState.DRAFT]
    )
    if before_committee.exists():
        due.add((single(BodyKind.STEERING).group_id, Right.READ_DOSSIER.value))
    return due


def due_on_ballot(ballot: Ballot) -> set[tuple[int, str]]:
    """Pairs of group and codename that a ballot must carry."""
    office, steering = single(BodyKind.SECRETARIAT).group_id, single(BodyKind.STEERING).group_id
    due = {(office, Right.VIEW_BALLOT.value), (office, Right.RUN_BALLOT.value)}
    if ballot.opens_at is not None:
        due |= {(steering, Right.VIEW_BALLOT.value), (steering, Right.CAST_BALLOT.value)}
    return due


def due_on_organisation(organisation: Organisation) -> set[tuple[int, str]]:
    """Pairs of group and codename that an organisation must carry."""
    due = {(single(BodyKind.SECRETARIAT).group_id, Right.MANAGE_ORGANISATION.value)}
    body = Body.objects.filter(kind=BodyKind.REPRESENTATIVES, organisation=organisation).first()
    if body:
        due.add((body.group_id, Right.MANAGE_ORGANISATION.value))
    return due


DUE = {Application: due_on_application, Ballot: due_on_ballot, Organisation: due_on_organisation}
