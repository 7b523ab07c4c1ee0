"""Signing in without typing: a session as a password and a second factor leave it."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

RECORDS_OF = "account_authentication_methods_user"
A_WHILE_AGO_SECONDS = 600


def sign_in(client, user, *, factor=True, fresh=True, confirmed=False):
    """Sign the user in, with an authenticator app enrolled and proven in this session; gives the client back.

    `factor=False` leaves it at the password: who needs a second factor is then confined to getting one.
    `fresh=False` lets the factor be proven ten minutes ago: what needs a fresh one asks again.
    `confirmed=True` proves it a second time since, as allauth asks before a way of signing in is changed.
    """
    client.force_login(user)
    now = time.time()
    records = [{"method": "password", "at": now, "email": user.email}]
    if factor:
        app = authenticator_of(user)
        at = now if fresh else now - A_WHILE_AGO_SECONDS
        again = {"reauthenticated": True} if confirmed else {}
        records.append({"method": "mfa", "at": at, "id": app.pk, "type": app.type} | again)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[RECORDS_OF] = str(user.pk)
    session.save()
    return client


def authenticator_of(user) -> Authenticator:
    """The user's authenticator app, enrolled now if there is none."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return app or TOTP.activate(user, generate_totp_secret()).instance
