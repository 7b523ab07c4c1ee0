"""Pure decisions on conflicts of interest: who stands aside in a ballot about an application, and why.

A seat stands aside where its institution is concerned. Where only a person is, the seat stands aside with its
principal; an alternate who is concerned stands aside alone. With fewer free seats than the rule's floor, alternates who
are free step in for their principals, so that a committee never shrinks silently.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from members.choices.ballots import ConflictAnswer, ConflictGround, Visibility
from members.kernel.refusals import Refused
from members.rules.ballots import Times, Voter, ensure_conflict_settled, ensure_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whom an application concerns: keys of people and organisations, addresses in lower case.

    `relatives` are the organisations that the applicant's belong to or that belong to them; `seats` the numbers of the
    seats to which the applicant declared a relationship.
    """

    people: frozenset[int] = frozenset()
    addresses: frozenset[str] = frozenset()
    referees: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    relatives: frozenset[int] = frozenset()
    seats: frozenset[int] = frozenset()


class Holder(NamedTuple):
    """A person who fills a seat now, with the address of the login."""

    person: int
    address: str
    is_principal: bool


class Place(NamedTuple):
    """A steering seat, the member it belongs to (an organisation, if it does), and who fills it."""

    number: int
    organisation: int | None
    holders: tuple[Holder, ...]


def of_person(party: Party, holder: Holder) -> ConflictGround | None:
    """Why this person may not take part, whatever seat they fill."""
    if holder.person in party.people or holder.address in party.addresses:
        return ConflictGround.APPLICANT
    if holder.address in party.referees:
        return ConflictGround.REFEREE
    return None


def of_seat(party: Party, place: Place) -> ConflictGround | None:
    """Why this seat may not take part, whoever fills it."""
    if place.organisation is not None and place.organisation in party.organisations:
        return ConflictGround.INSTITUTION
    if place.organisation is not None and place.organisation in party.relatives:
        return ConflictGround.PARENT
    if place.number in party.seats:
        return ConflictGround.RELATIONSHIP
    return None


@dataclass(slots=True)
class Found:
    """What the rules find when a ballot opens.

    `recused` are the seats that stand aside, `aside` the people who do although their seat does not (person → seat and
    ground), `voters` who holds each remaining seat in this ballot.
    """

    recused: dict[int, ConflictGround] = field(default_factory=dict)
    aside: dict[int, tuple[int, ConflictGround]] = field(default_factory=dict)
    voters: dict[int, int] = field(default_factory=dict)


def at_opening(party: Party, places: Iterable[Place], *, floor: int) -> Found:
    """Who stands aside from the beginning. `floor` is the least number of eligible seats of the rule."""
    places = list(places)
    found = _with_principals(party, places)
    if len(places) - len(found.recused) < floor:
        found = _with_principals(party, places, alternates_step_in=True)
    return found


def _with_principals(party, places, *, alternates_step_in=False):
    found = Found()
    for place in places:
        ground = of_seat(party, place)
        grounds = {holder: of_person(party, holder) for holder in place.holders}
        free = [holder for holder, personal in grounds.items() if personal is None]
        leading = leader(place.holders)
        if ground is None and grounds[leading] and not (free and alternates_step_in):
            ground = grounds[leading]
        if ground:
            found.recused[place.number] = ground
            continue
        found.voters[place.number] = leader(free).person
        found.aside |= {holder.person: (place.number, why) for holder, why in grounds.items() if why}
    return found


def ensure_enough(found: Found, *, floor: int) -> None:
    """Refuse to open a ballot with fewer free seats than the rule's floor, and say who could step in.

    Raises Refused, code `below-floor`.
    """
    eligible = len(found.voters)
    if eligible >= floor:
        return
    if found.recused:
        sentence = _(
            "At least {floor} seats must be free of conflicts of interest; {eligible} are. These stand aside: {seats}. "
            "Fill one of these with an alternate who has no conflict, or a vacant seat, and open the ballot again."
        )
    else:
        sentence = _("At least {floor} seats must be filled; {eligible} are. Fill the others first.")
    seats = ", ".join(str(number) for number in sorted(found.recused))
    raise Refused(sentence, code="below-floor", floor=floor, eligible=eligible, seats=seats)


def leader(holders: Iterable[Holder]) -> Holder:
    """The principal, or where there is none the alternate."""
    return max(holders, key=lambda holder: holder.is_principal)


def seat_follows(*, is_leader: bool, others_free: bool, own_position: bool, eligible: int, floor: int) -> bool:
    """Whether a seat stands aside because a person who fills it does, after the opening.

    It does where the person took the position that the seat holds now, where nobody else fills it who is free, and
    where it is the principal's (`is_leader`), unless that would leave fewer eligible seats than the floor.
    """
    if own_position or not others_free:
        return True
    return is_leader and eligible - 1 >= floor


def ensure_may_answer(voter: Voter, *, times: Times, now: datetime) -> None:
    """Refuse an answer to the conflict question that is not to be given, or not any more.

    Raises Refused, code `not-holder`, `not-open`, `closed` or `recused`. An answer may be given anew.
    """
    _ensure_takes_part(voter, times=times, now=now)
    if voter.recused or voter.conflict == ConflictAnswer.CONFLICTED:
        raise Refused(_("You stand aside in this ballot."), code="recused")


def may_discuss(visibility: Visibility, *, has_own: bool) -> bool:
    """Whether a seat that takes part reads the discussion and joins in.

    Where positions are seen after one's own, so is the discussion, so that nobody is led by the first voice.
    """
    return has_own or visibility != Visibility.AFTER_OWN


def ensure_may_comment(voter: Voter, visibility: Visibility, *, times: Times, now: datetime) -> None:
    """Refuse a contribution to the discussion to whoever could not take a position, or has to take it first.

    Raises Refused with the codes of a position, or code `own-first`.
    """
    _ensure_takes_part(voter, times=times, now=now)
    ensure_conflict_settled(recused=voter.recused, conflict=voter.conflict)
    if not may_discuss(visibility, has_own=voter.held is not None):
        raise Refused(
            _("Take a position first. Then you see what the others say, and can answer them."), code="own-first"
        )


def _ensure_takes_part(voter, *, times, now):
    if not voter.is_holder:
        raise Refused(_("You do not hold a seat on the roll of this ballot."), code="not-holder")
    ensure_open(*times, now)
