"""The shelves of the Secretariat's queue: what to do next, in the order in which it is done."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED, ApplicationState


@dataclass(frozen=True)
class Shelf:
    """Applications that wait for the same thing. `day` names the day that counts for them."""

    key: str
    label: str
    states: frozenset[str]
    empty: str
    day: str = _("Submitted")


SHELVES = (
    Shelf("new", _("New"), frozenset({ApplicationState.SUBMITTED}), _("Nothing new has come in.")),
    Shelf(
        "screening",
        _("In screening"),
        frozenset({ApplicationState.SCREENING}),
        _("No application is being screened."),
    ),
    Shelf(
        "waiting",
        _("Waiting"),
        frozenset({ApplicationState.INFORMATION}),
        _("No applicant owes an answer."),
        _("Answer due"),
    ),
    Shelf(
        "ready",
        _("Ready"),
        frozenset({ApplicationState.RECOMMENDED}),
        _("Nothing waits for a ballot."),
    ),
    Shelf(
        "committee",
        _("Before committee"),
        frozenset({ApplicationState.BALLOT, ApplicationState.HELD}),
        _("The committee has nothing before it."),
    ),
    Shelf(
        "paper",
        _("Paper"),
        frozenset({ApplicationState.DRAFT}),
        _("No paper application is being entered."),
        _("Received"),
    ),
    Shelf("ended", _("Ended"), ENDED, _("No application has ended yet."), _("Ended")),
)
SHELF_OF = {shelf.key: shelf for shelf in SHELVES}

TONES = {
    ApplicationState.DRAFT: "plain",
    ApplicationState.SUBMITTED: "now",
    ApplicationState.SCREENING: "now",
    ApplicationState.INFORMATION: "wait",
    ApplicationState.RECOMMENDED: "now",
    ApplicationState.BALLOT: "wait",
    ApplicationState.HELD: "wait",
    ApplicationState.ADMITTED: "good",
    ApplicationState.REFUSED: "bad",
    ApplicationState.DECLINED: "bad",
    ApplicationState.WITHDRAWN: "plain",
}
"""The tone of the pill that says a state."""
