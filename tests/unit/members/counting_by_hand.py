"""A second count, for comparison: seat by seat, by trial and cross multiplication, sharing nothing with the portal's.

Written from the rules as people read them. A rule is a plain tuple of strings and numbers, a fraction a pair; a
roll is a list of what each seat says: "yes", "no", "abstain", "hold", "silent" or "recused".
"""

from functools import cache
from itertools import combinations_with_replacement, product
from typing import NamedTuple

SAYS = ("yes", "no", "abstain", "hold", "silent", "recused")


class Terms(NamedTuple):
    """One rule. `holds` is None without holds, else the override, which is "none" where nothing overrides."""

    quorum: tuple = (0, 1)
    quorum_strict: bool = False
    quorum_base: str = "roster"
    quorum_minimum: int = 0
    quorum_mode: str = "approval"
    threshold: tuple = (1, 2)
    threshold_strict: bool = True
    threshold_base: str = "decisive"
    minimum_yes: int = 0
    floor: int = 0
    holds: object = None
    ties: str = "fails"


def rolls(size):
    """Every roll of so many seats, but for their order."""
    return [list(roll) for roll in combinations_with_replacement(SAYS, size)]


@cache
def enough(number, fraction, whole, strict):
    """Whether `number` is (more than) the fraction of `whole`."""
    over, under = fraction
    return number * under > over * whole if strict else number * under >= over * whole


@cache
def smallest(fraction, whole, strict):
    """The first number that is enough, found by trying one after the other."""
    number = 0
    while not enough(number, fraction, whole, strict):
        number += 1
    return number


def size_of(base, roll):
    """How many seats of a roll a base has."""
    kept_out = {
        "roster": (),
        "eligible": ("recused",),
        "cast": ("recused", "silent"),
        "decisive": ("recused", "silent", "abstain"),
    }[base]
    return sum(1 for seat in roll if seat not in kept_out)


def verdict(terms, roll):
    """What the rule makes of the roll."""
    return result(terms, census(roll))


@cache
def _census(roll):
    sizes = {base: size_of(base, roll) for base in ("roster", "eligible", "cast", "decisive")}
    against = sum(1 for seat in roll if seat in ("no", "hold"))
    return sizes, roll.count("yes"), against, "hold" in roll


def census(roll):
    """The few facts of a roll that a verdict needs."""
    return _census(tuple(sorted(roll)))


def has_quorum(terms, number, whole):
    return enough(number, terms.quorum, whole, terms.quorum_strict) and number >= terms.quorum_minimum


def passes(terms, yes, sizes):
    """Whether the Yes reach the threshold of every base that counts: its own and, in approval mode, the quorum's."""
    wholes = [sizes[terms.threshold_base]]
    if terms.quorum_mode == "approval":
        wholes += [smallest(terms.quorum, sizes[terms.quorum_base], terms.quorum_strict), terms.quorum_minimum]
    reached = all(enough(yes, terms.threshold, whole, terms.threshold_strict) for whole in wholes)
    return reached and yes >= 1 and yes >= terms.minimum_yes


def result(terms, facts):
    """The verdict from the facts of a roll, in the order in which the tests are written down."""
    sizes, yes, against, held = facts
    if sizes["eligible"] < terms.floor:
        return "no_quorum"
    if terms.quorum_mode == "participation" and not has_quorum(terms, sizes["cast"], sizes[terms.quorum_base]):
        return "no_quorum"
    if held and (terms.holds == "none" or not enough(yes, terms.holds, sizes["roster"], strict=False)):
        return "held"
    if passes(terms, yes, sizes):
        return "approved"
    if terms.ties != "fails" and yes == against and yes > 0:
        return "tied"
    return "not_approved"


def missing(terms, roll):
    """The fewest silent seats that would have to say Yes, None if all of them are too few."""
    answers = []
    for further in range(roll.count("silent") + 1):
        changed = list(roll)
        for _ in range(further):
            changed[changed.index("silent")] = "yes"
        if verdict(terms, changed) == "approved":
            answers.append(further)
    return min(answers, default=None)


def endings(terms, roll, *, changes_possible):
    """Every way in which a roll may end, seat by seat and in every order."""
    positions = ["yes", "no", "abstain"] + (["hold"] if terms.holds is not None else [])

    def may_become(seat):
        if seat == "recused":
            return [seat]
        if seat in ("silent", "hold"):
            return [*positions, "silent"]
        return positions if changes_possible else [seat]

    return product(*(may_become(seat) for seat in roll))


def is_decided(terms, roll, *, changes_possible):
    """Whether all of the endings have one verdict."""
    ends = {tuple(sorted(end)) for end in endings(terms, roll, changes_possible=changes_possible)}
    return len({verdict(terms, end) for end in ends}) == 1
