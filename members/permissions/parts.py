"""What apps above this floor bring to the rights: the one place by which they do.

An upper app that keeps collectives gives each of its rows a Body (`members.actions.rights.body_of_upper_app`), and
brings, once, when Django is ready, a `Part`:

- its table of rights, said of roles and of bodies on rows (`members.permissions.table` explains both);
- what its rows must carry (`members.permissions.grants`): `settle` and `check_rights` go by it;
- the terms that put people into the Groups of its bodies: `groups_due` and `boundaries` ask them, so that such a right
  ends at midnight with the worker off as every other does;
- by which path its rows belong to a protected member, whom the administration and the record then leave out.

Everything that reads the tables of this floor reads those parts too, and `docs/permissions.md` prints them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Model, Q

from members.choices.bodies import Role
from members.kernel.terms import Term
from members.permissions.grants import DUE
from members.permissions.protection import OWNERS
from members.permissions.table import GRANTS, ROLES, Grant


@dataclass(frozen=True)
class Following:
    """Terms with a `person` that put that person into the Group at the end of `path`, where they meet `condition`."""

    table: type[Term]
    path: str
    condition: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Part:
    """What one app brings. Its rights are a TextChoices of its own, with values that no other app uses."""

    roles: Mapping[str, frozenset[Role]]
    grants: Mapping[str, tuple[Grant, ...]]
    due: Mapping[type[Model], Callable[[Model], set[tuple[int, str]]]]
    following: tuple[Following, ...]
    owners: Mapping[type[Model], str]


FOLLOWING: list[Following] = []


def bring(part: Part) -> None:
    """Add an app's part to the tables of rights. Called once for each app, before the first request."""
    if known := (ROLES.keys() & part.roles.keys()) | (GRANTS.keys() & part.grants.keys()):
        raise ValueError(f"Two apps have rights by the names {sorted(known)}.")
    ROLES.update(part.roles)
    GRANTS.update(part.grants)
    DUE.update(part.due)
    OWNERS.update(part.owners)
    FOLLOWING.extend(part.following)
