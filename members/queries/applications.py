"""Reads of applications with more than one caller: their titles, what admission takes from them, and their story."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from members.choices.applications import ENDED, ApplicationState, HolderKind, Step
from members.choices.ballots import BallotState
from members.choices.questions import FURTHER_LANGUAGES
from members.choices.verbs import Verb
from members.models import (
    Application,
    ApplicationVersion,
    AuditEvent,
    Ballot,
    Country,
    Expertise,
    Language,
    Protection,
    Region,
    SteeringSeat,
)
from members.permissions import applications as doors
from members.permissions.ballots import subjects_known_to
from members.permissions.matters import of_kind
from members.permissions.table import Right
from members.queries.people import names_for
from members.queries.sealed import answers_of, version_answers_of
from members.rules.answers import full_address

# --- Titles -------------------------------------------------------------------------------------------------------

NAME = "name"


def _answers_of(applications: Collection[Application]) -> dict[int, dict]:
    """The answers each application stands for: its newest frozen version, or the working copy of a draft."""
    rows = (
        ApplicationVersion.objects.filter(application__in=[row.pk for row in applications])
        .order_by("application_id", "-number")
        .distinct("application_id")
        .values_list("application_id", "answers")
    )
    frozen = dict(rows)
    return {row.pk: frozen.get(row.pk, row.answers) for row in applications}


def _subject(application: Application, answers: dict) -> dict:
    """The answers that name whom the application is for."""
    step = Step.ORGANISATION if application.holder_kind == HolderKind.ORGANISATION else Step.IDENTITY
    return answers.get(step, {})


def _neutral(application: Application, region: str) -> str:
    """What may be said of an application to someone who may not know whose it is."""
    facts = {"region": region}
    if application.holder_kind == HolderKind.ORGANISATION:
        return _("an institution from {region}").format(**facts) if region else _("an institution")
    return _("an applicant from {region}").format(**facts) if region else _("an applicant")


AFTER_FROM = {
    "002": pgettext_lazy("after “from”", "Africa"),
    "019": pgettext_lazy("after “from”", "the Americas"),
    "142": pgettext_lazy("after “from”", "Asia"),
    "150": pgettext_lazy("after “from”", "Europe"),
    "009": pgettext_lazy("after “from”", "Oceania"),
}
"""The continents as they stand after “from”: with an article or an ending, where a language has one there."""


def _continents(codes: Collection[str]) -> dict[str, str]:
    rows = Country.objects.filter(code__in=codes).select_related("region__parent__parent__parent")
    continents = {country.code: country.region.continent for country in rows}
    return {code: str(AFTER_FROM.get(region.code, region)) for code, region in continents.items()}


def titles_for(viewer, applications: Collection[Application], *, on: date) -> dict[int, str]:
    """What each application is called before this viewer, by primary key: in a fixed number of statements.

    Whoever has a right on it reads the name of the applicant, or the handle that it was sent under. Once admitted, an
    organisation's name is public, and a person's is for members; everybody else reads of "an applicant from Africa".
    """
    applications = list(applications)
    answers = _answers_of(applications)
    named = _named_to(viewer, applications, on=on)
    shown = names_for(viewer, {row.person_id for row in applications if _is_admitted_person(row)}, on=on)
    continents = _continents({_subject(row, answers[row.pk]).get("country") or "" for row in applications})
    handles = handles_of(applications)
    titles = {}
    for row in applications:
        subject = _subject(row, answers[row.pk])
        if row.pk in handles:
            titles[row.pk] = (handles[row.pk] if row.pk in named else "") or _neutral(row, "")
            continue
        is_public = row.state == ApplicationState.ADMITTED and row.holder_kind == HolderKind.ORGANISATION
        if row.pk in named or is_public:
            titles[row.pk] = subject.get(NAME) or row.number
        elif _is_admitted_person(row) and shown[row.person_id] != _("a member"):
            titles[row.pk] = shown[row.person_id]
        else:
            titles[row.pk] = _neutral(row, continents.get(subject.get("country") or "", ""))
    return titles


def handles_of(applications: Collection[Application]) -> dict[int, str]:
    """By primary key, the handle that each application of a protected member is read under.

    Empty where whoever read it before knows whose it is, so that the handle would be known too: where it was sent under
    the name, and once it has ended, when handles may have changed since.
    """
    of_applicants = Protection.objects.filter(user__in={row.applicant_id for row in applications})
    held = {protection.user_id: protection for protection in of_applicants}
    return {
        row.pk: held[row.applicant_id].handle if _is_read_under_handle(row, held[row.applicant_id]) else ""
        for row in applications
        if row.applicant_id in held
    }


def _is_read_under_handle(row: Application, protection: Protection) -> bool:
    read_since = row.submitted_at or (row.started_at if row.entered_by_id else None)
    return row.state not in ENDED and (read_since is None or read_since >= protection.raised_at)


def _is_admitted_person(row: Application) -> bool:
    return row.state == ApplicationState.ADMITTED and row.holder_kind == HolderKind.PERSON and row.person_id is not None


def _named_to(viewer, applications, *, on) -> set[int]:
    """The applications whose applicant the viewer may know by a right on the row."""
    if viewer is None or not viewer.is_authenticated:
        return set()
    wanted = [row.pk for row in applications]
    seen, read = doors.visible_to(viewer, on=on), doors.visible_to(viewer, right=Right.READ_DOSSIER, on=on)
    known = Application.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=read.values("pk")), pk__in=wanted)
    return set(known.values_list("pk", flat=True)) | set(subjects_known_to(viewer, on=on).filter(subject_id__in=wanted))


def title_for(viewer, application: Application, *, on: date) -> str:
    """What an application is called before this viewer; see `titles_for`."""
    return titles_for(viewer, [application], on=on)[application.pk]


def name_of(application: Application) -> str:
    """The name the application stands for, for those whom its applicant has written to in it."""
    answers = answers_of(application) if application.sealed_answers else _answers_of([application])[application.pk]
    return _subject(application, answers).get(NAME, "")


# --- What admission takes from a version --------------------------------------------------------------------------


def person_fields(version: ApplicationVersion) -> dict:
    """Columns and lists of the Person behind a version, as `actions.people.enter` and `change` take them.

    Where an organisation applies, it is who speaks for it; the lists are the organisation's, so they are left out.
    """
    answers = version_answers_of(version)
    identity = answers.get(Step.IDENTITY, {})
    fields = {
        "name": identity.get("name", ""),
        "latin_name": identity.get("latin_name", ""),
        "headline": identity.get("headline") or identity.get("position", ""),
        "biography": identity.get("biography", ""),
        "website": full_address(identity.get("website", "")),
        "country": Country.objects.of_codes([identity.get("country") or ""]).first(),
    }
    if version.application.holder_kind == HolderKind.ORGANISATION:
        return fields
    expertise = answers.get(Step.EXPERTISE, {})
    spoken = [*(expertise.get("languages") or []), *(expertise.get(name) or "" for name in FURTHER_LANGUAGES)]
    return fields | {
        "expertise": list(Expertise.objects.of_codes(expertise.get("expertise") or [])),
        "regions": list(Region.objects.of_codes(expertise.get("regions") or [])),
        "languages": list(Language.objects.of_codes([code for code in spoken if code])),
    }


def organisation_fields(version: ApplicationVersion) -> dict:
    """Columns of the Organisation behind a version, as `actions.organisations.enter` takes them."""
    typed = version.answers.get(Step.ORGANISATION, {})
    return {
        "name": typed.get("name", ""),
        "acronym": typed.get("acronym", ""),
        "kind": typed.get("kind", ""),
        "website": full_address(typed.get("website", "")),
        "about": typed.get("about", ""),
        "country": Country.objects.of_codes([typed.get("country") or ""]).first(),
    }


def present_posts(version: ApplicationVersion) -> list[tuple[str, str]]:
    """The organisations a person said to belong to, as typed, with the position in each."""
    typed = version.answers.get(Step.AFFILIATION, {})
    if typed.get("standing") != "affiliated":
        return []
    rows = [(typed.get(f"organisation_{row}"), typed.get(f"position_{row}", "")) for row in (1, 2, 3)]
    return [(name, position) for name, position in rows if name]


def declared_seats(version: ApplicationVersion):
    """The steering seats to which the applicant declared a relationship."""
    numbers = version.answers.get(Step.CONFLICTS, {}).get("seats") or []
    return SteeringSeat.objects.filter(number__in=[int(number) for number in numbers])


# --- Its story ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """One entry of the timeline that applicants read."""

    text: str
    at: datetime | None = None
    detail: str = ""
    tone: str = ""
    ahead: bool = False


def story(application: Application) -> list[Moment]:
    """What has happened to an application and what is still to come, as its applicant may know it."""
    events = AuditEvent.objects.about(application).filter(verb__in=TOLD).order_by("pk")
    past = [Moment(str(TOLD[event.verb][0]), event.at, tone=TOLD[event.verb][1]) for event in events]
    if application.state in ENDED:
        last = {ApplicationState.ADMITTED: "good", ApplicationState.WITHDRAWN: ""}.get(application.state, "bad")
        decided = {ApplicationState.ADMITTED, ApplicationState.REFUSED}
        if application.state in decided:
            past.append(Moment(application.get_state_display(), application.ended_at, application.outcome_reason, last))
        return past
    return past + _ahead(application)


TOLD = {
    Verb.APPLICATION_STARTED: (gettext_lazy("You began the application"), ""),
    Verb.APPLICATION_ENTERED: (gettext_lazy("The Secretariat entered your application from paper"), ""),
    Verb.REPRESENTATIVE_ASKED: (gettext_lazy("You asked an organisation to let you take part through it"), ""),
    Verb.APPLICATION_SUBMITTED: (gettext_lazy("You submitted the application"), "good"),
    Verb.SCREENING_STARTED: (gettext_lazy("The Secretariat began to read it"), ""),
    Verb.INFORMATION_ASKED: (gettext_lazy("You were asked for information"), "wait"),
    Verb.INFORMATION_GIVEN: (gettext_lazy("You answered"), "good"),
    Verb.APPLICATION_REVISED: (gettext_lazy("You answered and sent a new version"), "good"),
    Verb.LETTER_SENT: (gettext_lazy("The Secretariat sent you a letter"), ""),
    Verb.RECOMMENDED: (gettext_lazy("The Secretariat finished its checks"), ""),
    Verb.APPLICATION_DECLINED: (gettext_lazy("The Secretariat returned the application as incomplete"), "bad"),
    Verb.APPLICATION_WITHDRAWN: (gettext_lazy("You withdrew the application"), ""),
}
"""The acts that an applicant reads of, each with its words and tone."""


def _ahead(application: Application) -> list[Moment]:
    """The stages that are still to come."""
    stages = [
        Moment(_("You submit the application"), ahead=True),
        Moment(_("The Secretariat checks that it is complete"), detail=_("This takes up to three weeks."), ahead=True),
        Moment(_("The steering committee votes"), detail=_("A ballot is open for two to three weeks."), ahead=True),
        Moment(_("You are told the decision and its reasons"), ahead=True),
    ]
    return stages[PASSED.get(application.state, 0) :]


PASSED = {
    ApplicationState.DRAFT: 0,
    ApplicationState.SUBMITTED: 1,
    ApplicationState.SCREENING: 1,
    ApplicationState.INFORMATION: 1,
    ApplicationState.RECOMMENDED: 2,
    ApplicationState.BALLOT: 2,
    ApplicationState.HELD: 2,
}
"""How many of the stages ahead are behind an application in a state."""


def ballot_closes_at(application: Application) -> datetime | None:
    """When the ballot about an application closes, while one is open."""
    return (
        Ballot.objects.filter(
            of_kind(Application),
            subject_id=application.pk,
            state=BallotState.OPEN,
        )
        .values_list("closes_at", flat=True)
        .first()
    )
