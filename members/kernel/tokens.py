"""Secrets that travel in e-mail links: random, kept only as digests."""

import hashlib
import secrets


def new_token() -> str:
    """A fresh secret of 256 bits, safe in a URL. It is shown once and never stored."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal. A random token needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
