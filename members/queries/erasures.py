"""Reads about erasures: what stands in the way, and the ledger."""

from members.choices.applications import ApplicationState
from members.choices.own_data import Duty
from members.choices.verbs import Verb
from members.models import (
    Application,
    AuditEvent,
    Ballot,
    ChairTerm,
    Erasure,
    Person,
    RollEntry,
    SeatTerm,
    StaffTerm,
    User,
)

BEFORE_THE_COMMITTEE = (ApplicationState.BALLOT, ApplicationState.HELD)


def duties_of(user: User, *, on) -> list[Duty]:
    """What of a user's others rely on, so that it must end before an erasure."""
    people = Person.objects.filter(user=user).values("pk")
    seats = SeatTerm.objects.in_force(on=on).filter(person__in=people).values("seat")
    on_roll = RollEntry.objects.filter(ballot__in=Ballot.objects.live(), seat__in=seats, eligible=True)
    found = {
        Duty.STAFF: StaffTerm.objects.in_force(on=on).filter(person__in=people),
        Duty.CHAIR: ChairTerm.objects.in_force(on=on).filter(person__in=people),
        Duty.SEAT: on_roll,
        Duty.APPLICATION: Application.objects.filter(applicant=user, state__in=BEFORE_THE_COMMITTEE),
    }
    return [duty for duty, rows in found.items() if rows.exists()]


def waiting_of(user: User) -> Erasure | None:
    """The erasure a user waits for, if any."""
    return Erasure.objects.waiting().filter(user=user).first()


def is_by_period(erasure: Erasure | None) -> bool:
    """Whether it was the end of a period of retention that asked for an erasure, and not the person."""
    asked = AuditEvent.objects.filter(verb=Verb.ERASURE_ASKED, facts__has_key="period")
    return erasure is not None and asked.about(erasure).exists()


def ledger() -> list[dict]:
    """What was carried out, as it stands in the file outside the database: identifiers and instants."""
    rows = Erasure.objects.done().select_related("user").order_by("pk")
    return [
        {"user": row.user_id, "public_id": str(row.user.public_id), "erased_at": row.ended_at.isoformat()}
        for row in rows
    ]
