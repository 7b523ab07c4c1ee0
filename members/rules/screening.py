"""Pure decisions of the Secretariat's screening."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED, ApplicationState
from members.kernel.refusals import Refused
from members.rules.letters import unfilled

ANSWER_DAYS = 14
"""Days an applicant has to answer, unless staff choose otherwise."""

ASKING_STATES = frozenset({ApplicationState.SCREENING, ApplicationState.BALLOT, ApplicationState.HELD})
"""While an application is in one of these, the applicant may be asked. Only screening waits for the answer."""


def default_due_on(today: date) -> date:
    """The day by which an answer is asked for, unless staff choose otherwise."""
    return today + timedelta(days=ANSWER_DAYS)


def ensure_may_ask(state: str) -> None:
    """Raises Refused, code `not-now`, where nothing can be asked of the applicant."""
    if state not in ASKING_STATES:
        raise Refused(
            _("Nothing can be asked while the application is “{state}”."),
            code="not-now",
            state=ApplicationState(state).label,
        )


def ensure_due_later(due_on: date, *, today: date) -> None:
    """An answer is due on a later day. Raises Refused, code `past`."""
    if due_on <= today:
        raise Refused(_("Choose a day after today."), code="past", field="due_on")


def ensure_may_try_again_later(reapply_on: date, *, today: date) -> None:
    """An application that is returned or refused names a day from which another is welcome. Raises Refused, code `past`."""
    if reapply_on < today:
        raise Refused(_("Choose today or a later day."), code="past", field="reapply_on")


def ensure_checked(asked: dict, found: set) -> None:
    """Every check of the list is recorded before a recommendation. `asked` maps keys to labels, `found` holds keys.

    Raises Refused, code `unchecked`, naming the checks that are missing.
    """
    missing = [str(label) for key, label in asked.items() if key not in found]
    if missing:
        raise Refused(_("Record these checks first: {missing}."), code="unchecked", missing="; ".join(missing))


def ensure_may_check(state: str) -> None:
    """Checks are recorded while the Secretariat has the application. Raises Refused, code `not-now`."""
    if state not in {ApplicationState.SCREENING, ApplicationState.INFORMATION, ApplicationState.RECOMMENDED}:
        raise Refused(
            _("Checks are recorded while the application is with the Secretariat. Take it on first."), code="not-now"
        )


def ensure_recommended(state: str) -> None:
    """Raises Refused, code `not-now`, where there is no recommendation to take back."""
    if state != ApplicationState.RECOMMENDED:
        raise Refused(_("Only an application that is ready for the committee goes back to screening."), code="not-now")


def ensure_not_ended(state: str) -> None:
    """Raises Refused, code `ended`."""
    if state in ENDED:
        raise Refused(_("This application has ended."), code="ended")


def ensure_letter_whole(subject: str, body: str) -> None:
    """A letter goes out with every place filled. Raises Refused, code `unfilled`, naming the places left."""
    left = [f"{{{place}}}" for place in unfilled(subject) + unfilled(body)]
    if left:
        raise Refused(_("Fill these places first: {places}."), code="unfilled", field="body", places=", ".join(left))
