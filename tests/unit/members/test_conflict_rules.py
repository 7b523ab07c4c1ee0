"""Who stands aside: found when a ballot opens, and declared while it is open."""

import pytest

from members.choices.ballots import ConflictGround
from members.kernel.refusals import Refused
from members.rules.conflicts import (
    Holder,
    Party,
    Place,
    at_opening,
    ensure_enough,
    leader,
    of_person,
    of_seat,
    seat_follows,
)


def place(number, *, organisation=None, principal=None, alternate=None):
    """A seat of an organisation, filled by people whose keys are given; their addresses follow from the keys."""
    holders = [Holder(key, f"{key}@seat.test", key == principal) for key in (principal, alternate) if key]
    return Place(number, organisation or 100 + number, tuple(holders))


SEATS = [place(number, principal=number) for number in range(1, 6)]


def test_a_person_is_concerned_as_the_applicant_or_as_a_referee_by_address():
    party = Party(people=frozenset({1}), addresses=frozenset({"2@seat.test"}), referees=frozenset({"3@seat.test"}))
    found = [of_person(party, seat.holders[0]) for seat in SEATS]
    assert found == [ConflictGround.APPLICANT, ConflictGround.APPLICANT, ConflictGround.REFEREE, None, None]


def test_a_seat_is_concerned_by_its_institution_its_relatives_or_a_declared_relationship():
    party = Party(organisations=frozenset({101}), relatives=frozenset({102}), seats=frozenset({3}))
    found = [of_seat(party, seat) for seat in SEATS]
    expected = [ConflictGround.INSTITUTION, ConflictGround.PARENT, ConflictGround.RELATIONSHIP, None, None]
    assert found == expected


def test_a_seat_held_by_a_person_has_no_institution_to_be_concerned_by():
    assert of_seat(Party(organisations=frozenset({101})), Place(1, None, SEATS[0].holders)) is None


def test_nobody_stands_aside_where_nothing_is_found():
    found = at_opening(Party(), SEATS, floor=3)
    assert found.recused == {}
    assert found.aside == {}
    assert found.voters == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


def test_a_seat_stands_aside_with_its_principal_while_enough_are_free():
    seats = [place(1, principal=1, alternate=11), *SEATS[1:]]
    found = at_opening(Party(people=frozenset({1})), seats, floor=3)
    assert found.recused == {1: ConflictGround.APPLICANT}
    assert 1 not in found.voters
    assert found.aside == {}


def test_an_alternate_who_is_concerned_stands_aside_alone():
    seats = [place(1, principal=1, alternate=11), *SEATS[1:]]
    found = at_opening(Party(referees=frozenset({"11@seat.test"})), seats, floor=3)
    assert found.recused == {}
    assert found.aside == {11: (1, ConflictGround.REFEREE)}
    assert found.voters[1] == 1


def test_below_the_floor_alternates_who_are_free_step_in():
    seats = [place(number, principal=number, alternate=10 + number) for number in (1, 2)] + [place(3, principal=3)]
    party = Party(people=frozenset({1, 2}))
    found = at_opening(party, seats, floor=3)
    assert found.recused == {}
    assert found.voters == {1: 11, 2: 12, 3: 3}
    assert found.aside == {1: (1, ConflictGround.APPLICANT), 2: (2, ConflictGround.APPLICANT)}
    ensure_enough(found, floor=3)


def test_no_alternate_helps_where_the_institution_is_concerned():
    seats = [place(1, principal=1, alternate=11), *SEATS[1:3]]
    found = at_opening(Party(organisations=frozenset({101})), seats, floor=3)
    assert found.recused == {1: ConflictGround.INSTITUTION}


def test_too_few_free_seats_are_refused_with_the_seats_that_stand_aside():
    found = at_opening(Party(organisations=frozenset({101, 102})), SEATS[:4], floor=3)
    with pytest.raises(Refused) as refused:
        ensure_enough(found, floor=3)
    assert refused.value.code == "below-floor"
    assert refused.value.facts == {"floor": 3, "eligible": 2, "seats": "1, 2"}
    assert "alternate" in refused.value.message


def test_too_few_seats_that_are_filled_at_all_are_refused():
    with pytest.raises(Refused) as refused:
        ensure_enough(at_opening(Party(), SEATS[:2], floor=3), floor=3)
    assert refused.value.code == "below-floor"


def test_the_leader_is_the_principal_or_the_only_one_there_is():
    seat = place(1, principal=1, alternate=11)
    assert leader(seat.holders).person == 1
    assert leader(seat.holders[1:]).person == 11


@pytest.mark.parametrize(
    ("facts", "follows"),
    [
        ({"is_leader": True, "others_free": True, "own_position": False, "eligible": 5}, True),
        ({"is_leader": False, "others_free": True, "own_position": False, "eligible": 5}, False),
        ({"is_leader": False, "others_free": True, "own_position": True, "eligible": 5}, True),
        ({"is_leader": True, "others_free": True, "own_position": False, "eligible": 3}, False),
        ({"is_leader": True, "others_free": False, "own_position": False, "eligible": 3}, True),
        ({"is_leader": True, "others_free": True, "own_position": True, "eligible": 3}, True),
    ],
)
def test_when_a_seat_follows_a_person_who_stands_aside(facts, follows):
    assert seat_follows(**facts, floor=3) is follows
