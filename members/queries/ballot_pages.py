"""The page of one ballot: what this viewer may know of it now, and do."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from members.choices.ballots import BallotState, Position, Visibility
from members.choices.ballots import ConflictAnswer as Answer
from members.choices.bodies import Role
from members.models import Ballot
from members.permissions.ballots import seat_term_of
from members.permissions.matters import Matter, matter_of
from members.permissions.roles import roles_of
from members.queries.ballot_readers import Reading
from members.queries.ballot_records import Moment, actors_of, rows_of, timeline_of
from members.queries.ballots import status_of
from members.queries.logs import TAKEN
from members.queries.people import names_for
from members.queries.standings import standing_of, with_standing
from members.rules import sheets


@dataclass(frozen=True)
class Row:
    """A seat of the roll: what it says, or only whether it is in."""

    seat: str
    position: str
    reason: str = ""


@dataclass(frozen=True)
class Remark:
    """One contribution to the discussion."""

    who: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Page(Reading):
    """A ballot as one viewer may see it. What the viewer may not know is not computed, so no template can show it."""

    # --- The count

    @property
    def status(self) -> tuple[str, str]:
        return status_of(self.standing)

    @cached_property
    def sheet_sentence(self) -> str:
        """The count in a sentence: with its outcome, as it stands, or only who is in."""
        sheet = self.standing.sheet
        if not self.sees_positions:
            return sheets.participation(sheet)
        return sheets.sentence(sheet) if self.standing.closed else sheets.standing(sheet)

    @property
    def until_when(self) -> str:
        """When the viewer comes to see the positions, for those who do not see them."""
        if self.visibility == Visibility.AFTER_OWN and self.votes:
            return _("You see the positions once your seat has taken its own.")
        return _("You see the positions after the close.") if self.reads else _("Only participation is shown.")

    @property
    def missing(self) -> str:
        """What it would still take, for those who may know it while it can still change."""
        return sheets.missing(self.standing.sheet) if self.sees_positions and not self.standing.closed else ""

    @property
    def is_approved_so_far(self) -> bool:
        return self.sees_positions and not self.standing.closed and self.standing.sheet.missing == 0

    @cached_property
    def seat_names(self) -> dict[int, str]:
        """Each seat of the roll by its key: its number, and the institution or the person that holds it."""
        holders = [entry.seat.person_id for entry in self.standing.roll if entry.seat.person_id]
        names = names_for(self.viewer, holders, on=self.on)
        return {
            entry.seat_id: f"{entry.seat} · {entry.seat.organisation or names[entry.seat.person_id]}"
            for entry in self.standing.roll
        }

    @cached_property
    def rows(self) -> list[Row]:
        """Every seat of the roll with its position, where the viewer may know positions."""
        return [self._row(entry) for entry in self.standing.roll] if self.sees_positions else []

    def _row(self, entry) -> Row:
        name, held = self.seat_names[entry.seat_id], self.standing.positions.get(entry.seat_id)
        if entry.seat_id in self.standing.recusals:
            return Row(name, _("Recused"), self.standing.recusals[entry.seat_id].get_ground_display())
        if held is None:
            return Row(name, _("Silent"))
        return Row(name, Position(held.choice).label, held.reason)

    @cached_property
    def participation(self) -> list[Row]:
        """Every seat of the roll with whether it is in, for the Secretariat."""
        if not self.runs:
            return []
        words = {True: _("In"), False: _("Awaited") if self.standing.accepting else _("Silent")}
        return [
            Row(
                self.seat_names[entry.seat_id],
                _("Recused")
                if entry.seat_id in self.standing.recusals
                else words[entry.seat_id in self.standing.positions],
            )
            for entry in self.standing.roll
        ]

    # --- What is said

    @cached_property
    def concerns(self) -> list:
        """The open concerns, where the viewer may know positions."""
        return [
            (self.seat_names[concern.seat_id], concern, self.term is not None and concern.seat_id == self.term.seat_id)
            for concern in (self.standing.concerns if self.sees_positions else ())
        ]

    @cached_property
    def discussion(self) -> list[Remark]:
        if not self.sees_discussion:
            return []
        rows = list(self.ballot.comments.all())
        names = names_for(self.viewer, [row.person_id for row in rows], on=self.on)
        return [
            Remark(f"{names[row.person_id]}, {self.seat_names.get(row.seat_id, '')}", row.text, row.written_at)
            for row in rows
        ]

    @cached_property
    def doubts(self) -> list:
        """Who is unsure of a conflict and why, and what seats that declared one wrote, for chair and Secretariat."""
        if not self.reads or not ({Role.CHAIR, Role.SECRETARIAT} & roles_of(self.viewer)):
            return []
        noted = self.ballot.conflict_answers.exclude(answer=Answer.NONE).select_related("seat")
        return [(self.seat_names.get(row.seat_id, str(row.seat)), row) for row in noted]

    @property
    def timeline(self) -> list[Moment]:
        return timeline_of(self.standing, rows=self.events, open_to_viewer=self.sees_positions)

    @cached_property
    def consequences(self) -> list[str]:
        """What happens if it passes, in the language of the page."""
        return self.matter.consequences(self.ballot, self.ballot.subject)

    @property
    def matter(self) -> Matter:
        """The kind of subject that the ballot is about."""
        return matter_of(self.ballot)

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The parts of the dossier: label, and where it stands on its page."""
        return self.matter.papers(self.ballot)

    @property
    def desk(self) -> tuple[str, str]:
        """Label and address of the page on which the Secretariat deals with the subject."""
        return self.matter.desk(self.ballot.subject)

    @cached_property
    def again(self) -> Ballot | None:
        """The ballot that repeats this one."""
        return self.ballot.reballots.exclude(state=BallotState.WITHDRAWN).first()

    # --- What the forms carry

    @property
    def last_sequence(self) -> int:
        return self.events[-1].sequence if self.events else 0

    def news_since(self, sequence: int) -> list[Moment]:
        """What a voter had not seen who voted on a page that ended with this sequence."""
        seat = self.term.seat if self.term else None
        newest = [row for row in self.events if row.sequence > sequence]
        relevant = [row for row in newest if row.seat_id == getattr(seat, "pk", 0) or row.seat_id is None]
        actors = actors_of(relevant, viewer=self.viewer, on=self.on)
        return [
            Moment(
                _("{event} by {who}").format(event=row.get_type_display(), who=actors[row.pk]),
                row.at,
                Position(row.payload["position"]).label if row.type in TAKEN else "",
            )
            for row in relevant
        ]


def page_of(ballot: Ballot, *, viewer, on: date, at: datetime) -> Page:
    """The page of a ballot that the viewer was let through to."""
    row = with_standing(Ballot.objects.filter(pk=ballot.pk)).get()
    return Page(
        viewer=viewer,
        on=on,
        standing=standing_of(row, at=at),
        term=seat_term_of(viewer, on=on),
        answer=row.conflict_answers.select_related("event").filter(person__user=viewer).first(),
        events=rows_of(row),
    )
