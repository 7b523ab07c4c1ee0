"""Everything that is stored, as whoever steals it would read it: every row of every table, every file, the broker."""

import base64
import zlib
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import connection
from redis import Redis


def tables() -> str:
    """Every row of every table, as text; sessions as what is in them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
        texts = []
        for name in names:
            cursor.execute(
                f'SELECT to_jsonb(entry)::text FROM "{name}" AS entry'
            )  # a name out of PostgreSQL's own list
            texts += [f"{name}: {row}" for (row,) in cursor.fetchall()]
        cursor.execute("SELECT session_data FROM django_session")
        texts += [unpacked(data) for (data,) in cursor.fetchall()]
    return "\n".join(texts)


def unpacked(session: str) -> str:
    """What is in a session: it is signed, and not encrypted."""
    payload = session.rsplit(":", 2)[0]
    compressed = payload.startswith(".")
    data = signing.b64_decode(payload.removeprefix(".").encode())
    return (zlib.decompress(data) if compressed else data).decode()


def files(*folders: Path) -> bytes:
    """Every file under the folders: names and contents."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(str(path.name).encode() + b" " + path.read_bytes() for path in found)


def broker() -> bytes:
    """Everything in the broker: keys and values."""
    with Redis.from_url(settings.REDIS_URL) as store:
        return b"\n".join(key + b" " + (store.dump(key) or b"") for key in store.scan_iter())


def everything(*folders: Path) -> str:
    return "\n".join([tables(), files(*folders).decode(errors="replace"), broker().decode(errors="replace")])


def holds(text: str, value: str) -> bool:
    """Whether a value stands in what is stored, plainly, in capitals or small, or in base64."""
    return value.casefold() in text.casefold() or base64.b64encode(value.encode()).decode().rstrip("=") in text
