"""Pure decisions on putting an application to the committee, and on what follows from the outcome."""

from datetime import date, timedelta

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from members.choices.applications import ApplicationState, HolderKind
from members.choices.ballots import BallotState, Method, TiePolicy, Verdict
from members.kernel.refusals import Refused
from members.rules.decision_rules import Procedure, Rule

QUESTIONS = {
    "steering": gettext_noop("Admit {subject} as a steering member?"),
    "institutional": gettext_noop("Admit {subject} as an institutional member?"),
    "individual": gettext_noop("Admit {subject} as an individual member?"),
    "rising-leaders": gettext_noop("Admit {subject} as a rising leader?"),
}
"""What is asked, by the short name of the tier. The place is filled for each reader."""


def consequences(*, tier: str, holder_kind: str, months: int) -> list[str]:
    """What happens if the committee admits, in sentences in the language that is active. `tier` is its short name."""
    said = [
        ngettext(
            "Membership starts on the day of the decision, for {months} month.",
            "Membership starts on the day of the decision, for {months} months.",
            months,
        ).format(months=months)
    ]
    if holder_kind == HolderKind.ORGANISATION:
        said.append(
            gettext("Whoever applied gets access, and speaks for the organisation as principal representative.")
        )
    else:
        said.append(gettext("The applicant gets access as a member."))
    if tier == "steering":
        said.append(gettext("A seat on the steering committee is opened, and whoever applied fills it as principal."))
    said.append(gettext("The applicant, the seats on the roll and the Secretariat are told."))
    said.append(gettext("The decision stands in the public register."))
    return said


def ensure_rule_can_be_run(settings: dict) -> None:
    """Refuse a rule that needs what motions do not have: a method of its own, ties to break, objections.

    Raises Refused, code `rule`.
    """
    rule, procedure = Rule.from_settings(settings), Procedure.from_settings(settings)
    if settings["method"] != Method.MOTION or rule.ties is not TiePolicy.FAILS or procedure.objection_window_days:
        raise Refused(_("This is decided by a motion, in which a tie fails and which is final at once."), code="rule")


def ensure_can_be_put(state: str) -> None:
    """Refuse to prepare a ballot before there is a recommendation. Raises Refused, code `not-now`."""
    if state != ApplicationState.RECOMMENDED:
        raise Refused(
            _("Only an application with a recommendation goes before the committee; this one is “{state}”."),
            code="not-now",
            state=ApplicationState(state).label,
        )


def ensure_held(state: str) -> None:
    """Refuse to put again what is not held any more, as when it was withdrawn. Raises Refused, code `not-now`."""
    if state != ApplicationState.HELD:
        raise Refused(
            _("This application is “{state}”, not held any more."),
            code="not-now",
            state=ApplicationState(state).label,
        )


def ensure_tier_has_room(*, seats: int | None, members: int) -> None:
    """Refuse where the tier's terms limit its members and all places are taken. Raises Refused, code `tier-full`."""
    if seats is not None and members >= seats:
        raise Refused(_("All {seats} places of this tier are taken."), code="tier-full", seats=seats)


def ensure_may_be_put_again(state: str, verdict: str, *, earlier: list[str]) -> None:
    """A ballot that closed with a hold may be put once more; `earlier` are the verdicts of those before it.

    Raises Refused, code `not-held` or `once`.
    """
    if state != BallotState.FINAL or verdict != Verdict.HELD:
        raise Refused(_("Only a ballot that closed with a hold is put again."), code="not-held")
    if not goes_on(verdict, earlier=earlier):
        raise Refused(_("A held ballot is put again once, and this was done."), code="once")


def goes_on(verdict: str, *, earlier: list[str]) -> bool:
    """Whether an outcome leaves the matter open for one more ballot, because of a hold or for want of a quorum."""
    return verdict in {Verdict.HELD, Verdict.NO_QUORUM} and verdict not in earlier


def reapply_on(decided_on: date, *, after_days: int) -> date:
    """The first day on which somebody who was not admitted may apply again."""
    return decided_on + timedelta(days=after_days)
