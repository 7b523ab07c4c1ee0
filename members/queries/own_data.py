"""Everything the portal keeps about a user, for that user: what a download holds.

Never anybody else's: of referees what the applicant said of them, not what they wrote; of ballots one's own acts alone.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.choices.own_data import Purpose
from members.models import (
    Application,
    AuditEvent,
    Consent,
    Correction,
    Document,
    Download,
    Erasure,
    LostFactor,
    Person,
)
from members.permissions.fields import reach_of
from members.queries import correspondence
from members.queries import own_history as history
from members.queries.accounts import sessions_of, ways_in
from members.queries.field_words import name_of
from members.queries.own_facts import Fact, Section
from members.queries.sealed import address_of, identity_of, in_words
from members.signals import own_data_gathered

LISTS = ("expertise", "regions", "languages")
COLUMNS = ("name", "latin_name", "headline", "biography", "website", "country", *LISTS, "listed")


@dataclass(frozen=True)
class Archive:
    """Everything in words, and the files that go with it: each with its path in the archive."""

    sections: list[Section]
    files: list[tuple[str, Document]]


def gather(user) -> Archive:
    """All that is kept about a user, of this app and of those above it, in the language that is active."""
    person = Person.objects.with_everything().filter(user=user).first()
    applications = list(Application.objects.with_subject().filter(applicant=user).order_by("pk"))
    sections = [
        _account(user),
        *_profile(person),
        *history.terms(person),
        *history.applications(applications),
        *history.ballots(user, person),
    ]
    sections.append(_correspondence(user))
    sections += [_consents(user), *_requests(user), _sessions(user), _acts(user)]
    for _receiver, more in own_data_gathered.send(type(user), user=user):
        sections += more
    return Archive([section for section in sections if section.entries], history.files(applications))


def _account(user) -> Section:
    ways = ways_in(user)
    return Section(
        "account",
        _("Account"),
        [
            [
                Fact("email", _("E-mail address"), address_of(user)),
                Fact("language", _("Language"), user.get_language_display()),
                Fact("time_zone", _("Time zone"), user.time_zone),
                Fact("joined_at", _("Opened"), user.joined_at),
                Fact("last_login", _("Last sign-in"), user.last_login),
                Fact("has_password", _("Password"), ways.password),
                Fact("keys", _("Passkeys and security keys"), ways.keys),
                Fact("has_app", _("Authenticator app"), ways.app),
                Fact("codes_left", _("Printed codes left"), ways.codes_left),
            ]
        ],
    )


def _profile(person) -> list[Section]:
    if person is None:
        return []
    if protection := getattr(person.user, "protection", None):
        sealed = in_words(identity_of(protection))
        kept = [Fact(label, label, value) for label, value in (*sealed.rows, *sealed.texts)]
        return [Section("profile", _("Profile"), [kept])]
    values = {name: getattr(person, name) for name in COLUMNS if name not in LISTS}
    values |= {name: [str(entry) for entry in getattr(person, name).all()] for name in LISTS}
    values["country"] = str(person.country or "")
    kept = [Fact(name, name_of(name), values[name]) for name in COLUMNS]
    narrowed = [
        [
            Fact("field", _("Part"), name_of(row.field)),
            Fact("readers", _("Shown to no more than"), reach_of(row.audiences).label),
        ]
        for row in person.narrowings.all()
    ]
    return [
        Section("profile", _("Profile"), [kept]),
        Section("narrowings", _("What you show to fewer"), narrowed),
    ]


def _consents(user) -> Section:
    rows = Consent.objects.filter(user=user).order_by("pk")
    return Section(
        "consents",
        _("Consents"),
        [
            [
                Fact("purpose", _("For what"), Purpose(row.purpose).label),
                Fact("given", _("Given"), row.given),
                Fact("version", _("Version of the text"), row.version),
                Fact("at", _("When"), row.at),
            ]
            for row in rows
        ],
    )


def _requests(user) -> list[Section]:
    """What was asked for about one's data and one's sign-in."""
    corrections = [
        [
            Fact("asked_at", _("Asked"), row.asked_at),
            Fact("text", _("What is wrong"), row.text),
            Fact("state", _("State"), row.get_state_display()),
            Fact("answer", _("Answer"), row.answer),
        ]
        for row in Correction.objects.filter(user=user)
    ]
    others = {
        ("downloads", _("Downloads of your data")): Download,
        ("erasures", _("Erasures asked for")): Erasure,
        ("lost_factors", _("Lost second factors")): LostFactor,
    }
    return [
        Section("corrections", _("Corrections"), corrections),
        *(
            Section(
                key,
                title,
                [
                    [Fact("asked_at", _("Asked"), row.asked_at), Fact("state", _("State"), row.get_state_display())]
                    for row in table.objects.filter(user=user).order_by("pk")
                ],
            )
            for (key, title), table in others.items()
        ),
    ]


def _correspondence(user) -> Section:
    """What one wrote to others, with the name or the handle it was written to: not what they wrote."""
    return Section(
        "messages",
        _("Messages you wrote"),
        [
            [
                Fact("to", _("To"), line.other),
                Fact("under", _("Under the handle"), line.own_handle),
                Fact("on", _("Sent"), said.on),
                Fact("text", _("Message"), said.text),
            ]
            for line, messages in correspondence.written_by(user)
            for said in messages
        ],
    )


def _sessions(user) -> Section:
    return Section(
        "sessions",
        _("Signed-in devices"),
        [
            [Fact("since", _("Since"), row.created_at), Fact("browser", _("Browser"), row.user_agent)]
            for row in sessions_of(user)
        ],
    )


def _acts(user) -> Section:
    """What one did, as the record has it: the verb and the instant."""
    rows = AuditEvent.objects.filter(by=user).order_by("pk")
    return Section(
        "acts",
        _("What you did, as the record has it"),
        [[Fact("at", _("When"), row.at), Fact("act", _("Act"), row.get_verb_display())] for row in rows],
    )
