"""What a form would send, well filled in: whoever may act succeeds with it, so a refusal is about the right alone."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions.screening import digest_of
from members.choices.applications import DocumentKind, Step
from members.kernel.clock import today
from members.kernel.tokens import new_token
from members.models import Application, CheckItem, Language, Person
from members.permissions.fields import NARROWABLE
from members.queries import answers
from members.rules.answers import basis_of
from tests.factories import files
from tests.factories import members as made
from tests.factories.groups import CONTENT
from tests.people import PASSWORD
from tests.world.build import World


def post_for(world: World, url_name: str, row: str, person: str) -> dict:
    """The body of somebody's POST to an address about a row; empty where a button is all there is."""
    if url_name == "members:profile-edit":
        return _profile(world, person)
    if url_name == "members:profile-section":
        return {"revision": _revision(world, person)} | SECTIONS[row]
    if url_name == "members:profile-readers":
        return {"revision": _revision(world, person)} | dict.fromkeys(NARROWABLE, "steering")
    make = POSTS.get(url_name)
    return make(world, row) if make else {}


def _application(world, row) -> Application:
    return Application.objects.with_subject().get(pk=world.applications[row.partition(", ")[0]].pk)


# --- Applications -------------------------------------------------------------------------------------------------


def _step(world, row):
    name, _comma, step = row.partition(", ")
    application = world.applications[name]
    if step == Step.REFEREES:
        return _named_referee(world, row)
    if step == Step.DOCUMENTS:
        paper = SimpleUploadedFile("paper.pdf", files.document(), content_type="application/pdf")
        return {"kind": DocumentKind.CURRICULUM, "file": paper}
    step = step or Step.IDENTITY
    values = dict.fromkeys((question.name for question in answers.questions_of(application, step)), "")
    values |= made.good_answers(application, step)
    return values | {"basis": basis_of(answers.saved(application, step))}


def _named_referee(world, row):
    return {"name": "A further Referee", "email": "further@cast.test", "relationship": "A colleague."}


def _seen(world, row):
    return {"revision": _application(world, row).revision, "declaration": "on"}


def _answer(world, row):
    name = "asked" if row == "asked, question" else "draft"
    return {"answer": "What there is to say.", "revision": world.applications[name].revision}


# --- The desk -----------------------------------------------------------------------------------------------------


def _checks(world, row):
    application, body = _application(world, row), {}
    for item in CheckItem.objects.asked_of(application.tier):
        shown = digest_of(application.checks.filter(item=item).first())
        body |= {f"outcome_{item.key}": "unclear", f"note_{item.key}": "To be asked.", f"seen_{item.key}": shown}
    return body


def _letter(world, row):
    return {"subject": "About your application", "body": "Dear applicant, thank you."}


def _returned(world, row):
    return _letter(world, row) | {"reason": "The papers are missing.", "reapply_on": today().isoformat()}


def _question(world, row):
    return {"question": "What did you do in 2024?", "due_on": (today() + timedelta(days=20)).isoformat()}


def _recommendation(world, row):
    return {"advice": "admit", "text": "Sound work.", "version": 1}


def _linked(world, row):
    return {"organisation": world.cast.organisations["left"].slug}


def _officer(world, row):
    return {"officer": world.user("secretariat-2").public_id}


def _paper(world, row):
    return {"tier": "individual", "email": "on-paper@cast.test", "received_on": today().isoformat()}


# --- Ballots ------------------------------------------------------------------------------------------------------


def _position(world, row):
    ballot = world.ballots[row.split(", ")[1]]
    last = ballot.events.order_by("-sequence").first().sequence
    return {"position": "no", "reason": "Not yet.", "nonce": new_token(), "based_on": last}


# --- People and organisations -------------------------------------------------------------------------------------


def _profile(world, person):
    return {"name": "A new Name", "headline": "New", "revision": _revision(world, person), "listed": "on"}


SECTIONS = {
    "section of expertise": {"rows": 1, "row-0-expertise": "early-warning-osint", "row-0-level": "leads"},
    "section of publications": {"rows": 1, "row-0-title": "A Book", "row-0-year": 2001},
    "section of availability": {"availability": "open"},
    "section of separations": {"rows": 1, "row-0-name": "Somebody", "row-0-reason": ""},
}
"""What is sent to a section of a profile."""


def _revision(world, person):
    login = world.cast.users.get(person)
    known = Person.objects.filter(user=login).first() if login else None
    return known.revision if known else 0


def _photo(world, row):
    return {"picture": SimpleUploadedFile("me.png", files.picture(), content_type="image/png")}


def _organisation(world, row):
    return {"acronym": "NEW", "about": "New words.", "revision": 0}


def _invited(world, row):
    return {"email": "somebody@cast.test", "role": "delegate", "language": "en"}


def _group(world, row):
    kind = world.groups["active"].kind_id
    reason = {"reason": "Asked for by three."}
    return {"name": "A new Name", "kind": kind, "purpose": "To find out.", "revision": 0} | reason


def _meeting(world, row):
    """A meeting in ten days, as it was planned: who opened the form has its first revision."""
    times = {"day": (today() + timedelta(days=11)).isoformat(), "begins": "10:00", "length": 60}
    return times | {"title": "Another Meeting", "time_zone": "Europe/Berlin", "minutes_for": "group", "revision": 0}


def _charter(world, row):
    group = world.groups[row.removeprefix("group, ")]
    content = {name: value or "" for name, value in CONTENT.items()}
    return content | {"aims": "Changed aims.", "revision": group.charters.last().revision}


def _into_group(name, role):
    return lambda world, row: {"person": world.cast.person(name).public_id, "role": role}


def _document_settings(world, row):
    language = Language.objects.get(code="en").pk
    facts = {"language": language, "audience": "members", "status": "final", "comment_until": "2030-01-01"}
    return facts | {"title": "Another title", "revision": world.library[row].revision}


QUERIES = {
    "taskforces:group-invite": "q=steering",
    "taskforces:group-seat-grant": "q=individual",
    "members:desk-letter": "template=",
    "members:desk-link": "q=Institute+that+Left",
}
"""What stands in the address of a page whose form depends on it."""

POSTS = {
    "set-language": lambda world, row: {"language": "fr", "next": "/about/"},
    "members:apply": lambda world, row: {"email": "somebody@cast.test"},
    "members:enter": lambda world, row: {"email": "somebody@cast.test"},
    "members:entry-link": lambda world, row: {"name": "Somebody New"},
    "members:security": lambda world, row: {"language": "en", "time_zone": "Africa/Nairobi"},
    "members:directory-export": lambda world, row: {"query": "tier=individual", "reason": "To invite them."},
    "members:search-save": lambda world, row: {"query": "tier=steering", "name": "The committee"},
    "members:search": lambda world, row: {"name": "Old colleagues"},
    "members:application-step": _step,
    "members:application-check": _seen,
    "members:information-answer": _answer,
    "members:referee-change": _named_referee,
    "members:referee-letter": lambda world, row: {"letter": "I know the applicant well."},
    "members:desk-paper": _paper,
    "members:desk-hand-over": _officer,
    "members:desk-checks": _checks,
    "members:desk-ask": _question,
    "members:desk-recommend": _recommendation,
    "members:desk-letter": _letter,
    "members:desk-decline": _returned,
    "members:desk-link": _linked,
    "members:person-write": lambda world, row: {"text": "A first word."},
    "members:correspondence": lambda world, row: {"text": "A further word."},
    "members:protection": lambda world, row: {"listed_for": ["members"]},
    "members:unsealing-ask": lambda world, row: {"handle": "Amber Harbour 12", "reason": "Grave."},
    "members:unsealing-decline": lambda world, row: {"note": "Not grave enough."},
    "members:desk-factor-check": lambda world, row: {"identity": "video", "note": "By video, this morning."},
    "members:desk-factor-confirm": lambda world, row: {"is_sure": "on"},
    "members:desk-factor-stop": lambda world, row: {"reason": "Nobody of that name asked."},
    "members:own-data-correction": lambda world, row: {"text": "My first day is wrong."},
    "members:own-data-erasure": lambda world, row: {"is_sure": "on"},
    "members:desk-correction": lambda world, row: {"state": "done", "answer": "The day is right now."},
    "members:ballot-conflict": lambda world, row: {"answer": "none"},
    "members:ballot-cast": _position,
    "members:concern-clear": _position,
    "members:concern-ask": _question,
    "members:ballot-comment": lambda world, row: {"text": "Let us wait."},
    "members:ballot-open": lambda world, row: {"days": 14},
    "members:ballot-withdraw": lambda world, row: {"reason": "Prepared too early."},
    "members:profile-photo": _photo,
    "taskforces:group-milestone-propose": lambda world, row: {"title": "A first comparison", "revision": 0},
    "taskforces:group-milestone-change": lambda world, row: {"title": "Said otherwise", "revision": 0},
    "taskforces:group-milestone-end": lambda world, row: {"state": "dropped", "outcome": "Others do it."},
    "taskforces:group-report-file": lambda world, row: {"done": "Two papers.", "plans": "A third."},
    "taskforces:group-enter": _group,
    "taskforces:group-edit": _group,
    "taskforces:group-step": lambda world, row: {"state": "dormant", "reason": "A year of rest."},
    "taskforces:group-charter-edit": _charter,
    "taskforces:group-charter-abandon": lambda world, row: {"reason": "Not this year."},
    "taskforces:group-charter-comment": lambda world, row: {"text": "Name the regions."},
    "taskforces:group-charter-dispose": lambda world, row: {"disposition": "noted", "answer": "We have seen it."},
    "taskforces:group-join": lambda world, row: {"message": "I know the field."},
    "taskforces:group-invite": _into_group("steering-1", "member"),
    "taskforces:group-seat-grant": _into_group("individual", "rapporteur"),
    "taskforces:document-add": lambda world, row: {"title": "A Page", "language": "en", "text": "What it says."},
    "taskforces:document": lambda world, row: {"text": "Say when."},
    "taskforces:document-revise": lambda world, row: {"number": 1, "text": "Another.", "note": "Shorter."},
    "taskforces:document-settings": _document_settings,
    "taskforces:document-answer": lambda world, row: {"disposition": "noted", "answer": "Thank you."},
    "taskforces:output-propose": lambda world, row: {
        "title": "A new Brief",
        "kind": "paper",
        "abstract": "In short.",
        "licence": "reserved",
    },
    "taskforces:output-byline": lambda world, row: {"agrees": "yes", "name": "As it is printed"},
    "taskforces:output-close": lambda world, row: {"reason": "A figure is wrong."},
    "taskforces:group-request-decline": lambda world, row: {"reason": "Not this year."},
    "taskforces:group-meeting-plan": _meeting,
    "taskforces:group-meeting-edit": _meeting,
    "taskforces:group-meeting-cancel": lambda world, row: {"reason": "Too few can come."},
    "taskforces:group-meeting-answer": lambda world, row: {"reply": "no"},
    "taskforces:group-agenda-add": lambda world, row: {"title": "A further matter"},
    "taskforces:group-agenda-propose": lambda world, row: {"title": "A further matter"},
    "taskforces:group-agenda-edit": lambda world, row: {"title": "Another matter"},
    "taskforces:group-attendance": lambda world, row: {"present": [str(world.cast.person("individual").public_id)]},
    "taskforces:group-minutes-write": lambda world, row: {"summary": "We met.", "revision": 1},
    "taskforces:group-minutes-approve": lambda world, row: {"revision": 1},
    "taskforces:group-minutes-correct": lambda world, row: {"text": "It was Tuesday."},
    "taskforces:group-action-give": lambda world, row: {"text": "To draft it."},
    "taskforces:group-action-done": lambda world, row: {"outcome": "Drafted."},
    "members:organisation-edit": _organisation,
    "members:organisation-invite": _invited,
    "account_login": lambda world, row: {"login": "individual@cast.test", "password": PASSWORD},
    "account_signup": lambda world, row: {"email": "somebody@cast.test", "password1": PASSWORD},
    "account_reauthenticate": lambda world, row: {"password": PASSWORD},
    "account_email": lambda world, row: {"action_add": "", "email": "new-address@cast.test"},
    "account_change_password": lambda world, row: {
        "oldpassword": PASSWORD,
        "password1": "brand-new-shoes-2026",
        "password2": "brand-new-shoes-2026",
    },
    "account_set_password": lambda world, row: {
        "password1": "brand-new-shoes-2026",
        "password2": "brand-new-shoes-2026",
    },
    "account_reset_password": lambda world, row: {"email": "individual@cast.test"},
    "account_reset_password_from_key": lambda world, row: {
        "password1": "brand-new-shoes-2026",
        "password2": "brand-new-shoes-2026",
    },
    "mfa_edit_webauthn": lambda world, row: {"name": "Another name"},
}
