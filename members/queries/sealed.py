"""Opening what is sealed. Only five may: the person's own pages, mails on their way to the person, what admission takes
from an application, the one look that two custodians agreed to, and the two who write to each other.
`tests/architecture` keeps the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from members.kernel import sealing
from members.models import (
    Application,
    ApplicationVersion,
    Country,
    Document,
    Expertise,
    Organisation,
    Protection,
    Region,
)

ADDRESS, PROFILE, ROWS = "address", "profile", "rows"


def context_of(protection: Protection) -> str:
    """What a seal is bound to: the login it belongs to, whatever its protection is called."""
    return f"login:{protection.user.public_id}"


def key_of(protection: Protection) -> bytes:
    """The data key of a protected member. Raises `sealing.CannotOpenError`."""
    return sealing.key_of(protection.key, context_of(protection))


def identity_of(protection: Protection) -> dict:
    """Everything that is sealed of a protected member. Raises `sealing.CannotOpenError`."""
    return sealing.unseal(key_of(protection), protection.identity, context_of(protection))


def address_of(user) -> str:
    """The e-mail address of a login, for a mail to it or for its owner's eyes."""
    protection = getattr(user, "protection", None)
    return identity_of(protection)[ADDRESS] if protection else user.email


def answers_of(application: Application) -> dict:
    """The answers of an application as they were typed, with what is sealed of them."""
    if not application.sealed_answers:
        return application.answers
    protection = application.applicant.protection
    kept = sealing.unseal(key_of(protection), application.sealed_answers, _context(application))
    return merged(application.answers, kept)


def opened(application: Application, *, to) -> Application:
    """An application at hand for its own applicant, with what is sealed of the answers; for all others as it is."""
    if application.sealed_answers and application.applicant_id == to.pk:
        application.answers = answers_of(application)
    return application


def answers_as_typed(application: Application, version: ApplicationVersion, *, to) -> dict:
    """The answers of a version for its own applicant, with what is sealed of them; for all others as they are."""
    return version_answers_of(version) if application.applicant_id == to.pk else version.answers


def version_answers_of(version: ApplicationVersion) -> dict:
    """The answers of a version as they were typed, with what is sealed of them."""
    if not version.sealed_answers:
        return version.answers
    application = version.application
    key = key_of(application.applicant.protection)
    return merged(version.answers, sealing.unseal(key, version.sealed_answers, _context(application)))


def sealed_answers(application: Application, kept: Mapping[str, Mapping]) -> str:
    """The identifying answers of a protected applicant, sealed."""
    return sealing.seal(key_of(application.applicant.protection), kept, _context(application))


def _context(application: Application) -> str:
    return f"application:{application.number}"


def merged(left: Mapping[str, Mapping], kept: Mapping[str, Mapping]) -> dict:
    """Answers as they were typed, from what is open of them and what was sealed."""
    return {step: {**left.get(step, {}), **kept.get(step, {})} for step in {**left, **kept}}


def of_oneself(identity: Mapping) -> dict[str, str]:
    """The words of a sealed profile, for the projection of whoever it belongs to."""
    profile = identity.get(PROFILE, {})
    words = {name: profile.get(name, "") for name in ("name", "latin_name", "headline", "biography", "website")}
    country = Country.objects.filter(code=profile.get("country_id") or "").first()
    return words | {"email": identity[ADDRESS], "country": str(country or "")}


def opened_file(document: Document):
    """The file of a document, for whoever its door lets read it: of a sealed one, that is its applicant alone."""
    if not document.sealed:
        return document.file.open("rb")
    with document.file.open("rb") as file:
        key = key_of(document.application.applicant.protection)
        return BytesIO(sealing.open_bytes(key, file.read(), context_of_file(document)))


def context_of_file(document: Document) -> str:
    """What the seal of a file is bound to."""
    return f"document:{document.public_id}"


# --- In words -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sealed:
    """What is sealed, as its owner and whoever may look once read it: pairs of label and value, and longer texts."""

    rows: list[tuple[str, str]]
    texts: list[tuple[str, str]]


def in_words(identity: Mapping) -> Sealed:
    """A sealed identity in the language that is active."""
    profile = identity.get(PROFILE, {})
    country = Country.objects.filter(code=profile.get("country_id") or "").first()
    rows = [
        (_("Name"), profile.get("name", "")),
        (_("Name in Latin letters"), profile.get("latin_name", "")),
        (_("E-mail address"), identity.get(ADDRESS, "")),
        (_("Country"), str(country or "")),
        (_("In one line"), profile.get("headline", "")),
        (_("Website"), profile.get("website", "")),
        (_("Organisations"), ", ".join(_organisations(identity))),
        (_("Expertise"), ", ".join(_entries(Expertise, identity, "members.personexpertise", "expertise"))),
    ]
    texts = [(_("Biography"), profile.get("biography", ""))]
    return Sealed([row for row in rows if row[1]], [text for text in texts if text[1]])


def _kept(identity: Mapping, model: str) -> list[Mapping]:
    return [row["fields"] for row in identity.get(ROWS, ()) if row["model"] == model]


def _entries(table, identity: Mapping, model: str, column: str) -> list[str]:
    keys = [row[column] for row in _kept(identity, model)]
    return [str(entry) for entry in table.objects.filter(pk__in=keys)]


def _organisations(identity: Mapping) -> list[str]:
    """Where the person works by the portal's records, and by their own word."""
    recorded = [row["organisation"] for row in _kept(identity, "members.affiliation") if not row["ended_at"]]
    names = list(Organisation.objects.filter(pk__in=recorded).values_list("name", flat=True))
    return [*names, *(row["organisation"] for row in _kept(identity, "members.declaredposition"))]


def region_of(country: Country | None) -> Region | None:
    """The continent that a country lies in: all that is left of a location."""
    return country.region.continent if country else None


def parents_of_expertise() -> dict[str, str]:
    """For each field of expertise the code of the field above it: all that is left of a topic."""
    pairs = Expertise.objects.filter(parent__isnull=False).values_list("code", "parent__code")
    return dict(pairs)


def coarse(entries) -> list[Expertise]:
    """The fields above some fields of expertise, each once."""
    keys = {entry.parent_id or entry.pk for entry in entries}
    return list(Expertise.objects.filter(pk__in=keys))
