"""Who is eligible for a group: by country, tier and field of expertise. Pure; the values are handed in."""

from collections.abc import Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What a group asks for, in codes. An empty set asks for nothing."""

    countries: Set[str] = frozenset()
    tiers: Set[str] = frozenset()
    expertise: Set[str] = frozenset()


@dataclass(frozen=True)
class Brought:
    """What somebody brings: countries they live or work in, or in which an organisation of theirs is seated.

    `countries` is None where they are not known: of a protected member, and of who keeps them from the asker.
    """

    countries: Set[str] | None
    tiers: Set[str] = frozenset()
    expertise: Set[str] = frozenset()


def is_eligible(asked: Asked, brought: Brought) -> bool | None:
    """Whether somebody meets all that a group asks for; None where it turns on a country that is not known.

    The Transatlantic Task Force asks for a transatlantic link: one country of its list is enough.
    """
    for wanted, found in ((asked.tiers, brought.tiers), (asked.expertise, brought.expertise)):
        if wanted and wanted.isdisjoint(found):
            return False
    if not asked.countries:
        return True
    return None if brought.countries is None else not asked.countries.isdisjoint(brought.countries)
