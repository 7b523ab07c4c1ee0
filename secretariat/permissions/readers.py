"""Who is told, as a login in use or an address without one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date

from django.conf import settings
from django.db.models import QuerySet

from members.models import AuditEvent, User


@dataclass(frozen=True)
class Reader:
    """One who is told: a user, or an address without an account."""

    language: str
    user_id: int | None = None
    address: str = ""


def day_of(event: AuditEvent) -> date:
    """The day, in UTC, by which terms are asked."""
    return event.at.astimezone(UTC).date()


def users(people: QuerySet) -> Iterator[Reader]:
    """The logins in use of people, given as a query of their keys."""
    found = User.objects.filter(person__in=people, is_active=True).order_by("pk")
    for pk, language in found.values_list("pk", "language"):
        yield Reader(language, user_id=pk)


def login(user: User | None) -> Iterator[Reader]:
    """One login, where it is in use."""
    if user is not None and user.is_active:
        yield Reader(user.language, user_id=user.pk)


def stranger(address: str, language: str) -> Iterator[Reader]:
    """An address without an account."""
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    yield Reader(known, address=address.lower())
