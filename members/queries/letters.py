"""Drafts of letters: a template in the applicant's language, with what is known filled in."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from members.models import Application, LetterTemplate
from members.queries.people import names_for
from members.rules.letters import fill
from members.rules.screening import default_due_on


def draft(application: Application, key: str, *, by, on, **facts) -> dict[str, str]:
    """Subject and text of a letter to the applicant, for an officer to edit; empty where there is no such template."""
    language = application.applicant.language
    found = {row.language: row for row in LetterTemplate.objects.filter(key=key, language__in=["en", language])}
    template = found.get(language) or found.get("en")
    if template is None:
        return {"subject": "", "body": ""}
    with translation.override(template.language):
        known = facts_of(application, by=by, on=on) | {name: _shown(value) for name, value in facts.items()}
        return {"subject": fill(template.subject, **known), "body": fill(template.body, **known)}


def facts_of(application: Application, *, by, on) -> dict[str, str]:
    """What every letter about an application may say."""
    identity = application.answers.get("identity", {})
    facts = {
        "name": identity.get("name") or application.applicant.email,
        "number": application.number,
        "tier": str(application.tier),
        "link": settings.BASE_URL + reverse("members:application", args=[application.number]),
        "due_on": date_format(default_due_on(on), "DATE_FORMAT"),
    }
    if by is not None and getattr(by, "person", None):
        facts["sender"] = names_for(by, [by.person.pk], on=on)[by.person.pk]
    if application.reapply_on:
        facts["reapply_on"] = date_format(application.reapply_on, "DATE_FORMAT")
    return facts


def _shown(value) -> str:
    return date_format(value, "DATE_FORMAT") if hasattr(value, "year") else str(value)
