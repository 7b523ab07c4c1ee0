"""Secrets: each is where it belongs, hidden and absent look alike, mails tell nobody more than pages do."""

import re
from itertools import zip_longest
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.emails.messages import compose, in_the_readers_tongue
from secretariat.models import Notice
from tests.permission_table import CLOSED, OPEN_WITHOUT_FACTOR, TABLE
from tests.permission_table.people import GROUPS, expected
from tests.world import writes
from tests.world.canaries import SECRETS, kept_from, leaked
from tests.world.rows import ABSENT, address
from tests.world.urls import urls
from tests.world.words import word

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permissions")]

# --- Where they belong --------------------------------------------------------------------------------------------

DESK, DOSSIER, STATUS, CHECK = (
    "members:desk-application",
    "members:ballot-dossier",
    "members:application",
    "members:application-check",
)
PLACES = {
    "name of a protected member": ("protected", "members:protection", ""),
    "biography of a protected member": ("protected", "members:protection", ""),
    "message of a protected member": ("individual", "members:correspondence", "correspondence"),
    "request, newcomer": ("institution", "taskforces:group-people", "group, active"),
    "request, protected": ("other-institution", "taskforces:group-people", "group, other"),
    "draft of a document": ("individual", "taskforces:document", "paper, draft"),
    "document of chairs": ("institution", "taskforces:document", "paper, of chairs"),
    "document of the group": ("delegate", "taskforces:document", "paper, of the group"),
    "comment, individual": ("delegate", "taskforces:document", "paper, for comment"),
    "comment, protected": ("individual", "taskforces:document", "paper, for comment"),
    "comment on a charter": ("rising", "taskforces:group-charter", "group, active"),
    "charter, handed in": ("other-institution", "taskforces:group-charter", "group, other"),
    "reason of a request": ("secretariat-1", "members:unsealing", "unsealing, asked"),
    "answers, draft": ("applicant", CHECK, "draft"),
    "document, draft": ("applicant", CHECK, "draft"),
    "address of a referee, draft": ("applicant", CHECK, "draft"),
    "answers, finished": ("other-applicant", CHECK, "finished"),
    "answers, paper": ("secretariat-1", CHECK, "paper"),
    "answers, submitted": ("secretariat-1", DESK, "submitted"),
    "answers, of an officer": ("secretariat-1", DESK, "of an officer"),
    "answers, asked": ("secretariat-1", DESK, "asked"),
    "address of a referee, asked": ("secretariat-1", DESK, "asked"),
    "unsent answers": ("applicant", CHECK, "asked"),
    "unsent document": ("applicant", CHECK, "asked"),
    "answers, declined": ("secretariat-1", DESK, "declined"),
    "answers, open": ("reading", DOSSIER, "ballot, open"),
    "document, open": ("reading", DOSSIER, "ballot, open"),
    "address of a referee, open": ("secretariat-1", DESK, "open"),
    "answers, recommended": ("secretariat-1", DESK, "recommended"),
    "answers, of a seat": ("chair", DOSSIER, "ballot, of a seat"),
    "answers, held": ("recused", DOSSIER, "ballot, held"),
    "answers, refused": ("recused", DOSSIER, "ballot, refused"),
    "question, asked": ("applicant", STATUS, "asked"),
    "letter, declined": ("applicant", STATUS, "declined"),
    "reason of a return": ("applicant", STATUS, "declined"),
    "note of a check": ("secretariat-1", DESK, "open"),
    "letter of a referee, open": ("reading", DOSSIER, "ballot, open"),
    "letter as a file, open": ("reading", DOSSIER, "ballot, open"),
    "recommendation, open": ("reading", DOSSIER, "ballot, open"),
    "letter of a referee, of a seat": ("chair", DOSSIER, "ballot, of a seat"),
    "recommendation, of a seat": ("chair", DOSSIER, "ballot, of a seat"),
    "letter of a referee, recommended": ("secretariat-1", DESK, "recommended"),
    "recommendation, recommended": ("secretariat-1", DESK, "recommended"),
    "letter of a referee, held": ("recused", DOSSIER, "ballot, held"),
    "letter of a referee, admitted": ("recused", DOSSIER, "ballot, admitted"),
    "recommendation, refused": ("recused", DOSSIER, "ballot, refused"),
    "reason of a position": ("holding", "members:ballot", "ballot, open"),
    "concern of a hold": ("chair", "members:ballot", "ballot, open"),
    "comment": ("chair", "members:ballot", "ballot, open"),
    "note of a recusal": ("chair", "members:ballot", "ballot, open"),
    "reason, held": ("reading", "members:ballot", "ballot, held"),
    "reason, refused": ("reading", "members:ballot", "ballot, refused"),
    "reason, admitted": ("secretariat-1", "members:ballot", "ballot, admitted"),
    "biography of a member": ("rising", "members:person", "person, individual"),
    "wish of a member": ("rising", "members:person", "person, individual"),
    "reason to be kept apart": ("secretariat-1", "members:person", "person, individual"),
    "biography of no member": ("secretariat-1", "members:person", "person, no member"),
    "name of an unlisted member": ("delegate", "members:profile", ""),
    "note on an identity": ("secretariat-1", "members:desk-factor", "lost factor, checked"),
    "correction, individual": ("secretariat-1", "members:desk-correction", "correction, individual"),
    "correction, of an officer": ("secretariat-1", "members:desk-correction", "correction, of an officer"),
    "title of a meeting": ("delegate", "taskforces:group-meeting", "meeting, coming"),
    "link of a meeting": ("protected", "taskforces:group-meeting", "meeting, coming"),
    "action item": ("delegate", "taskforces:group-actions", "group, active"),
    "minutes, draft": ("institution", "taskforces:group-minutes", "meeting, draft"),
    "minutes, circulated": ("delegate", "taskforces:group-minutes", "meeting, circulated"),
    "minutes, published": ("rising", "taskforces:group-minutes", "meeting, published"),
    "address of an invited person": ("institution", "members:organisation", "organisation, institution"),
}
"""For each secret somebody who may read it, and where they do: else its absence elsewhere would prove nothing."""


def test_every_secret_has_its_place():
    assert PLACES.keys() == SECRETS.keys()


@pytest.mark.parametrize("secret", PLACES)
def test_a_secret_is_where_it_belongs(visit, secret):
    reader, name, row = PLACES[secret]
    [person] = GROUPS[reader]
    answer = visit.ask(person, "GET", visit.path(name, row))
    assert answer.words == "200"
    assert word(secret).encode() in answer.content


def test_a_secret_out_of_place_would_be_seen():
    """The proof of the proof: what is kept from somebody is found, and what is not is left alone."""
    assert leaked("stranger", f"<p>{word('comment')}</p>".encode()) == [word("comment")]
    assert leaked("steering-1", word("comment").encode()) == []
    assert leaked("individual", b"rising@cast.test, individual@cast.test") == ["rising@cast.test"]
    assert kept_from("secretariat-1").search(word("unsent answers").encode())


# --- Mails and the inbox ------------------------------------------------------------------------------------------


def test_no_notice_tells_its_reader_a_secret(visit):
    names = {user.pk: name for name, user in visit.world.cast.users.items()}
    rows = Notice.objects.with_what_it_tells().exclude(kind="account")
    assert rows.count() > 50
    for notice in rows:
        person = names.get(notice.user_id, "visitor")
        with in_the_readers_tongue(notice):
            message = compose(notice)
        told = f"{message.subject} {message.paragraphs} {message.rows} {message.action} {message.why}".encode()
        secrets = [secret for secret in leaked(person, told) if secret != notice.address]
        assert not secrets or ALLOWED.get(notice.kind) == secrets, (notice.kind, person, secrets)


ALLOWED: dict[str, list[str]] = {}
"""By the kind of a notice, what its reader is told there and nowhere else."""


# --- Hidden and absent --------------------------------------------------------------------------------------------

HIDING = [(name, row) for name, rows in TABLE.items() for row, (get, _post) in rows.items() if row and "404" in get]


@pytest.mark.parametrize(("name", "row"), HIDING, ids=[f"{name} {row}" for name, row in HIDING])
def test_hidden_and_absent_are_alike(visit, name, row):
    """What is not for somebody answers byte for byte like what does not exist, after as many statements.

    Of a row within another, what does not exist is a row within the same other: that one they may well know of.
    """
    url = visit.urls[name]
    answers = expected(TABLE[name][row][0], closed=name in CLOSED, confining=name not in OPEN_WITHOUT_FACTOR)
    hidden = [person for person, answer in answers.items() if answer == "404"]
    own = url.parts - {"number", "slug"} or url.parts
    nowhere = visit.rows[row] | {part: ABSENT[part] for part in own}
    for person in hidden[:1] + hidden[-1:]:
        theirs, statements = comparable(visit, person, visit.path(name, row))
        nobodys, without = comparable(visit, person, address(name, nowhere, url.parts))
        assert [pair for pair in zip_longest(theirs, nobodys) if len(set(pair)) > 1] == [], person
        assert statements == without, person


def comparable(visit, person, path) -> tuple[list[str], int]:
    """The lines of an answer, without what differs each time and the address; and how many statements it took."""
    with CaptureQueriesContext(connection) as statements:
        answer = visit.ask(person, "GET", path)
    text = f"{answer.status} {answer.headers} {answer.content.decode()}"
    text = re.sub(r"nonce-[\w+/=-]+|nonce=\"[^\"]+\"", "nonce", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "token", text)
    text = re.sub(r"\('Content-Length', '\d+'\)", "length", text)
    for form in (path, quote(path, safe=""), quote(path)):  # as a link to it, inside a query, in a header
        text = text.replace(form, "·")
    return text.splitlines(), len(statements)


NUMBERED = [url.name for url in urls() if "number" in url.parts and not url.is_of_admin]
MISSHAPEN = ("%00", "APP-2026-0001%00", "APP-%D9%A2%D9%A0%D9%A2%D9%A6-0001", "%FF", "app-2026-0001")


@pytest.mark.parametrize("name", NUMBERED)
def test_what_is_no_number_is_the_address_of_nothing(visit, name):
    """Byte for byte like a number that nothing has, without the database being asked for it."""
    url = visit.urls[name]
    nowhere = address(name, ABSENT, url.parts)
    for person in ("stranger", "secretariat-1"):
        nobodys, _statements = comparable(visit, person, nowhere)
        assert nobodys[0].startswith(("404", "405")), person
        for number in MISSHAPEN if nobodys[0].startswith("404") else ():
            answer, _statements = comparable(visit, person, nowhere.replace(ABSENT["number"], number))
            assert answer == nobodys, (person, number)
    for number in MISSHAPEN:
        for method in ("GET", "POST"):
            answer = visit.ask("secretariat-1", method, nowhere.replace(ABSENT["number"], number))
            assert answer.words == "404", (method, number)
            assert not answer.wrote, (method, number)


# --- Methods and tokens -------------------------------------------------------------------------------------------

POSTED = [(name, next(iter(rows))) for name, rows in TABLE.items()]
each_address = pytest.mark.parametrize(("name", "row"), POSTED, ids=[name for name, _row in POSTED])


@each_address
def test_other_methods_do_nothing(visit, name, row):
    """No address takes them, of whichever library its view may be."""
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        answer = visit.ask("secretariat-1", method, visit.path(name, row))
        assert answer.words == "405", method
        assert not answer.wrote, method


@each_address
def test_without_its_token_a_form_does_nothing(visit, name, row):
    """A form sent from elsewhere, in the name of whoever might do the most."""
    with visit.as_("secretariat-1"):
        client = Client(enforce_csrf_checks=True)
        client.cookies = visit.clients["secretariat-1"].cookies
        before = writes.written()
        response = client.post(visit.path(name, row), visit.form(name, row, "secretariat-1"))
        assert response.status_code == 403
        assert not writes.since(before)
