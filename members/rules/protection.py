"""What protection does with what is known of a person, and how long lowering it takes. All is pure."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from members.choices.applications import Step
from members.choices.protection import FIRST_WORDS, LISTINGS, SECOND_WORDS
from members.kernel.refusals import Refused

LOWERING_TAKES = timedelta(hours=72)
"""How long after asking a protection is lowered, so that whoever is forced to ask has time to be helped."""
HANDLES_TRIED = 20
NUMBERS = 90
"""A handle ends in a number from 10 up to, and not including, 10 more than this."""


# --- Handles ------------------------------------------------------------------------------------------------------


def new_handle(below: Callable[[int], int], *, taken: Callable[[str], bool]) -> str:
    """A handle that nobody has, such as “Amber Harbour 47”. `below` gives a random number under a bound.

    Raises Refused, code `no-handle`, where chance gives none that is free.
    """
    for _attempt in range(HANDLES_TRIED):
        words = FIRST_WORDS[below(len(FIRST_WORDS))], SECOND_WORDS[below(len(SECOND_WORDS))]
        handle = f"{words[0]} {words[1]} {10 + below(NUMBERS)}"
        if not taken(handle):
            return handle
    raise Refused(_("No handle could be made. Try again."), code="no-handle")


# --- Raising and lowering -----------------------------------------------------------------------------------------


def ensure_listable(audiences: Collection[str]) -> None:
    """Raises Refused, code `not-offered`, for an audience that nobody may be listed to."""
    if set(audiences) - set(LISTINGS):
        raise Refused(_("Choose among the readers offered."), code="not-offered", field="listed_for")


def ensure_may_ask(*, lowers_at: datetime | None) -> None:
    """Raises Refused, code `asked`, where lowering was asked for already."""
    if lowers_at is not None:
        raise Refused(_("Lowering was asked for already. The waiting time runs."), code="asked")


def ensure_asked(*, lowers_at: datetime | None) -> None:
    """Raises Refused, code `not-asked`, where there is nothing to take back."""
    if lowers_at is None:
        raise Refused(_("Nobody asked to lower the protection. It stands."), code="not-asked")


def ensure_due(*, lowers_at: datetime | None, now: datetime) -> None:
    """Raises Refused, code `not-asked` or `not-due`."""
    ensure_asked(lowers_at=lowers_at)
    if now < lowers_at:
        raise Refused(_("The waiting time is not over."), code="not-due")


def ensure_not_protected(*, is_protected: bool) -> None:
    """Raises Refused, code `protected`: a profile that is sealed is not changed."""
    if is_protected:
        raise Refused(
            _("Your profile is sealed while you are protected. Lower the protection to change it."), code="protected"
        )


# --- Answers of an application ------------------------------------------------------------------------------------

IDENTIFYING: dict[str, frozenset[str] | None] = {
    Step.IDENTITY: None,
    Step.ORGANISATION: None,
    Step.AFFILIATION: frozenset(
        {f"{what}_{row}" for row in (1, 2, 3) for what in ("organisation", "position")} | {"background"}
    ),
    Step.EXPERTISE: frozenset({"regions", "languages", "language_1", "language_2", "language_3"}),
    Step.MENTOR: frozenset({"language_1", "language_2"}),
    Step.CONFLICTS: frozenset({"details"}),
}
"""The answers that tell who somebody is or where, by page; none named means the whole page. They are sealed."""
COARSE = (Step.EXPERTISE, "expertise"), (Step.MENTOR, "themes")
"""The answers of which only the field above is left."""


def is_sealed(step: str, name: str) -> bool:
    """Whether an answer of a protected applicant is kept from everybody who reads the application."""
    return step in IDENTIFYING and (IDENTIFYING[step] is None or name in IDENTIFYING[step])


def redacted(answers: Mapping[str, Mapping], *, parents: Mapping[str, str]) -> dict:
    """Answers as others may read them. `parents` gives for a code of expertise that of the field above it."""
    left = {
        step: {name: value for name, value in page.items() if not is_sealed(step, name)}
        for step, page in answers.items()
    }
    for step, name in COARSE:
        if name in left.get(step, {}):
            codes = left[step][name] or []
            left[step][name] = list(dict.fromkeys(parents.get(code, code) for code in codes))
    return left
