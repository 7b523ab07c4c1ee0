"""The rows of the world by the names that the permission table calls them, as what an address is made of."""

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import NoReverseMatch, reverse

from members.actions import entry, factors, referees
from members.choices.ballots import EventType
from members.kernel.tokens import new_token
from secretariat.models import Notice
from taskforces.models import CharterComment, Output

ABSENT = {
    "number": "NOT-2026-0999",
    "public_id": UUID("00000000-0000-4000-8000-000000000000"),
    "slug": "no-such-organisation",
    "token": "no-such-token",
    "pk": 999_999_999,
    "sequence": 999_999,
    "version": 999,
    "step": "no-such-step",
    "tier": "no-such-tier",
    "audience": "no-such-audience",
    "section": "no-such-section",
    "purpose": "no-such-purpose",
    "reply": "no-such-reply",
    "item": UUID("00000000-0000-4000-8000-000000000000"),
}
"""What names no row, shaped as what names one."""


def rows_of(world) -> dict[str, dict]:
    """Every row by its name. One row may serve several addresses: each takes the parts it needs."""
    return (
        {"": {}}
        | {name: _of_application(world, row) for name, row in world.applications.items()}
        | _parts_of_applications(world)
        | {f"document, {name}": {"public_id": row.public_id} for name, row in world.documents.items()}
        | {f"ballot, {name}": {"number": row.number} for name, row in world.ballots.items()}
        | _parts_of_ballots(world)
        | _directory(world)
        | _accounts(world)
        | {f"correction, {name}": {"public_id": row.public_id} for name, row in world.corrections.items()}
        | {"download of the applicant": {"public_id": world.download.public_id}}
        | {"consent, biography": {"purpose": "biography"}, "consent, unknown": {"purpose": "name"}}
        | {f"lost factor, {name}": {"public_id": row.public_id} for name, row in world.lost.items()}
        | _groups(world)
        | _library(world)
        | {"correspondence": {"public_id": world.correspondence.public_id}}
        | {f"unsealing, {name}": {"public_id": row.public_id} for name, row in world.unsealings.items()}
    )


def _of_application(world, row):
    return {
        "number": row.number,
        "version": 1,
        "step": "identity",
        "slug": world.cast.organisations["institution"].slug,
    }


def _parts_of_applications(world):
    applications = world.applications
    found = {f"{name}, referee": _referee(applications[name]) for name in ("draft", "finished", "asked", "open")}
    for step in ("referees", "documents", "affiliation"):
        found[f"draft, {step}"] = {"number": applications["draft"].number, "step": step}
    question = applications["asked"].requests.get()
    found["asked, question"] = {"number": applications["asked"].number, "pk": question.pk}
    found["question under another number"] = {"number": applications["draft"].number, "pk": question.pk}
    found["draft, document"] = _document(world, "draft")
    found["asked, unsent document"] = _document(world, "unsent")
    waiting = applications["open"].referees.filter(answered_at__isnull=True).first()
    heard = applications["open"].referees.exclude(answered_at__isnull=True).first()
    found["link of a referee"] = {"token": _token(referees.address_of(waiting))}
    found["link of a referee who answered"] = {"token": _token(referees.address_of(heard))}
    return found


def _referee(application):
    return {"number": application.number, "public_id": application.referees.last().public_id}


def _document(world, name):
    row = world.documents[name]
    return {"number": row.application.number, "public_id": row.public_id}


def _token(path):
    return path.rstrip("/").rpartition("/")[2]


def _parts_of_ballots(world):
    ballot, held = world.ballots["open"], world.ballots["held"]
    said = ballot.events.get(type=EventType.CONCERN_RAISED)
    return {
        "ballot, open, receipt of the hold": {"number": ballot.number, "sequence": said.sequence},
        "ballot, open, concern": {"number": ballot.number, "pk": ballot.concerns.get().pk},
        "ballot, held, concern": {"number": held.number, "pk": held.concerns.get().pk},
        "decision, refused": {"number": world.ballots["refused"].decision.number},
        "decision, admitted": {"number": world.ballots["admitted"].decision.number},
    }


def _directory(world):
    people = {
        name: {"public_id": world.cast.person(cast_name).public_id}
        for name, cast_name in {
            "person, individual": "individual",
            "person, no member": "applicant",
            "person, unlisted": "delegate",
            "person, newcomer": "newcomer",
            "person, former": "former",
            "person, protected": "protected",
        }.items()
    }
    organisations = {
        f"organisation, {key}": {"slug": world.cast.organisations[key].slug}
        for key in ("institution", "other-institution", "left", "apart")
    }
    institution, other = (organisations[f"organisation, {key}"] for key in ("institution", "other-institution"))
    delegate = {"public_id": world.cast.person("delegate").public_id}
    invited = {"public_id": world.invitation.public_id}
    return (
        people
        | organisations
        | {
            "representation of the delegate": institution | delegate,
            "representation under another organisation": other | delegate,
            "invitation of the institution": institution | invited,
            "invitation under another organisation": other | invited,
            "tier": {"tier": "individual"},
            "section of expertise": {"section": "expertise"},
            "section of publications": {"section": "publications"},
            "section of availability": {"section": "availability"},
            "section of separations": {"section": "separations"},
            "as members": {"audience": "members"},
            "as the public": {"audience": "public"},
            "as oneself": {"audience": "oneself"},
        }
    )


def _groups(world):
    groups = {f"group, {name}": {"slug": row.slug} for name, row in world.groups.items()}
    active, other = groups["group, active"], groups["group, other"]
    seat = {"public_id": world.in_groups["seat of the individual"].public_id}
    found = {name: {"slug": group_of(row).slug, "public_id": row.public_id} for name, row in world.in_groups.items()}
    found |= {
        "charter, in force": active | {"version": 1},
        "charter, released": active | {"version": 2},
        "charter, handed in": other | {"version": 2},
    }
    answers = {f"invitation, {reply}": active | {"reply": reply} for reply in ("accept", "decline")}
    astray = {"public_id": world.in_groups["milestone, under another group"].public_id}
    coming = found["meeting, coming"]
    more = {
        "seat under another group": other | seat,
        "milestone under another group": active | astray,
        "meeting under another group": coming | other,
        "item of the agenda": coming | {"item": world.item.public_id},
        "feed of the individual": {"token": world.feed},
        "unknown feed": {"token": new_token()},
    }
    return groups | found | answers | more


def _library(world):
    slug = {"slug": world.groups["active"].slug}
    found = {}
    for name, row in world.library.items():
        found[name] = (
            {"slug": row.slug} if isinstance(row, Output) else slug | {"public_id": row.public_id, "sequence": 1}
        )
    waiting = found["paper, for comment"]
    said = {name: slug | {"public_id": row.public_id} for name, row in world.comments.items()}
    away = {"paper under another group": waiting | {"slug": world.groups["other"].slug}}
    return found | said | away


def group_of(row):
    """The group that a row of one belongs to."""
    return row.charter.group if isinstance(row, CharterComment) else row.group


def _accounts(world):
    applicant = world.user("applicant")
    # A sign-in voids the link, and everybody else of the world signs in.
    forgetful = world.applications["paper"].applicant
    reset = {"uidb36": user_pk_to_url_str(forgetful), "key": default_token_generator.make_token(forgetful)}
    return {
        "notice of the applicant": {"public_id": _notice(applicant)},
        "notice of a seat": {"public_id": _notice(world.user("steering-1"))},
        "session of the applicant": {"pk": world.session.pk},
        "key of the applicant": {"pk": world.key.pk},
        "invitation": {"token": _token(entry.address_of(world.invitation))},
        "link back": {"token": _token(entry.address_of(world.back))},
        "spent link": {"token": _token(entry.address_of(world.spent))},
        "unknown link": {"token": new_token()},
        "link that stops": {"token": _token(factors.address_of(world.lost["asked"]))},
        "reset link": reset,
        "search of the individual": {"public_id": world.user("individual").saved_searches.get().public_id},
        "forged reset link": reset | {"key": "forged-0000"},
    }


def _notice(user):
    return Notice.objects.filter(user=user, in_inbox=True, read_at=None).latest("pk").public_id


# --- Addresses ----------------------------------------------------------------------------------------------------


def address(url_name: str, parts: dict, names: frozenset[str]) -> str:
    """The path of a URL for a row, from the parts that it takes (`names`)."""
    try:
        return reverse(url_name, kwargs={name: parts[name] for name in names})
    except (KeyError, NoReverseMatch) as error:
        raise LookupError(f"{url_name} needs {sorted(names)}; the row has {sorted(parts)}.") from error
