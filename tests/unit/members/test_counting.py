"""The count against a second one, written another way, and against what everybody knows.

All settings of a rule are covered on all rolls of up to five seats: every number a rule can ask for is compared for
every setting that it depends on, and the order of the tests for every combination of such numbers. Beyond that the
verdict as a whole is compared for a product of telling settings, and for settings drawn at random from all of them.
"""

import random
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest

from members.choices.ballots import QuorumMode, TiePolicy
from members.kernel.refusals import Refused
from members.reference.rules import MEMBERSHIP_RULE
from members.rules import counting
from members.rules.counting import Needs, Rule, Tally, count, need, needs, outcome, tally_of
from tests.unit.members import counting_by_hand as by_hand
from tests.unit.members.counting_by_hand import Terms

LARGEST = 5
SHARES = [(share, strict) for share in ((1, 2), (2, 3), (3, 4), (3, 5), (1, 1)) for strict in (False, True)]
SHARES.remove(((1, 1), True))
BASES = ("decisive", "cast", "eligible", "roster")
MODES = ("approval", "participation")
HOLDS = (None, "none", (1, 2), (2, 3), (3, 4), (3, 5), (1, 1))
TIES = ("fails", "chair", "runoff", "lot")
NUMBERS = range(LARGEST + 1)


def rule(terms: Terms) -> Rule:
    """The portal's rule of these terms."""
    return Rule(
        quorum=Fraction(*terms.quorum),
        quorum_strict=terms.quorum_strict,
        quorum_base=terms.quorum_base,
        quorum_minimum=terms.quorum_minimum,
        quorum_mode=terms.quorum_mode,
        threshold=Fraction(*terms.threshold),
        threshold_strict=terms.threshold_strict,
        threshold_base=terms.threshold_base,
        minimum_yes=terms.minimum_yes,
        eligible_floor=terms.floor,
        holds_allowed=terms.holds is not None,
        override=Fraction(*terms.holds) if isinstance(terms.holds, tuple) else None,
        ties=terms.ties,
    )


def tally(roll) -> Tally:
    """The tally of a list of what each seat says."""
    names = ("recused", "yes", "no", "abstain", "hold")
    return Tally(roll=len(roll), **{name: roll.count(name) for name in names})


ROLLS = [roll for size in NUMBERS for roll in by_hand.rolls(size)]
TALLIES = [tally(roll) for roll in ROLLS]
FACTS = [by_hand.census(roll) for roll in ROLLS]


def telling_terms():
    """A product of settings, two or more of each kind, that tells all of them apart."""
    quorums = product([((1, 2), True), ((2, 3), False), ((1, 1), False)], ("roster", "eligible"), (0, 3), MODES)
    thresholds = list(product([((1, 2), True), ((1, 2), False), ((2, 3), False), ((1, 1), False)], BASES, (0, 2)))
    others = list(product((0, 3), (None, "none", (1, 2), (3, 4)), ("fails", "chair")))
    for (quorum, base, minimum, mode), threshold, (floor, holds, ties) in product(quorums, thresholds, others):
        (share, strict), threshold_base, minimum_yes = threshold
        yield Terms(*quorum, base, minimum, mode, share, strict, threshold_base, minimum_yes, floor, holds, ties)


def any_terms(draw) -> Terms:
    """Settings drawn from all there are."""
    return Terms(
        *draw.choice(SHARES),
        draw.choice(("roster", "eligible")),
        draw.choice(NUMBERS),
        draw.choice(MODES),
        *draw.choice(SHARES),
        draw.choice(BASES),
        draw.choice(NUMBERS),
        draw.choice(NUMBERS),
        draw.choice(HOLDS),
        draw.choice(TIES),
    )


def test_what_everybody_knows_of_halves_and_thirds():
    assert need(Fraction(2, 3), 9, strict=False) == 6
    for whole in range(10_001):
        assert need(Fraction(1, 2), whole, strict=True) == whole // 2 + 1
        assert need(Fraction(2, 3), whole, strict=False) == (2 * whole + 2) // 3


@pytest.mark.parametrize(("share", "strict"), SHARES)
def test_need_is_the_first_number_that_is_enough(share, strict):
    for whole in range(200):
        assert need(Fraction(*share), whole, strict=strict) == by_hand.smallest(share, whole, strict)


def test_every_quorum_on_every_roll():
    for (share, strict), base, minimum, mode in product(SHARES, ("roster", "eligible"), NUMBERS, MODES):
        terms = Terms(share, strict, base, minimum, mode)
        for recused, size in combinations_with_replacement(NUMBERS, 2):
            numbers = needs(rule(terms), Tally(roll=size, recused=recused))
            whole = size if base == "roster" else size - recused
            first = next(n for n in range(LARGEST + 2) if by_hand.has_quorum(terms, n, whole))
            assert numbers.quorum == first, (terms, size, recused)


def test_every_threshold_above_every_quorum_on_every_roll():
    shapes = {
        (sizes["roster"], sizes["eligible"], sizes["cast"], sizes["decisive"]): (example, sizes)
        for example, (sizes, *_rest) in zip(TALLIES, FACTS, strict=True)
    }
    settings = product(SHARES, BASES, NUMBERS, MODES, range(LARGEST + 2))
    for (share, strict), base, minimum_yes, mode, quorum in settings:
        terms = Terms((0, 1), False, "roster", quorum, mode, share, strict, base, minimum_yes)
        measured = rule(terms)
        for example, sizes in shapes.values():
            first = next(yes for yes in range(LARGEST + 3) if by_hand.passes(terms, yes, sizes))
            assert needs(measured, example).threshold == first, (terms, example)


def test_every_override_on_every_roll():
    for override in HOLDS[2:]:
        for size in range(1, LARGEST + 1):
            first = next(yes for yes in range(size + 1) if by_hand.enough(yes, override, size, strict=False))
            assert needs(rule(Terms(holds=override)), Tally(roll=size)).override == first


@pytest.mark.parametrize("mode", QuorumMode)
@pytest.mark.parametrize("ties", TiePolicy)
def test_the_order_of_the_tests_for_all_numbers_a_rule_can_ask_for(mode, ties):
    """The needs are handed in as numbers; the second count gets them as the minimums and shares that come to them."""
    asked = list(product(range(LARGEST + 2), range(1, LARGEST + 3), [None, *range(1, LARGEST + 1)], NUMBERS))
    for example, (sizes, yes, against, held) in zip(TALLIES, FACTS, strict=True):
        few = [sizes["eligible"] < floor for floor in NUMBERS]
        away = [mode == "participation" and sizes["cast"] < quorum for quorum in range(LARGEST + 2)]
        split = ties != "fails" and yes == against and yes > 0
        for quorum, threshold, override, floor in asked:
            if few[floor] or away[quorum]:
                right = "no_quorum"
            elif held and not (override is not None and yes >= override):
                right = "held"
            elif yes >= threshold:
                right = "approved"
            else:
                right = "tied" if split else "not_approved"
            found = outcome(example, Needs(quorum, 0, threshold, override), floor=floor, mode=mode, ties=ties)
            assert found == right, (example, quorum, threshold, override, floor)


@pytest.mark.parametrize("size", NUMBERS)
def test_the_verdict_for_telling_settings_on_all_rolls(size):
    everything = [(tally(roll), by_hand.census(roll)) for roll in by_hand.rolls(size)]
    without_holds = [(example, facts) for example, facts in everything if not example.hold]
    for terms in telling_terms():
        measured = rule(terms)
        for example, facts in without_holds if terms.holds is None else everything:
            assert counting.verdict(measured, example) == by_hand.result(terms, facts), (terms, example)


def test_the_verdict_for_settings_drawn_from_all_of_them():
    draw = random.Random(2026)
    for _ in range(5_000):
        terms = any_terms(draw)
        measured = rule(terms)
        for index in draw.sample(range(len(ROLLS)), 40):
            if terms.holds is not None or not TALLIES[index].hold:
                found = counting.verdict(measured, TALLIES[index])
                assert found == by_hand.verdict(terms, ROLLS[index]), (terms, ROLLS[index])


def test_the_whole_sheet_for_settings_drawn_from_all_of_them():
    draw = random.Random(14)
    for _ in range(1_500):
        terms = any_terms(draw)
        measured = rule(terms)
        for roll in draw.sample(ROLLS, 10):
            if terms.holds is None and "hold" in roll:
                continue
            sheet = count(measured, tally(roll))
            cleared = ["silent" if seat == "hold" else seat for seat in roll]
            assert sheet.verdict == by_hand.verdict(terms, roll)
            assert sheet.missing == by_hand.missing(terms, roll)
            assert sheet.missing_once_cleared == (by_hand.missing(terms, cleared) if "hold" in roll else None)
            assert [sheet.cast, sheet.decisive, sheet.eligible, sheet.silent] == [
                by_hand.size_of("cast", roll),
                by_hand.size_of("decisive", roll),
                by_hand.size_of("eligible", roll),
                roll.count("silent"),
            ]
            assert counting.Sheet.from_record(sheet.as_record()) == sheet


@pytest.mark.parametrize("changes_possible", [False, True])
def test_decided_means_that_every_completion_has_the_same_verdict(changes_possible):
    """Invariant 8, seat by seat on rolls of up to four."""
    draw = random.Random(8)
    small = [roll for roll in ROLLS if len(roll) <= 4]
    seen = set()
    for _ in range(60):
        terms = any_terms(draw)
        measured = rule(terms)
        for roll in small:
            if terms.holds is None and "hold" in roll:
                continue
            found = counting.is_decided(measured, tally(roll), changes_possible=changes_possible)
            assert found == by_hand.is_decided(terms, roll, changes_possible=changes_possible), (terms, roll)
            seen.add(found)
    assert seen == {True, False}


def test_a_hold_is_never_final_so_that_its_raiser_has_time_to_clear_it():
    held = Tally(roll=5, yes=4, hold=1)
    rule_with_holds = rule(Terms(holds="none"))
    assert counting.verdict(rule_with_holds, held) == "held"
    assert not counting.is_decided(rule_with_holds, held, changes_possible=False)
    assert not counting.all_in(rule_with_holds, held)
    assert counting.all_in(rule_with_holds, Tally(roll=5, yes=4, no=1))


def test_nobody_is_in_while_alternates_are_awaited():
    assert not counting.all_in(rule(Terms(floor=3)), Tally(roll=5, recused=3, yes=2))
    assert not counting.all_in(rule(Terms()), Tally(roll=2, recused=2))
    assert not counting.all_in(rule(Terms()), Tally(roll=2, yes=1))


def test_the_examples_of_the_membership_rule():
    membership = Rule.from_settings(MEMBERSHIP_RULE["settings"])
    nine = count(membership, Tally(roll=9, recused=1, yes=5, no=2))
    assert (nine.quorum_need, nine.base, nine.threshold_need, nine.override_need) == (5, 7, 5, 7)
    assert nine.verdict == "approved"
    held = count(membership, Tally(roll=9, recused=1, yes=4, hold=1))
    assert (held.verdict, held.missing, held.missing_once_cleared) == ("held", 3, 0)
    assert count(membership, Tally(roll=9, yes=7, hold=2)).verdict == "approved"
    assert count(membership, Tally(roll=9, yes=3)).verdict == "not_approved"
    assert count(membership, Tally(roll=9, recused=7, yes=2)).verdict == "no_quorum"


def test_seats_are_counted_by_what_they_say_and_nothing_else():
    positions = {1: "yes", 2: "yes", 4: "hold", 5: "abstain", 6: "no"}
    assert tally_of(roll=range(1, 9), recused={3, 7}, positions=positions) == Tally(
        roll=8, recused=2, yes=2, no=1, abstain=1, hold=1
    )


@pytest.mark.parametrize(
    ("roll", "recused", "positions"),
    [
        ([1, 2, 2], [], {}),
        ([1, 2], [3], {}),
        ([1, 2], [], {3: "yes"}),
        ([1, 2], [2], {2: "yes"}),
        ([1, 2], [], {2: "perhaps"}),
    ],
)
def test_seats_that_cannot_be_counted_are_an_error(roll, recused, positions):
    with pytest.raises(ValueError, match=r"seat|not a valid"):
        tally_of(roll=roll, recused=recused, positions=positions)


@pytest.mark.parametrize("numbers", [{"yes": 6}, {"recused": 3, "no": 3}, {"yes": -1}, {"yes": 1.0}, {"yes": True}])
def test_numbers_that_are_no_tally_are_an_error(numbers):
    with pytest.raises(ValueError, match="tally|counted"):
        Tally(roll=5, **numbers)


def test_a_hold_under_a_rule_without_holds_is_an_error():
    with pytest.raises(ValueError, match="Hold"):
        counting.verdict(rule(Terms()), Tally(roll=3, hold=1))


def test_a_rule_that_nothing_could_meet_is_refused():
    with pytest.raises(Refused) as refusal:
        rule(Terms(threshold=(1, 1), threshold_strict=True))
    assert (refusal.value.code, refusal.value.field) == ("impossible", "threshold")
