"""A decision rule in words that need no bylaws beside them."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.choices.ballots import EarlyClose, Position, QuorumBase, QuorumMode, ThresholdBase, Visibility
from members.rules.counting import Tally, count
from members.rules.decision_rules import Procedure, Rule

EXAMPLE = Tally(roll=9, recused=1, yes=5, no=2)

FRACTIONS = {
    Fraction(1, 2): lambda: _("half"),
    Fraction(2, 3): lambda: _("two thirds"),
    Fraction(3, 4): lambda: _("three quarters"),
    Fraction(1): lambda: _("all"),
}


def share(fraction: Fraction, *, strict: bool) -> str:
    """“At least two thirds”, “more than half”, “all”."""
    amount = FRACTIONS[fraction]() if fraction in FRACTIONS else str(fraction)
    if strict:
        return _("more than %(share)s") % {"share": amount}
    return amount if fraction == 1 else _("at least %(share)s") % {"share": amount}


class RuleInWords:
    """What a page says of one version of a rule: each method is one answer, each answer whole sentences."""

    def __init__(self, decision_rule):
        self.decision_rule = decision_rule
        self.rule = Rule.from_settings(decision_rule.settings)
        self.procedure = Procedure.from_settings(decision_rule.settings)

    def facts(self):
        """Questions and answers, in the order a reader asks them."""
        return [
            (_("When is it approved?"), self.threshold()),
            (_("How many must take part?"), self.quorum()),
            (_("What does a hold do?"), self.hold()),
            (_("How long is a ballot open?"), self.opening()),
            (_("When does a seat see what others said?"), self.visibility()),
            (_("Who must give a reason?"), self.reasons()),
            (_("Can a position be changed?"), self.changing()),
            (_("What if many seats stand aside?"), self.floor()),
        ]

    def threshold(self):
        of = {
            ThresholdBase.DECISIVE: _(
                "the deciding votes, which are Yes, No and Hold; an Abstain is present but decides nothing"
            ),
            ThresholdBase.CAST: _("all positions taken, Abstain included"),
            ThresholdBase.ELIGIBLE: _("all seats that do not stand aside"),
            ThresholdBase.ROSTER: _("all seats on the roll"),
        }[self.rule.threshold_base]
        amount = share(self.rule.threshold, strict=self.rule.threshold_strict)
        return _("With Yes from %(share)s of %(of)s.") % {"share": amount, "of": of}

    def quorum(self):
        of = (
            _("seats on the roll") if self.rule.quorum_base is QuorumBase.ROSTER else _("seats that do not stand aside")
        )
        amount = share(self.rule.quorum, strict=self.rule.quorum_strict)
        if self.rule.quorum_mode is QuorumMode.PARTICIPATION:
            return _("%(share)s of the %(of)s must take a position, or nothing is decided.") % {
                "share": amount.capitalize(),
                "of": of,
            }
        return _(
            "Staying away never helps a motion: the share is always taken of %(share)s of the %(of)s, "
            "however few take a position."
        ) % {"share": amount, "of": of}

    def hold(self):
        if not self.rule.holds_allowed:
            return _("This rule has no holds.")
        blocks = _(
            "A hold states a concern and blocks the decision until whoever raised it has been answered and clears it."
        )
        if self.rule.override is None:
            return blocks
        amount = share(self.rule.override, strict=False)
        return blocks + " " + _("It is overridden by Yes from %(share)s of all seats.") % {"share": amount}

    def opening(self):
        days = self.procedure.default_opening_days
        usual = ngettext("%(days)d day as a rule.", "%(days)d days as a rule.", days) % {"days": days}
        least = self.procedure.minimum_opening_days
        never = ngettext("Never less than %(days)d day.", "Never less than %(days)d days.", least) % {"days": least}
        early = {
            EarlyClose.NEVER: _("It closes by the clock only."),
            EarlyClose.WHEN_ALL_IN: _("It closes sooner when every seat has taken its position and nothing is held."),
            EarlyClose.WHEN_DECIDED: _("It closes sooner when nothing that may still come in can change the result."),
        }[self.rule.early_close]
        return f"{usual} {never} {early}"

    def visibility(self):
        return {
            Visibility.LIVE: _("At once."),
            Visibility.AFTER_OWN: _("After it has taken its own position, so that nobody is led by the first voice."),
            Visibility.SEALED: _("After the close. Until then everyone sees only how many have taken part."),
        }[self.procedure.visibility]

    def reasons(self):
        named = [position.label for position in Position if position in self.procedure.reasons_required]
        if not named:
            return _("Nobody must; everybody may.")
        return _("Whoever says %(positions)s.") % {"positions": _(" or ").join(map(str, named))}

    def changing(self):
        if self.procedure.votes_final:
            return _("No. A hold can be cleared, and nothing else.")
        return _("Yes, until the ballot closes. The log keeps every position that was taken.")

    def floor(self):
        least = self.rule.eligible_floor
        if not least:
            return _("The others decide.")
        return ngettext(
            "With fewer than %(seats)d seat left, nothing is decided: alternates are asked in.",
            "With fewer than %(seats)d seats left, nothing is decided: alternates are asked in.",
            least,
        ) % {"seats": least}

    def example(self):
        """A count sheet under this rule: nine seats, one of them recused, five Yes, two No, one silent."""
        return count(self.rule, EXAMPLE)
