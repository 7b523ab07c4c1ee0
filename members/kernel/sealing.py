"""Sealing: text that is opened by a key of its own, which itself is opened by a key that the database does not hold.

Each sealed person has a data key of 256 bits. It is kept wrapped by the key service of the installation, and only
wrapped; what it seals is AES-256-GCM with a fresh nonce and bound to whose it is, so that neither a stolen database nor
a row moved to another place tells anything.
"""

import hmac
import json
import secrets
import shlex
import subprocess
from base64 import b64decode, b64encode
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string

KEY_BYTES = 32
NONCE_BYTES = 12
COMMAND_PATIENCE_SECONDS = 10


class CannotOpenError(Exception):
    """A seal that this installation's keys do not open: another key, another row, or a changed text."""


class KeyService(Protocol):
    """What keeps the outer keys. `context` says what a key belongs to; with another context it is not opened."""

    def wrap(self, key: bytes, context: str) -> str: ...

    def unwrap(self, wrapped: str, context: str) -> bytes: ...

    def blinded(self, text: str) -> list[str]:
        """Keyed digests of 64 hexadecimal digits, one for each key in use, the newest first: nothing without a key."""


class KeyRing:
    """Keys that the portal itself holds, from a file or the environment: the newest wraps, all in use open."""

    def __init__(self, keys: tuple[bytes, ...]):
        self.keys = keys

    def wrap(self, key: bytes, context: str) -> str:
        return _encrypt(self.keys[0], key, context)

    def unwrap(self, wrapped: str, context: str) -> bytes:
        for key in self.keys:
            try:
                return _decrypt(key, wrapped, context)
            except CannotOpenError:
                continue
        raise CannotOpenError

    def blinded(self, text: str) -> list[str]:
        return [hmac.new(key, f"blind:{text}".encode(), sha256).hexdigest() for key in self.keys]


class KeyCommand:
    """A key service behind a program of the installation, such as the client of a hardware module.

    It is called as `program wrap|unwrap|blind context`, with the bytes in base64 on its input, and answers one line:
    for `wrap` what is to be kept, for `unwrap` the key in base64, for `blind` digests in hexadecimal, newest key first.
    """

    def __init__(self, command: str):
        self.command = shlex.split(command)

    def _asked(self, *arguments: str, given: bytes) -> str:
        answer = subprocess.run(
            [*self.command, *arguments],
            input=b64encode(given),
            capture_output=True,
            timeout=COMMAND_PATIENCE_SECONDS,
            check=False,
        )
        if answer.returncode:
            raise CannotOpenError(f"the key service refused to {arguments[0]}")
        return answer.stdout.decode().strip()

    def wrap(self, key: bytes, context: str) -> str:
        return self._asked("wrap", context, given=key)

    def unwrap(self, wrapped: str, context: str) -> bytes:
        return b64decode(self._asked("unwrap", context, given=wrapped.encode()))

    def blinded(self, text: str) -> list[str]:
        return self._asked("blind", "", given=text.encode()).split()


class Keys:
    """The key service of this installation, made at first need from `SEALING_KEY_SERVICE`."""

    @cached_property
    def service(self) -> KeyService:
        path, argument = settings.SEALING_KEY_SERVICE
        return import_string(path)(argument)


keys = Keys()


def new_key(context: str) -> tuple[bytes, str]:
    """A fresh data key, and the same as it is kept: wrapped."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, wrap(key, context)


def wrap(key: bytes, context: str) -> str:
    """A data key as it is kept, by the newest outer key."""
    return keys.service.wrap(key, context)


def key_of(wrapped: str, context: str) -> bytes:
    """A data key. Raises CannotOpenError."""
    return keys.service.unwrap(wrapped, context)


def seal(key: bytes, value: Any, context: str) -> str:
    """A value that JSON can hold, sealed."""
    return _encrypt(key, json.dumps(value, ensure_ascii=False).encode(), context)


def unseal(key: bytes, sealed: str, context: str) -> Any:
    """What was sealed. Raises CannotOpenError."""
    return json.loads(_decrypt(key, sealed, context))


def seal_bytes(key: bytes, content: bytes, context: str) -> bytes:
    """The contents of a file, sealed."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, context.encode())


def open_bytes(key: bytes, sealed: bytes, context: str) -> bytes:
    """What the file held. Raises CannotOpenError."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (ValueError, InvalidTag) as wrong:
        raise CannotOpenError from wrong


def plain(value: Any) -> Any:
    """A value as it will be when it was sealed and opened: dates as text."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def blinded(text: str) -> list[str]:
    """Keyed digests by which a sealed value is found again by whoever knows it: the first is the one to write down."""
    return keys.service.blinded(text)


# --- Addresses ----------------------------------------------------------------------------------------------------

SEALED_DOMAIN = "sealed.invalid"
"""What stands behind the @ of an address on record that is sealed. No mail is ever sent to it."""


def address_on_record(email: str) -> str:
    """What stands in the place of a sealed address: it is found by whoever knows the address, and tells nothing."""
    return _blind_address(blinded(email.strip().lower())[0])


def addresses_on_record(email: str) -> list[str]:
    """All that an address may stand on record as."""
    known = email.strip().lower()
    return [known, *(_blind_address(digest) for digest in blinded(known))]


def is_sealed_address(email: str) -> bool:
    """Whether an address on record stands for one that is sealed."""
    return email.endswith(f"@{SEALED_DOMAIN}")


def _blind_address(digest: str) -> str:
    return f"{digest[:48]}@{SEALED_DOMAIN}"


def _encrypt(key: bytes, content: bytes, context: str) -> str:
    return b64encode(seal_bytes(key, content, context)).decode()


def _decrypt(key: bytes, sealed: str, context: str) -> bytes:
    try:
        return open_bytes(key, b64decode(sealed, validate=True), context)
    except ValueError as wrong:
        raise CannotOpenError from wrong
