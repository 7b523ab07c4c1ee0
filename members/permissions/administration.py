"""What the Secretariat may do in the Django admin: view, add or change, never delete.

Everything that has a decision behind it is for reading only; and of applications and ballots, the administration shows
an officer what the doors of the desk do: nothing of a case of one's own.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Q

from members.models import Application, AuditEvent, Ballot, LostFactor, Referee
from members.permissions import applications, ballots
from members.permissions.protection import record_without_the_protected
from members.permissions.table import Right

VIEW, CHANGE, ADD = "view", "change", "add"

ADMINISTRATION: dict[str, tuple[str, ...]] = {
    "user": (VIEW,),
    "person": (VIEW, CHANGE, ADD),
    "organisation": (VIEW, CHANGE, ADD),
    "affiliation": (VIEW,),
    "representation": (VIEW,),
    "steeringseat": (VIEW,),
    "seatterm": (VIEW,),
    "chairterm": (VIEW,),
    "staffterm": (VIEW,),
    "membership": (VIEW,),
    "tier": (VIEW, CHANGE),
    "tierterms": (VIEW, CHANGE),
    "decisionrule": (VIEW, CHANGE),
    "application": (VIEW,),
    "applicationversion": (VIEW,),
    "checkitem": (VIEW, CHANGE, ADD),
    "lettertemplate": (VIEW, CHANGE, ADD),
    "letter": (VIEW,),
    "ballot": (VIEW,),
    "ballotevent": (VIEW,),
    "decision": (VIEW,),
    "expertise": (VIEW, CHANGE, ADD),
    "region": (VIEW, CHANGE, ADD),
    "country": (VIEW, CHANGE, ADD),
    "language": (VIEW, CHANGE, ADD),
    "retentionperiod": (VIEW, CHANGE),
    "auditevent": (VIEW,),
}


def applications_shown_to(user, *, on):
    """The applications an officer may screen: what has not been submitted yet is the applicant's own."""
    return applications.visible_to(user, right=Right.SCREEN_APPLICATION, on=on)


def ballots_shown_to(user, *, on):
    """The ballots an officer may run. That one exists about oneself, and its outcome, is read on its own page."""
    return ballots.visible_to(user, right=Right.RUN_BALLOT, on=on)


def record_shown_to(user, *, on):
    """The audit record, without what happened in a case that is shut to an officer."""
    shut_ballots = Ballot.objects.filter(ballots.kept_out(user, on=on))
    shut = Application.objects.filter(
        Q(applicant=user) | Q(person__user=user) | Exists(applications.ballots_about(shut_ballots))
    )
    referees = Referee.objects.filter(application__in=shut.values("pk"))
    rows, own = AuditEvent.objects.all(), LostFactor.objects.filter(user=user)
    for hidden in (shut, shut_ballots, referees, own):
        kind = ContentType.objects.get_for_model(hidden.model)
        rows = rows.exclude(target_type=kind, target_id__in=hidden.values("pk"))
    return record_without_the_protected(rows)
