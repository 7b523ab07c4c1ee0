"""Reads of the Secretariat's desk: the shelves with their counts, the lines on one, and an application's page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.choices.applications import CHECK_TONES, ENDED, ApplicationState, Step
from members.choices.ballots import BallotState
from members.choices.desk import SHELVES, TONES, Shelf
from members.choices.verbs import Verb
from members.models import (
    Application,
    ApplicationVersion,
    AuditEvent,
    Ballot,
    Check,
    CheckItem,
    InformationRequest,
    Person,
    Referee,
)
from members.queries.affiliations import ties
from members.queries.answers import in_words, present_documents
from members.queries.applications import titles_for
from members.queries.hints import hints_for
from members.queries.people import names_for
from members.rules.screening import ASKING_STATES, CHECKING_STATES, LINKING_STATES

# --- The queue ----------------------------------------------------------------------------------------------------


def shelf_of(applications: QuerySet, shelf: Shelf) -> QuerySet:
    """Of some applications, those on a shelf: what has waited longest first, what has ended last first."""
    on_shelf = applications.filter(state__in=shelf.states)
    return on_shelf.order_by("-ended_at", "-pk") if shelf.key == "ended" else on_shelf.order_by("submitted_at", "pk")


def shelf_counts(applications: QuerySet) -> dict[str, int]:
    """How many of some applications stand on each shelf, in one statement."""
    places = [When(state__in=shelf.states, then=Value(number)) for number, shelf in enumerate(SHELVES)]
    counted = (
        applications.order_by()
        .annotate(shelf=Case(*places, output_field=IntegerField()))
        .values("shelf")
        .annotate(number=Count("pk"))
    )
    found = {row["shelf"]: row["number"] for row in counted}
    return {shelf.key: found.get(number, 0) for number, shelf in enumerate(SHELVES)}


def names_of_logins(viewer, users: Collection[int], *, on) -> dict[int, str]:
    """The names of the people behind logins, by the key of the login, as a viewer may read them."""
    people = dict(Person.objects.filter(user__in=users).values_list("user", "pk"))
    names = names_for(viewer, people.values(), on=on)
    return {user: names[person] for user, person in people.items()}


DESK_WORDS = {
    ApplicationState.SCREENING: _("In screening"),
    ApplicationState.INFORMATION: _("Waiting for an answer"),
}
"""States that the Secretariat calls otherwise than applicants do."""


def state_words(application: Application) -> str:
    """What the Secretariat calls the state of an application."""
    return DESK_WORDS.get(application.state) or application.get_state_display()


@dataclass(frozen=True)
class Line:
    """One application in the queue. `day` is what counts on its shelf, `late` that it has passed."""

    number: str
    url: str
    title: str
    tier: str
    officer: str
    day: date | datetime | None
    state: str
    tone: str
    late: bool = False


def lines(applications: Collection[Application], *, viewer, on: date) -> list[Line]:
    """Applications as lines of the queue, in the order given, in a fixed number of statements."""
    rows = list(applications)
    titles = titles_for(viewer, rows, on=on)
    officers = names_of_logins(viewer, {row.assigned_to_id for row in rows if row.assigned_to_id}, on=on)
    due = _answers_due(rows)
    return [
        Line(
            number=row.number,
            url=_address(row),
            title=titles[row.pk],
            tier=str(row.tier),
            officer=officers.get(row.assigned_to_id, ""),
            day=_day(row, due),
            state=state_words(row),
            tone=TONES[row.state],
            late=row.pk in due and due[row.pk] < on,
        )
        for row in rows
    ]


def _answers_due(rows) -> dict[int, date]:
    """The first day on which an answer is due, of the applications that wait for one."""
    waiting = [row.pk for row in rows if row.state == ApplicationState.INFORMATION]
    asked = InformationRequest.objects.filter(application__in=waiting, answered_at=None).order_by()
    return dict(asked.values_list("application").annotate(first=Min("due_on")))


def _day(row: Application, due: dict[int, date]) -> date | datetime | None:
    if row.state in ENDED:
        return row.ended_at
    return due.get(row.pk) or row.submitted_at or row.received_on


def _address(row: Application) -> str:
    """Where the work on an application goes on: what is still entered from paper, on its own pages."""
    page = "members:application" if row.state == ApplicationState.DRAFT else "members:desk-application"
    return reverse(page, args=[row.number])


# --- An application's page ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CheckLine:
    """One check of the list with what was found, if anything was, and whether a newer version came in since."""

    item: CheckItem
    check: Check | None
    tone: str
    is_older: bool = False


def check_lines(application: Application, newest: ApplicationVersion | None) -> list[CheckLine]:
    """The checks asked of an application, in their order."""
    recorded = {check.item_id: check for check in application.checks.all()}
    found = []
    for item in CheckItem.objects.asked_of(application.tier):
        check = recorded.get(item.pk)
        older = bool(check and newest and newest.number > 1 and check.checked_at < newest.submitted_at)
        found.append(CheckLine(item, check, CHECK_TONES[check.outcome] if check else "plain", older))
    return found


def checks_missing(application: Application) -> list[CheckItem]:
    """The checks of the list that nothing has been recorded for yet."""
    return list(CheckItem.objects.asked_of(application.tier).exclude(pk__in=application.checks.values("item")))


@dataclass(frozen=True)
class RefereeLine:
    """A referee, with how far the letter is, and whether a fresh link may be of use."""

    referee: Referee
    tone: str
    status: str
    is_awaited: bool


def _referee_line(referee: Referee) -> RefereeLine:
    if referee.declined:
        return RefereeLine(referee, "bad", _("Declined"), is_awaited=False)
    if referee.answered_at:
        return RefereeLine(referee, "good", _("Letter received"), is_awaited=False)
    if referee.invited_at:
        return RefereeLine(referee, "wait", _("Asked"), is_awaited=True)
    return RefereeLine(referee, "plain", _("Not asked yet"), is_awaited=False)


def page_of(application: Application, *, version: ApplicationVersion | None, viewer, on) -> dict:
    """Everything the Secretariat sees of an application, with the answers of one version; of a draft, its own."""
    answers = version.answers if version else application.answers
    versions = list(application.versions.all())
    before = next((each for each in versions if version and each.number == version.number - 1), None)
    ballots = list(Ballot.objects.about(application))
    referees = list(application.referees.select_related("letter_document"))
    requests = list(application.requests.select_related("version"))
    checks = check_lines(application, versions[-1] if versions else None)
    return {
        "version": version,
        "versions": versions,
        "is_newest": not version or version == versions[-1],
        "sections": in_words(application, answers),
        "changed": _changed(version, before) if before else frozenset(),
        "documents": _documents(application, version),
        "referees": [_referee_line(row) for row in referees],
        "checks": checks,
        "unchecked": sum(line.check is None for line in checks),
        "recorded": sum(line.check is not None for line in checks),
        "letters_in": sum(bool(row.answered_at) and not row.declined for row in referees),
        "requests": requests,
        "unanswered": sum(row.answered_at is None for row in requests),
        "recommendations": list(application.recommendations.select_related("version").order_by("-pk")),
        "letters": list(application.letters.order_by("-pk")),
        "ballots": ballots,
        "prepared": next((ballot for ballot in ballots if ballot.state == BallotState.DRAFT), None),
        "ties": ties(application, answers.get(Step.AFFILIATION, {}), on=on),
        "hints": hints_for(application, answers, viewer=viewer, on=on),
        "history": history_of(application, viewer=viewer, on=on),
        "person_name": names_for(viewer, [application.person_id], on=on)[application.person_id],
        "may_ask": application.state in ASKING_STATES,
        "may_check": application.state in CHECKING_STATES,
        "may_link": application.state in LINKING_STATES,
        "has_ended": application.state in ENDED,
    }


def _documents(application: Application, version: ApplicationVersion | None) -> list:
    """The documents of a version as it was sent, those removed since included; of a draft, those there are."""
    if version is None:
        return list(present_documents(application))
    return list(application.documents.filter(public_id__in=[entry["id"] for entry in version.documents]))


def _changed(version: ApplicationVersion, before: ApplicationVersion) -> frozenset[str]:
    """The pages of answers that differ between two versions, and `documents` where these do."""
    pages = {
        step for step in {*version.answers, *before.answers} if version.answers.get(step) != before.answers.get(step)
    }
    return frozenset(pages | ({Step.DOCUMENTS.value} if version.documents != before.documents else set()))


# --- Its history --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happening:
    """One line of an application's history."""

    at: datetime
    text: str
    by: str
    url: str = ""


UNTOLD = (Verb.APPLICATION_SAVED, Verb.ANSWER_KEPT)
OF_BALLOTS = (
    Verb.BALLOT_PREPARED,
    Verb.BALLOT_OPENED,
    Verb.BALLOT_WITHDRAWN,
    Verb.BALLOT_CLOSED,
    Verb.BALLOT_HELD,
)
OF_REFEREES = (Verb.REFEREE_INVITED, Verb.REFEREE_ANSWERED)


def history_of(application: Application, *, viewer, on) -> list[Happening]:
    """What happened to an application, in its ballots and with its referees, newest first, with who did it."""
    own = _about(Application, [application.pk])
    ballots = _about(Ballot, Ballot.objects.about(application).order_by().values("pk")) & Q(verb__in=OF_BALLOTS)
    referees = _about(Referee, application.referees.order_by().values("pk")) & Q(verb__in=OF_REFEREES)
    told = AuditEvent.objects.filter(own | ballots | referees).exclude(verb__in=UNTOLD)
    events = list(told.order_by("-pk"))
    by = {event.by_id for event in events if event.by_id}
    applicant = titles_for(viewer, [application], on=on)[application.pk]
    names = {application.applicant_id: applicant} | names_of_logins(viewer, by, on=on)
    return [
        Happening(event.at, event.get_verb_display(), names.get(event.by_id, "") if event.by_id else "")
        for event in events
    ]


def _about(model, keys) -> Q:
    return Q(target_type=ContentType.objects.get_for_model(model), target_id__in=keys)
