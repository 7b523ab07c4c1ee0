"""The settings of a decision rule: how a motion is counted and how its ballot is run.

They come from the `settings` of a decision rule, a record of two parts, "counting" and "procedure", in which
fractions are strings ("2/3"). Unknown or missing settings are refused, so that a slip of the pen in the admin
never becomes a silent default.
"""

import re
from dataclasses import MISSING, dataclass, fields
from enum import EnumType
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from members.choices.ballots import (
    EarlyClose,
    Method,
    Position,
    QuorumBase,
    QuorumMode,
    ThresholdBase,
    TiePolicy,
    Visibility,
)
from members.kernel.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a motion is counted. Refuses settings that are not exact or that nothing could ever meet.

    `quorum`, `threshold` and `override` are fractions; a strict one asks for more than its share. `override` is of the
    roster, None if no number of Yes carries over a Hold. `quorum_minimum` and `minimum_yes` are absolute numbers of
    seats; below `eligible_floor` seats that are not recused, nothing can be decided.
    """

    quorum: Fraction
    quorum_strict: bool
    quorum_base: QuorumBase
    quorum_mode: QuorumMode
    quorum_minimum: int = 0
    threshold: Fraction
    threshold_strict: bool
    threshold_base: ThresholdBase
    minimum_yes: int = 0
    eligible_floor: int = 0
    holds_allowed: bool = False
    override: Fraction | None = None
    ties: TiePolicy = TiePolicy.FAILS
    early_close: EarlyClose = EarlyClose.NEVER

    def __post_init__(self):
        _ensure_types(self)
        _ensure_share("quorum", self.quorum, strict=self.quorum_strict, least=0)
        _ensure_share("threshold", self.threshold, strict=self.threshold_strict)
        if self.override is not None:
            if not self.holds_allowed:
                raise Refused(
                    _("A rule without holds has no override."), code="override-without-holds", field="override"
                )
            _ensure_share("override", self.override, strict=False)

    @classmethod
    def from_settings(cls, settings) -> "Rule":
        """The rule in the part "counting" of a decision rule's settings."""
        return _from_settings(cls, settings, "counting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """How a ballot is run. Periods are in days of 24 hours.

    `votes_final` says that a position, once taken, stays (but a Hold can always be cleared). `reasons_required` are
    the positions that must give a reason. `deferrals` is how often a ballot may be deferred.
    """

    minimum_opening_days: int
    default_opening_days: int
    visibility: Visibility
    votes_final: bool = False
    reasons_required: frozenset[Position] = frozenset()
    deferrals: int = 0
    objection_window_days: int = 0

    def __post_init__(self):
        if not isinstance(self.reasons_required, list | tuple | set | frozenset):
            raise Refused(_("Positions are given as a list."), code="wrong-type", field="reasons_required")
        reasons = frozenset(_word(Position, "reasons_required", word) for word in self.reasons_required)
        object.__setattr__(self, "reasons_required", reasons)
        _ensure_types(self)
        if not 1 <= self.minimum_opening_days <= self.default_opening_days:
            raise Refused(
                _("A ballot is open for at least a day, and by default no shorter than its shortest opening."),
                code="opening-period",
                field="default_opening_days",
            )

    @classmethod
    def from_settings(cls, settings) -> "Procedure":
        """The procedure in the part "procedure" of a decision rule's settings."""
        return _from_settings(cls, settings, "procedure")


def ensure_settings(settings) -> None:
    """Refuse settings of a decision rule that are not complete and sound; for forms and loaders."""
    if not isinstance(settings, dict) or set(settings) != {"method", "counting", "procedure"}:
        raise Refused(
            _("The settings of a rule have exactly the parts method, counting and procedure."),
            code="settings",
            field="settings",
        )
    _word(Method, "method", settings["method"])
    Rule.from_settings(settings)
    Procedure.from_settings(settings)


def exact_fraction(value, *, field=None) -> Fraction:
    """A fraction from "2/3", "0" or "1". Decimals and percentages are refused: they cannot say two thirds."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}(/0*[1-9][0-9]{0,5})?", value, re.ASCII):
        return Fraction(value)
    raise Refused(_("“{value}” is not an exact fraction such as 2/3."), code="not-exact", field=field, value=value)


def _from_settings(cls, settings, part):
    given = settings.get(part)
    known = {field.name: field for field in fields(cls)}
    missing = [name for name, field in known.items() if field.default is MISSING and name not in (given or ())]
    if not isinstance(given, dict) or missing or set(given) - set(known):
        raise Refused(
            _("In the part {part}, these settings are missing: {missing}; and these are not known: {unknown}."),
            code="settings",
            field="settings",
            part=part,
            missing=", ".join(missing) or _("none"),
            unknown=", ".join(sorted(set(given or ()) - set(known))) or _("none"),
        )
    return cls(**given)


def _ensure_types(record):
    """Turn strings into fractions and words, and refuse whatever is not of its field's type."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(field.type, EnumType):
            object.__setattr__(record, field.name, _word(field.type, field.name, value))
        elif field.type is Fraction or (field.type == Fraction | None and value is not None):
            object.__setattr__(record, field.name, exact_fraction(value, field=field.name))
        elif field.type in (int, bool) and (type(value) is not field.type or value < 0):
            raise Refused(
                _("{setting} is a whole number from 0, or true or false."),
                code="wrong-type",
                field=field.name,
                setting=field.name,
            )


def _word(words, field, value):
    if value not in words.values:
        raise Refused(
            _("“{value}” is not one of: {words}."),
            code="unknown-word",
            field=field,
            value=value,
            words=", ".join(words.values),
        )
    return words(value)


def _ensure_share(field, share, *, strict, least=None):
    above = share > 0 if least is None else share >= least
    if not (above and share <= 1):
        raise Refused(_("A fraction of the seats lies between none and all."), code="out-of-range", field=field)
    if strict and share == 1:
        raise Refused(_("More than all can never be reached."), code="impossible", field=field)
