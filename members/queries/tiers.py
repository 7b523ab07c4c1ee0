"""Reads of tiers: what their terms ask, in words."""

from fractions import Fraction

from django.utils.translation import gettext as _

from members.choices.applications import DocumentKind, HolderKind, Step
from members.models import DecisionRule, TierTerms
from members.rules.decision_rules import Procedure, Rule
from members.rules.tiers import steps_asked

SHARES = {
    Fraction(1, 2): lambda: _("half"),
    Fraction(2, 3): lambda: _("two thirds"),
    Fraction(3, 4): lambda: _("three quarters"),
}


def rule_line(decision_rule: DecisionRule | None) -> str:
    """One sentence on how an application is decided; empty where there is no rule yet."""
    if decision_rule is None:
        return ""
    rule, procedure = Rule.from_settings(decision_rule.settings), Procedure.from_settings(decision_rule.settings)
    share = SHARES[rule.threshold]() if rule.threshold in SHARES else str(rule.threshold)
    if rule.threshold_strict:
        sentence = _(
            "The steering committee votes for {days} days; more than {share} of the deciding votes must be Yes."
        )
    else:
        sentence = _("The steering committee votes for {days} days; {share} of the deciding votes must be Yes.")
    return sentence.format(share=share, days=procedure.default_opening_days)


def steps_in_words(terms: TierTerms) -> list[str]:
    """The pages of an application by these terms, as whoever thinks of applying reads them."""
    kinds = (
        [HolderKind.ORGANISATION, HolderKind.PERSON] if terms.holder_kind == HolderKind.EITHER else [terms.holder_kind]
    )
    asked = {step for kind in kinds for step in steps_asked(terms.steps, holder_kind=kind)}
    return [str(Step(step).label) for step in terms.steps if step in asked]


def documents_in_words(terms: TierTerms) -> list[str]:
    """The documents these terms ask for, and of whom where that makes a difference."""
    of_whom = {
        HolderKind.ORGANISATION: _("{document} (of an organisation)"),
        HolderKind.PERSON: _("{document} (of a person)"),
    }
    found = []
    for entry in terms.documents:
        differs = terms.holder_kind == HolderKind.EITHER and "holder" in entry
        words = of_whom[entry["holder"]] if differs else "{document}"
        optional = "" if entry.get("required") else _("(optional)")
        found.append(f"{words.format(document=DocumentKind(entry['kind']).label)} {optional}".strip())
    return found
