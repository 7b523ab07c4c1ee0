"""What a user prefers. Nobody else is concerned, so nothing of it goes into the record."""

from django.db import transaction

from members.models import User


@transaction.atomic
def choose_language(*, user, language, by):
    """From now on the portal speaks this language to the user, on pages and in mails."""
    if by != user:
        raise ValueError("A language is chosen by its reader.")
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def choose_time_zone(*, user, time_zone, by):
    """From now on deadlines are shown to the user in this zone, with UTC beside it."""
    if by != user:
        raise ValueError("A time zone is chosen by its reader.")
    User.objects.filter(pk=user.pk).update(time_zone=time_zone)
