"""A ballot's record in words: the timeline beside it, and the log line by line, as far as a viewer may know."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.choices.ballots import VERDICT_TONES, ClosingReason, ConflictGround, EventType, Position, Verdict
from members.models import BallotEvent
from members.permissions.matters import matter_of
from members.queries.logs import TAKEN
from members.queries.people import names_for
from members.rules.ballots import OF_THE_BALLOT

OFFICE, PORTAL = gettext_lazy("the Secretariat"), gettext_lazy("the portal")
TOOK, CHANGED = gettext_lazy("Position taken"), gettext_lazy("Position changed")


@dataclass(frozen=True)
class Entry:
    """One line of a log, in words. `position` and `reason` are empty where the viewer may not know them."""

    sequence: int
    at: datetime
    text: str
    seat: str
    by: str
    hash: str
    position: str = ""
    reason: str = ""
    detail: str = ""


def rows_of(ballot) -> list[BallotEvent]:
    """The events of a ballot with what their words need."""
    return list(ballot.events.select_related("seat", "actor__person").order_by("sequence"))


def log_of(ballot, *, viewer, own_seat: int | None, open_to_viewer: bool, on) -> list[Entry]:
    """The log in words. Unless positions are `open_to_viewer`, those of other seats read alike, whatever they say.

    `own_seat` is the key of the viewer's seat.
    """
    rows, spoken, entries = rows_of(ballot), set(), []
    actors = actors_of(rows, viewer=viewer, on=on)
    for row in rows:
        said = open_to_viewer or (own_seat is not None and row.seat_id == own_seat)
        entries.append(_entry(row, by=capfirst(actors[row.pk]), said=said, again=row.seat_id in spoken))
        if row.type in TAKEN:
            spoken.add(row.seat_id)
    return entries


def actors_of(rows: list[BallotEvent], *, viewer, on) -> dict[int, str]:
    """Who wrote each event, by its key, as the viewer may read it.

    Somebody who spoke for a seat has a name, as far as the viewer may know it. Whoever acted for no seat did so in the
    role of that time, which is said instead of the name: as the Secretariat or, taking an application back, as the
    applicant.
    """
    people = {row.actor_id: getattr(row.actor, "person", None) for row in rows if row.actor_id}
    names = names_for(viewer, [person.pk for person in people.values() if person], on=on)

    def said(row) -> str:
        if row.actor_id is None:
            return str(PORTAL)
        if row.seat_id and people[row.actor_id]:
            return names[people[row.actor_id].pk]
        return matter_of(row.ballot).actor(row.ballot.subject, row.actor_id) or str(OFFICE)

    return {row.pk: said(row) for row in rows}


def _entry(row: BallotEvent, *, by: str, said: bool, again: bool) -> Entry:
    facts = {"sequence": row.sequence, "at": row.at, "seat": str(row.seat or ""), "by": by, "hash": row.hash}
    if row.type not in TAKEN:
        return Entry(text=EventType(row.type).label, detail=_detail(row), reason=row.text, **facts)
    if not said:
        return Entry(text=str(CHANGED if again else TOOK), **facts)
    position = Position(row.payload["position"]).label
    return Entry(text=EventType(row.type).label, position=position, reason=row.text, **facts)


def _detail(row: BallotEvent) -> str:
    payload = row.payload
    if row.type == EventType.CLOSED:
        return ClosingReason(payload["reason"]).label
    if row.type == EventType.DECIDED:
        return Verdict(payload["verdict"]).label
    if row.type == EventType.RECUSED:
        return ConflictGround(payload["ground"]).label
    if row.type == EventType.OPENED:
        return _("The roll is frozen: {number} seats.").format(number=len(payload["roll"]))
    return ""


@dataclass(frozen=True)
class Receipt:
    """What a seat keeps of a position it took: with it, anybody can check that the log still holds it."""

    ballot: str
    sequence: int
    hash: str
    at: datetime
    seat: str
    position: str
    reason: str

    @property
    def proof(self) -> str:
        """What is given to `scripts/recount.py`, as it stands."""
        return f"{self.sequence}:{self.hash}"


def receipt_of(row: BallotEvent) -> Receipt:
    """The receipt of one event by which a seat took a position."""
    position = Position(row.payload["position"]).label
    return Receipt(row.ballot.number, row.sequence, row.hash, row.at, str(row.seat), position, row.text)


# --- The timeline -------------------------------------------------------------------------------------------------

MILESTONES = OF_THE_BALLOT | {
    EventType.PREPARED,
    EventType.RECUSED,
    EventType.CLOSED,
    EventType.DECIDED,
    EventType.WITHDRAWN,
}
HOLDS = frozenset({EventType.CONCERN_RAISED, EventType.CONCERN_CLEARED})


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline."""

    text: str
    at: datetime | None = None
    detail: str = ""
    tone: str = ""
    ahead: bool = False


def timeline_of(standing, *, rows: list[BallotEvent], open_to_viewer: bool) -> list[Moment]:
    """The milestones of a ballot, with the holds where positions are open to the viewer, and what is to come."""
    shown = MILESTONES | HOLDS if open_to_viewer else MILESTONES
    moments = [_moment(row) for row in rows if row.type in shown]
    if standing.accepting:
        moments.append(Moment(_("Closes"), standing.ballot.closes_at, ahead=True))
    if standing.closing:
        moments.append(
            Moment(EventType.CLOSED.label, standing.closing.at, ClosingReason(standing.closing.reason).label)
        )
        moments.append(Moment(_("The outcome is written down and acted upon"), ahead=True))
    return moments


def _moment(row: BallotEvent) -> Moment:
    if row.type == EventType.CLOSED:
        return Moment(EventType.CLOSED.label, datetime.fromisoformat(row.payload["at"]), _detail(row))
    if row.type == EventType.DECIDED:
        return Moment(_detail(row), None, tone=VERDICT_TONES[row.payload["verdict"]])
    text = EventType(row.type).label
    if row.seat_id:
        text = _("{seat}: {event}").format(seat=row.seat, event=text)
    return Moment(text, row.at, _detail(row), "wait" if row.type == EventType.CONCERN_RAISED else "")
