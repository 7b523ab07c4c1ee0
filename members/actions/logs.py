"""The one way to write in a ballot's log, and the order in which rows are locked around it.

**Locks.** Whoever takes a ballot and its subject locks the ballot first, as the close must: from the ballot it goes to
the subject, its grants, and the people and logins whose rights follow. So `ballots.open`, `ballots.reballot`, every act
that may write a close, and acts that end a subject, as `applications.withdraw`, which looks up the ballots before it
locks the application. Only `ballots.prepare` has the subject first: the ballot it then makes is seen by nobody else
until all is written. Two acts that lock in two orders may wait for each other for ever.
"""

from members.choices.ballots import EventType
from members.kernel.clock import database_now
from members.models import Ballot, BallotEvent, SeatTerm
from members.permissions.ballots import seat_term_of
from members.queries.logs import parts_of, words_digest
from members.queries.standings import Standing, standing_of
from members.rules import chain


class Log:
    """The log of one ballot, whose row is locked until the transaction ends: the ballot first, then its subject.

    `now` was read from the database's clock after the lock: everything that happened to the ballot before is earlier,
    everything else waits. It is the time of all that this act writes.
    """

    def __init__(self, ballot: Ballot):
        rows = Ballot.objects.select_for_update(of=("self",)).select_related("rule", "subject_type", "parent")
        self.ballot = rows.get(pk=ballot.pk)
        self.last = self.ballot.events.order_by("sequence").last()
        self.now = max(database_now(), self.last.at) if self.last else database_now()
        self._standing = None
        self._roll = None
        self._terms: dict[int, SeatTerm | None] = {}

    @property
    def standing(self) -> Standing:
        """Where the ballot stands after all that this act has written. The roll was fixed at the opening."""
        if self._standing is None:
            self._standing = standing_of(self.ballot, at=self.now, roll=self._roll)
            self._roll = self._standing.roll or None
        return self._standing

    def stands(self, standing: Standing) -> None:
        """Say where the ballot stands now, for an act that knows it and spares the reading of all seats again."""
        self._standing = standing

    def term_of(self, user) -> SeatTerm | None:
        """The term by which a user fills a steering seat now."""
        if user.pk not in self._terms:
            self._terms[user.pk] = seat_term_of(user, on=self.now.date())
        return self._terms[user.pk]

    def append(self, kind: EventType, *, by, seat=None, payload=None, text="", nonce="") -> BallotEvent:
        """Write the next event. `text` is what the seat says in words; the payload gets its digest as `words`."""
        payload = dict(payload or {})
        if text:
            payload["words"] = words_digest(text)
        entry = chain.Entry(
            ballot=self.ballot.number,
            type=kind,
            at=self.now,
            seat=seat.number if seat else None,
            actor=str(by.public_id) if by else None,
            payload=payload,
            nonce=nonce,
        )
        origin = "" if self.last else chain.genesis(parts_of(self.ballot))
        event = chain.following(self.last, entry, origin=origin)
        self._standing = None
        self.last = BallotEvent.objects.create(
            ballot=self.ballot,
            sequence=event.sequence,
            type=event.type,
            seat=seat,
            actor=by,
            payload=event.payload,
            text=text,
            at=event.at,
            nonce=event.nonce,
            previous_hash=event.previous,
            hash=event.hash,
        )
        return self.last
