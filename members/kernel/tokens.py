"""Secrets that travel in e-mail links: kept only as digests."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A fresh secret of 256 bits, safe in a URL. It is shown once and never stored."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal. A random token needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived_tokens(purpose: str, name: str) -> Iterator[str]:
    """The secrets of 256 bits that belong to a name, one for each server key in use, newest first.

    They can be made again when a mail is built, so that neither the database nor a queue need hold them. `name` must be
    random itself (a UUID of version 4), so that a row that takes the place of a deleted one has another secret.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        mac = salted_hmac(f"members.kernel.tokens.{purpose}", name, secret=key, algorithm="sha256")
        yield urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()


def token_behind(stored: str, *, purpose: str, name: str) -> str | None:
    """The derived secret of which a digest is stored; None where it was made with a server key no longer in use."""
    return next((token for token in derived_tokens(purpose, name) if digest(token) == stored), None)
