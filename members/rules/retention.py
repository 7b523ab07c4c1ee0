"""How much may be deleted at once. All is pure."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused

MOST_AT_ONCE = Fraction(5, 100)
"""The largest share of the rows of a kind that is deleted unasked: more is rather a mistake in a period or a clock."""
FEW = 1
"""So many are deleted whatever their share, or a small portal could let go of nothing. No mistake hides in one row: it
makes many old at once, while rows grow old one after another from hour to hour."""


@dataclass(frozen=True)
class Outlook:
    """What a kind has, and what of it is older than its period."""

    kind: str
    days: int
    total: int
    old: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.old, self.total) if self.total else Fraction(0)

    @property
    def percent(self) -> float:
        """The share in per cent, to one place."""
        return round(float(self.share * 100), 1)

    @property
    def is_too_much(self) -> bool:
        """Whether it is deleted only when somebody asks for it by name."""
        return self.old > FEW and self.share > MOST_AT_ONCE


def ensure_few(outlook: Outlook, *, is_asked_for: bool) -> None:
    """Raises Refused, code `too-much`, where more than the share would go and nobody named the kind."""
    if outlook.is_too_much and not is_asked_for:
        raise Refused(
            _("{kind}: {old} of {total} rows are old ({percent} %). More than 5 % are not deleted unasked."),
            code="too-much",
            kind=outlook.kind,
            old=outlook.old,
            total=outlook.total,
            percent=outlook.percent,
        )
