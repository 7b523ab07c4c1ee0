"""What follows for consents from a change of a profile. All is pure."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from members.choices.own_data import Purpose
from members.kernel.refusals import Refused


def words_said(before: Mapping[str, object], after: Mapping[str, object], *, standing: Mapping[str, bool]) -> dict:
    """Which consents somebody gives (True) or takes back (False) by changing their own profile.

    `before` and `after` hold what the person wrote, by field; `standing` is the last word on each purpose. Filling a
    field gives consent, emptying it takes consent back, and what is as it was says nothing.
    """
    found = {}
    for purpose in Purpose:
        if purpose.value not in after:
            continue
        is_there, was_there = bool(after[purpose.value]), bool(before.get(purpose.value))
        if is_there and not standing.get(purpose.value):
            found[purpose] = True
        elif was_there and not is_there:
            found[purpose] = False
    return found


def ensure_stands(*, is_there: bool) -> None:
    """Only what is there can be taken back. Raises Refused, code `withdrawn`."""
    if not is_there:
        raise Refused(_("There is nothing left to take back: this was done before."), code="withdrawn")
