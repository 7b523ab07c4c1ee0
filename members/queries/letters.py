"""Drafts of letters: a template in the applicant's language, with what is known filled in."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.choices.applications import ApplicationState
from members.models import Application, Ballot, Concern, LetterTemplate, Membership
from members.queries.applications import handles_of
from members.queries.people import names_for
from members.rules.letters import fill, unfilled
from members.rules.screening import default_due_on

FALLBACK = "en"


def templates_for(application: Application) -> dict[str, LetterTemplate]:
    """The templates a letter to the applicant may start from, by key: in the applicant's language, else in English."""
    rows = LetterTemplate.objects.filter(language__in={FALLBACK, application.applicant.language})
    found = {row.key: row for row in sorted(rows, key=lambda row: row.language != FALLBACK)}
    return dict(sorted(found.items(), key=lambda entry: entry[1].title))


def language_of(application: Application, key: str) -> str:
    """The language that a letter of a kind to this applicant is drafted in."""
    template = templates_for(application).get(key)
    return template.language if template else FALLBACK


def language_in_words(application: Application, key: str) -> str:
    """The name of that language, where the applicant reads another; else nothing."""
    drafted = language_of(application, key)
    return "" if drafted == application.applicant.language else str(dict(settings.LANGUAGES)[drafted])


def day_in_words(application: Application, key: str, day: date) -> str:
    """A day as a letter of a kind to this applicant says it."""
    with translation.override(language_of(application, key)):
        return date_format(day, "DATE_FORMAT")


def draft(application: Application, key: str, *, by, on) -> dict:
    """Subject and text of a letter to the applicant, for an officer to edit, and the places still to be filled.

    All empty where there is no such template.
    """
    template = templates_for(application).get(key)
    if template is None:
        return {"subject": "", "body": "", "left": []}
    with translation.override(template.language):
        known = facts_of(application, by=by, on=on)
        subject, body = fill(template.subject, **known), fill(template.body, **known)
    left = list(dict.fromkeys(unfilled(subject) + unfilled(body)))
    return {"subject": subject, "body": body, "left": left}


def facts_of(application: Application, *, by, on) -> dict[str, str]:
    """What a letter about an application may say now, in the active language; what is not known is left out."""
    identity = application.answers.get("identity", {})
    facts = {
        "name": identity.get("name") or _called(application),
        "number": application.number,
        "tier": str(application.tier),
        "link": settings.BASE_URL + reverse("members:application", args=[application.number]),
        "sender": _signature(by, on=on),
        "reason": application.outcome_reason,
        "reapply_on": _shown(application.reapply_on),
    }
    facts |= _of_the_question(application, on=on) | _of_the_ballot(application)
    return {name: value for name, value in facts.items() if value}


def _called(application: Application) -> str:
    """What somebody without a name is called in a letter: by the handle that it is read under, or by the address."""
    return handles_of([application]).get(application.pk, application.applicant.email)


def _signature(by, *, on) -> str:
    person = getattr(by, "person", None)
    return names_for(by, [person.pk], on=on)[person.pk] if person else _("The Secretariat")


def _of_the_question(application, *, on) -> dict[str, str]:
    """The newest question that waits for an answer, with the day it is due; else the day one asked now would be due."""
    request = application.requests.filter(answered_at=None).last()
    if request is None:
        return {"due_on": _shown(default_due_on(on))}
    return {"question": request.question, "due_on": _shown(request.due_on)}


def _of_the_ballot(application) -> dict[str, str]:
    """What the newest ballot decided, and from when to when the membership runs; or the concern that holds it."""
    ballot = Ballot.objects.about(application).select_related("decision").first()
    decision = getattr(ballot, "decision", None)
    if decision is None:
        return {"concern": _concern(ballot)} if application.state == ApplicationState.HELD else {}
    facts = {"decision": decision.number, "reason": application.outcome_reason or decision.reasons}
    membership = Membership.objects.filter(decision=decision).first()
    if membership:
        facts |= {"starts_on": _shown(membership.starts_on), "ends_on": _shown(membership.last_day)}
    return facts


def _concern(ballot) -> str:
    """What holds a ballot, without saying whose concern it is."""
    return "\n\n".join(concern.text for concern in Concern.objects.filter(ballot=ballot, cleared_at=None))


def _shown(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
