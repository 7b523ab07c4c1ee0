"""Pure decisions of the Secretariat's screening."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED, ApplicationState
from members.kernel.refusals import Refused
from members.rules.applications import BEFORE_COMMITTEE
from members.rules.letters import unfilled

ANSWER_DAYS = 14
"""Days an applicant has to answer, unless staff choose otherwise."""

ASKING_STATES = frozenset(
    {ApplicationState.SCREENING, ApplicationState.INFORMATION, ApplicationState.BALLOT, ApplicationState.HELD}
)
"""While an application is in one of these, the applicant may be asked. Only screening waits for the answer."""

CHECKING_STATES = frozenset({ApplicationState.SCREENING, ApplicationState.INFORMATION, ApplicationState.RECOMMENDED})
"""While an application is in one of these, the Secretariat has it and records what it finds."""
LINKING_STATES = frozenset(ApplicationState) - ENDED - BEFORE_COMMITTEE
"""While an application is in one of these, staff may say who the applicant is."""

SENT_TWICE_WITHIN = timedelta(minutes=10)
"""The same letter sent again within this time is one letter, sent by a button that was pressed twice."""


# --- Who has it ---------------------------------------------------------------------------------------------------


def ensure_free(*, with_colleague: bool) -> None:
    """An application that a colleague in office has is handed over by them, not taken. Raises Refused, code `taken`."""
    if with_colleague:
        raise Refused(_("A colleague has taken it on already. It can be handed over."), code="taken")


def ensure_in_office(*, in_office: bool) -> None:
    """Only who serves in the Secretariat today is given an application. Raises Refused, code `not-in-office`."""
    if not in_office:
        raise Refused(_("Choose somebody who serves in the Secretariat."), code="not-in-office", field="officer")


# --- Asking -------------------------------------------------------------------------------------------------------


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
    """An application that is returned names a day from which another is welcome. Raises Refused, code `past`."""
    if reapply_on < today:
        raise Refused(_("Choose today or a later day."), code="past", field="reapply_on")


def is_sent_twice(sent_at: datetime, *, now: datetime) -> bool:
    """Whether a letter that equals one sent before is that one."""
    return now - sent_at < SENT_TWICE_WITHIN


# --- Checking and recommending ------------------------------------------------------------------------------------


def ensure_checked(asked: Mapping, found: Collection) -> None:
    """Every check of the list is recorded before a recommendation. `asked` maps keys to labels, `found` holds keys.

    Raises Refused, code `unchecked`, naming the checks that are missing.
    """
    missing = [str(label) for key, label in asked.items() if key not in found]
    if missing:
        raise Refused(_("Record these checks first: {missing}."), code="unchecked", missing="; ".join(missing))


def ensure_may_check(state: str) -> None:
    """Checks are recorded while the Secretariat has the application. Raises Refused, code `not-now`."""
    if state not in CHECKING_STATES:
        raise Refused(
            _("Checks are recorded while the application is with the Secretariat. Take it on first."), code="not-now"
        )


def ensure_seen(states: Mapping[str, tuple[str, str, str]]) -> None:
    """Nothing that a colleague recorded meanwhile is overwritten unseen.

    `states` maps keys to digests of what was shown, what is recorded now, and what is to be recorded. Raises Refused,
    code `stale`, with the keys in `keys`.
    """
    stale = [key for key, (shown, recorded, wanted) in states.items() if recorded not in (shown, wanted)]
    if stale:
        raise Refused(
            _("A colleague recorded some of these checks meanwhile. Look at both below, then record again."),
            code="stale",
            keys=stale,
        )


def ensure_may_recommend(state: str) -> None:
    """Advice ends screening, and nothing else: no ballot that is open. Raises Refused, code `not-now` or `ended`."""
    ensure_not_ended(state)
    if state != ApplicationState.SCREENING:
        raise Refused(_("Only an application that is being screened gets a recommendation."), code="not-now")


def ensure_newest(read: int, *, newest: int) -> None:
    """Advice is given on the version that was read, and that is the newest. Raises Refused, code `stale`."""
    if read != newest:
        raise Refused(
            _("Version {newest} came in since you opened this page. Read it, then recommend."),
            code="stale",
            newest=newest,
        )


def ensure_may_be_taken_back(state: str, *, ballot: str) -> None:
    """Only a recommendation on which no ballot is prepared is taken back. `ballot` is the number of one, or empty.

    Raises Refused, code `not-now` or `ballot-prepared`.
    """
    if state != ApplicationState.RECOMMENDED:
        raise Refused(_("Only an application that is ready for the committee goes back to screening."), code="not-now")
    if ballot:
        raise Refused(
            _("Ballot {ballot} is prepared on it. Withdraw the ballot first."), code="ballot-prepared", ballot=ballot
        )


# --- Saying who the applicant is ----------------------------------------------------------------------------------


def ensure_may_link(state: str) -> None:
    """Whom a ballot is about does not change under it. Raises Refused, code `ended` or `before-committee`."""
    ensure_not_ended(state)
    if state not in LINKING_STATES:
        raise Refused(
            _("The committee is deciding on it. Who the applicant is cannot change now."), code="before-committee"
        )


def ensure_own_record(own: int | None, person: int | None) -> None:
    """An applicant whose login has a record is that person, and no other. Raises Refused, code `own-record`."""
    if own is not None and person not in (None, own):
        raise Refused(
            _("The login of the applicant has a record of its own, which admission uses."),
            code="own-record",
            field="person",
        )


def ensure_not_ended(state: str) -> None:
    """Raises Refused, code `ended`."""
    if state in ENDED:
        raise Refused(_("This application has ended."), code="ended")


# --- Writing ------------------------------------------------------------------------------------------------------


def ensure_may_give_reasons(state: str, *, given: bool) -> None:
    """Reasons are given once, to who was not admitted. Raises Refused, code `not-now` or `given`."""
    if state != ApplicationState.REFUSED:
        raise Refused(_("Reasons are given to those who were not admitted."), code="not-now")
    if given:
        raise Refused(_("The reasons were given already. They stand with the decision."), code="given")


def ensure_letter_whole(subject: str, body: str) -> None:
    """A letter goes out with every place filled. Raises Refused, code `unfilled`, naming the places left."""
    left = [f"{{{place}}}" for place in dict.fromkeys(unfilled(subject) + unfilled(body))]
    if left:
        raise Refused(_("Fill these places first: {places}."), code="unfilled", field="body", places=", ".join(left))
