"""What a user prefers. Nobody else is concerned, so nothing of it goes into the record."""

from django.db import transaction

from members.models import User


@transaction.atomic
def choose_language(*, user, language, by):
    """From now on the portal speaks this language to the user, on pages and in mails."""
    if by != user:
        raise ValueError("A language is chosen by its reader.")
    User.objects.filter(pk=user.pk).update(language=language)
