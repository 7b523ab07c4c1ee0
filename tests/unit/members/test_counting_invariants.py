"""What holds of every count: exhaustively on rolls of up to five seats, and by search on larger ones."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.choices.ballots import Position, QuorumBase, QuorumMode, ThresholdBase, TiePolicy, Verdict
from members.rules.counting import Rule, Tally, all_in, count, is_decided, tally_of, verdict

SHARES = [Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(3, 5)]
UPWARDS = ("hold", "no", "abstain", "yes")


def small_tallies():
    for size in range(6):
        for recused, yes, no, abstain, hold in product(range(size + 1), repeat=5):
            if recused + yes + no + abstain + hold <= size:
                yield Tally(roll=size, recused=recused, yes=yes, no=no, abstain=abstain, hold=hold)


def small_rules():
    """1,024 rules: every mode, base and strictness, with and without minimums, a floor and an override."""
    bases = product(QuorumMode, QuorumBase, ThresholdBase, (False, True), (Fraction(1, 2), Fraction(2, 3)))
    others = list(product((0, 3), (0, 2), (None, Fraction(3, 4)), (0, 2)))
    for (mode, quorum_base, base, strict, share), (minimum, minimum_yes, override, floor) in product(bases, others):
        yield Rule(
            quorum=Fraction(1, 2),
            quorum_strict=strict,
            quorum_base=quorum_base,
            quorum_mode=mode,
            quorum_minimum=minimum,
            threshold=share,
            threshold_strict=strict,
            threshold_base=base,
            minimum_yes=minimum_yes,
            eligible_floor=floor,
            holds_allowed=True,
            override=override,
            ties=TiePolicy.CHAIR if strict else TiePolicy.FAILS,
        )


TALLIES = list(small_tallies())
RULES = list(small_rules())


@st.composite
def rules(draw, **fixed):
    holds_allowed = draw(st.booleans())
    drawn = {
        "quorum": draw(st.fractions(0, 1, max_denominator=12)),
        "quorum_strict": False,
        "quorum_base": draw(st.sampled_from(QuorumBase)),
        "quorum_mode": draw(st.sampled_from(QuorumMode)),
        "quorum_minimum": draw(st.integers(0, 12)),
        "threshold": draw(st.fractions(Fraction(1, 12), 1, max_denominator=12)),
        "threshold_strict": False,
        "threshold_base": draw(st.sampled_from(ThresholdBase)),
        "minimum_yes": draw(st.integers(0, 12)),
        "eligible_floor": draw(st.integers(0, 12)),
        "holds_allowed": holds_allowed,
        "override": draw(st.none() | st.sampled_from(SHARES)) if holds_allowed else None,
        "ties": draw(st.sampled_from(TiePolicy)),
    } | fixed
    for share in ("quorum", "threshold"):
        drawn[f"{share}_strict"] = drawn[share] < 1 and draw(st.booleans())
    return Rule(**drawn)


@st.composite
def tallies(draw, *, holds):
    numbers = {name: draw(st.integers(0, 12)) for name in ("recused", "yes", "no", "abstain")}
    hold = draw(st.integers(0, 4)) if holds else 0
    return Tally(roll=sum(numbers.values()) + hold + draw(st.integers(0, 12)), hold=hold, **numbers)


@st.composite
def rules_and_tallies(draw, **fixed):
    rule = draw(rules(**fixed))
    return rule, draw(tallies(holds=rule.holds_allowed))


def approves(rule, tally):
    return verdict(rule, tally) is Verdict.APPROVED


def raised(tally):
    """Every tally in which one seat has moved upwards."""
    for lower, higher in pairwise(UPWARDS):
        if getattr(tally, lower):
            yield replace(tally, **{lower: getattr(tally, lower) - 1, higher: getattr(tally, higher) + 1})


def spoken_against(rule, tally):
    """Every tally in which one more silent seat has said anything but Yes."""
    if tally.silent:
        for position in ("no", "abstain", "hold") if rule.holds_allowed else ("no", "abstain"):
            yield replace(tally, **{position: getattr(tally, position) + 1})


def ensure_raising_never_loses(rule, tally):
    if approves(rule, tally):
        assert all(approves(rule, higher) for higher in raised(tally))


def ensure_speaking_against_never_wins(rule, tally):
    if rule.quorum_mode is QuorumMode.APPROVAL and not approves(rule, tally):
        assert not any(approves(rule, more) for more in spoken_against(rule, tally))


def is_on_the_roster(rule):
    return rule.quorum_base is QuorumBase.ROSTER and rule.threshold_base is not ThresholdBase.ELIGIBLE


def ensure_recusing_the_silent_never_wins(rule, tally):
    if is_on_the_roster(rule) and tally.silent and not approves(rule, tally):
        assert not approves(rule, replace(tally, recused=tally.recused + 1))


def ensure_the_sheet_adds_up(rule, tally):
    sheet = count(rule, tally)
    assert sheet.recused + sheet.yes + sheet.no + sheet.abstain + sheet.hold + sheet.silent == sheet.roll
    assert sheet.eligible == sheet.roll - sheet.recused == sheet.cast + sheet.silent
    assert sheet.cast == sheet.decisive + sheet.abstain
    assert (sheet.missing == 0) == (sheet.verdict is Verdict.APPROVED)


def ensure_nothing_passes_without_a_yes(rule, tally):
    assert tally.yes or not approves(rule, tally)


INVARIANTS = [
    ensure_raising_never_loses,
    ensure_speaking_against_never_wins,
    ensure_recusing_the_silent_never_wins,
    ensure_nothing_passes_without_a_yes,
]


@pytest.mark.parametrize("invariant", INVARIANTS)
def test_it_holds_for_a_thousand_rules_on_all_rolls_of_up_to_five_seats(invariant):
    assert (len(RULES), len(TALLIES)) == (1024, 462)
    for rule, tally in product(RULES, TALLIES):
        invariant(rule, tally)


@pytest.mark.parametrize("invariant", [*INVARIANTS, ensure_the_sheet_adds_up])
def test_it_holds_for_any_rule_on_larger_rolls(invariant):
    @settings(max_examples=250, deadline=None)
    @given(rules_and_tallies())
    def search(drawn):
        invariant(*drawn)

    search()


def test_the_sheet_adds_up_on_all_rolls_of_up_to_five_seats():
    for rule, tally in product(RULES[::16], TALLIES):
        ensure_the_sheet_adds_up(rule, tally)


def test_the_defaults_avoid_what_a_participation_quorum_would_do():
    """Why approval mode is the default: elsewhere a No can make a motion pass."""
    turned = [
        (rule, tally)
        for rule, tally in product(RULES, TALLIES[::2])
        if not approves(rule, tally) and any(approves(rule, more) for more in spoken_against(rule, tally))
    ]
    assert turned
    assert {rule.quorum_mode for rule, _tally in turned} == {QuorumMode.PARTICIPATION}


def test_the_defaults_avoid_what_a_quorum_of_eligible_seats_would_do():
    """Why the roster is the default base: measured on eligible seats, a recusal can make a motion pass."""
    turned = [
        rule
        for rule, tally in product(RULES, TALLIES)
        if tally.silent and not approves(rule, tally) and approves(rule, replace(tally, recused=tally.recused + 1))
    ]
    assert turned
    assert not any(is_on_the_roster(rule) for rule in turned)


@settings(max_examples=200, deadline=None)
@given(rules(), st.data())
def test_the_order_of_seats_is_irrelevant(rule, data):
    """Invariant 3, for the function that counts seats."""
    positions = [position for position in Position if rule.holds_allowed or position is not Position.HOLD]
    says = data.draw(st.lists(st.sampled_from([*positions, None, "recused"]), max_size=15))
    seats = list(enumerate(says))
    shuffled = data.draw(st.permutations(seats))

    def counted(order):
        return count(
            rule,
            tally_of(
                roll=[seat for seat, _said in order],
                recused=[seat for seat, said in order if said == "recused"],
                positions={seat: said for seat, said in order if said not in (None, "recused")},
            ),
        )

    assert counted(seats) == counted(shuffled)


@settings(max_examples=200, deadline=None)
@given(rules_and_tallies(), st.data())
def test_what_is_decided_stays_so_whatever_comes_in(drawn, data):
    """Invariant 8 on larger rolls: once decided, a random completion has the same verdict."""
    rule, tally = drawn
    if not is_decided(rule, tally, changes_possible=False):
        return
    free = tally.silent + tally.hold
    names = ("yes", "no", "abstain", "hold") if rule.holds_allowed else ("yes", "no", "abstain")
    more = data.draw(st.lists(st.sampled_from([*names, "silent"]), min_size=free, max_size=free))
    fixed = {name: getattr(tally, name) for name in ("yes", "no", "abstain")}
    end = replace(tally, **{name: fixed.get(name, 0) + more.count(name) for name in names})
    assert verdict(rule, end) is verdict(rule, tally)


@settings(max_examples=200, deadline=None)
@given(rules_and_tallies())
def test_with_every_seat_in_and_no_concern_nothing_is_open(drawn):
    rule, tally = drawn
    if all_in(rule, tally) and not tally.hold:
        assert is_decided(rule, tally, changes_possible=False)


@settings(max_examples=200, deadline=None)
@given(rules_and_tallies())
def test_what_is_missing_is_what_it_takes(drawn):
    rule, tally = drawn
    missing = count(rule, tally).missing
    for further in range(tally.silent + 1):
        carried = approves(rule, replace(tally, yes=tally.yes + further))
        assert carried if further == missing else not carried or (missing is not None and further > missing)
