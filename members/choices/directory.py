"""The directory: kinds of readers, and in which orders it is read."""

from enum import IntFlag

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience


class Reader(IntFlag):
    """Kinds of readers: of one person all of a kind see the same. A row of the directory says whom it is for."""

    MEMBERS = 1
    STEERING = 2
    SECRETARIAT = 4
    STEERING_SECRETARIAT = 8
    ONESELF = 16


AUDIENCES: dict[Reader, frozenset[Audience]] = {
    Reader.MEMBERS: frozenset({Audience.PUBLIC, Audience.MEMBERS}),
    Reader.STEERING: frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.STEERING}),
    Reader.SECRETARIAT: frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.SECRETARIAT}),
    Reader.STEERING_SECRETARIAT: frozenset(
        {Audience.PUBLIC, Audience.MEMBERS, Audience.STEERING, Audience.SECRETARIAT}
    ),
    Reader.ONESELF: frozenset({Audience.PUBLIC, Audience.MEMBERS, Audience.ONESELF}),
}
"""The audiences that each kind of reader belongs to."""


class Order(TextChoices):
    """In which order people are listed."""

    NAME = "name", _("By name")
    NEWEST = "newest", _("Newest members first")
    BEST = "best", _("Best match first")
