"""Reactions of the composing app."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver

from members.signals import person_erased
from platform_portal.mailbox import forget


@receiver(person_erased, dispatch_uid="platform_portal.forget_mails")
def forget_mails(sender, user, person, **facts):
    """Somebody is erased: where mails are files, as in the demonstration, those that name them go with them."""
    if not settings.SMTP_URL:
        words = [user.email, *([person.name, person.latin_name] if person is not None else [])]
        transaction.on_commit(partial(forget, settings.MAILBOX, [word for word in words if word]))
