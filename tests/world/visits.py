"""Asking the portal as somebody: each request stands by itself, and is undone afterwards."""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import Resolver404, resolve

from tests.signing_in import sign_in
from tests.world import writes
from tests.world.build import FURTHER
from tests.world.posts import QUERIES, post_for
from tests.world.rows import address, rows_of
from tests.world.urls import by_name

VISITORS = ("visitor", "out-of-use")
CONFINED = "confined"
PEOPLE = (
    *VISITORS,
    CONFINED,
    "stranger",
    "applicant",
    *FURTHER,
    "individual",
    "rising",
    "institution",
    "delegate",
    "other-institution",
    *(f"steering-{number}" for number in range(1, 6)),
    "alternate",
    "secretariat-1",
    "secretariat-2",
)
"""Everybody the permission table speaks of. `confined` is an officer who signed in without the second factor."""

RENEW_AFTER_SECONDS = 200
FORMS = ("form", "position_form", "conflict_form", "comment_form", "opening_form")
"""What pages call their forms."""


@dataclass
class Answer:
    """What came back, in the words of the permission table, and what had been written by then."""

    status: int
    location: str
    headers: str
    content: bytes
    wrote: dict[str, int] = field(default_factory=dict)
    stored: frozenset[str] = frozenset()
    said: str = ""

    @cached_property
    def words(self) -> str:
        """`200`, `404`, `to members:ballot`; `login` and `factor` for the two doors before every view."""
        if self.status not in (301, 302):
            return str(self.status)
        path, _mark, query = self.location.partition("?")
        try:
            name = resolve(path).view_name
        except Resolver404:
            return f"to {path}"
        if name == "account_login":
            return "login"
        if name == "members:second-factor" and "fresh" not in query:
            return "factor"
        return f"to {name}"

    @property
    def everything(self) -> bytes:
        return self.headers.encode() + self.content


class Visitors:
    """The people of the table, each with a browser that is signed in."""

    def __init__(self, world):
        self.world, self.signed_in_at = world, 0.0
        self.rows, self.urls = rows_of(world), by_name()
        self.clients: dict[str, Client] = {}
        self.cookies: dict[str, dict[str, str]] = {}
        self.sign_in()

    def sign_in(self):
        """Sign everybody in, as of now."""
        self.signed_in_at = time.monotonic()
        keys = [cookies[settings.SESSION_COOKIE_NAME] for cookies in self.cookies.values() if cookies]
        for table in (Session, UserSession):
            table.objects.filter(session_key__in=keys).delete()
        for name in PEOPLE:
            client = self.clients.setdefault(name, Client())
            client.cookies = SimpleCookie()
            if name != "visitor":
                login = "secretariat-1" if name == CONFINED else name
                sign_in(client, self.world.user(login), factor=name != CONFINED, confirmed=True)
            self.cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}

    @contextmanager
    def fresh(self):
        """Make sure that the second factor of everybody is fresh, if need be by other sessions for a while."""
        kept, since = dict(self.cookies), self.signed_in_at
        if time.monotonic() - since > RENEW_AFTER_SECONDS:
            self.sign_in()
        yield self
        self.cookies, self.signed_in_at = kept, since

    @contextmanager
    def as_(self, name):
        """The browser of somebody; whatever is done with it is undone."""
        client = self.clients[name]
        client.cookies = SimpleCookie(self.cookies[name])
        with transaction.atomic():
            yield client
            transaction.set_rollback(True)

    def path(self, url_name, row) -> str:
        """The path of an address about a row of the world."""
        path = address(url_name, self.rows[row], self.urls[url_name].parts)
        return f"{path}?{QUERIES[url_name]}" if url_name in QUERIES else path

    def form(self, url_name, row, person) -> dict:
        """What somebody's form would send there, well filled in."""
        return post_for(self.world, url_name, row, person)

    def ask(self, name, method, path, data=None, **headers) -> Answer:
        """One request of somebody, undone afterwards."""
        with self.as_(name) as client:
            return answered(client, method, path, data, **headers)


def answered(client, method, path, data=None, **headers) -> Answer:
    """One request, with what it wrote."""
    before, stored = writes.written(), writes.files()
    response = (
        client.generic(method, path, **headers)
        if method not in ("GET", "POST")
        else (getattr(client, method.lower())(path, data or {}, **headers))
    )
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(
        status=response.status_code,
        location=response.headers.get("Location", ""),
        headers=repr(sorted(response.headers.items())),
        content=content,
        wrote=writes.since(before),
        stored=writes.files() - stored,
        said=errors_of(response),
    )


def errors_of(response) -> str:
    """What the forms of a page have against what was sent, for the reports of failures."""
    forms = [response.context.get(name) for name in FORMS] if response.context else []
    texts = [form.errors.as_text() for form in forms if isinstance(form, BaseForm) and form.is_bound]
    return " ".join(filter(None, texts))
