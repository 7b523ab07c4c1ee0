"""The one way by which a file of somebody's comes into the portal.

`inspect` reads at most ten megabytes, makes sure that name, declared type, first bytes and contents agree, has the
file washed in a process of its own (see `members.kernel.washing`) and hands back a `Clean`. Actions take a `Clean`
and nothing else, so that no file is stored which has not come this way.
"""

import hashlib
import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from members.kernel import filenames
from members.kernel.refusals import Refused

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LIMIT = 10 * MEGABYTE
"""Bytes of the largest file taken in."""
PIECE = 64 * 1024
WASHING_SECONDS = 40
"""How long a file may take to be washed, by the clock on the wall."""
PLACES = threading.BoundedSemaphore(2)
"""Files washed at once by one server process: each may need some hundred megabytes for a moment."""
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken in: its media type, its extensions (the first is the one given) and marks."""

    media_type: str
    extensions: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    def begins(self, content: bytes) -> bool:
        """Whether the first bytes are those of this kind. A PDF must begin as one, not somewhere further on."""
        match self.media_type:
            case "application/pdf":
                return content.startswith(b"%PDF-")
            case "image/png":
                return content.startswith(b"\x89PNG\r\n\x1a\n")
            case "image/jpeg":
                return content.startswith(b"\xff\xd8\xff")
            case "image/webp":
                return content.startswith(b"RIFF") and content[8:12] == b"WEBP"
        return False


KINDS = (
    Kind("application/pdf", ("pdf",), ("application/x-pdf",)),
    Kind("image/png", ("png",), ("image/x-png", "image/apng")),
    Kind("image/jpeg", ("jpg", "jpeg"), ("image/jpg", "image/pjpeg")),
    Kind("image/webp", ("webp",)),
)
UNDECLARED = {"", "application/octet-stream"}
"""What old telephones declare of any file: it claims nothing, so it contradicts nothing."""
ACCEPT = ",".join(f".{ending}" for kind in KINDS for ending in kind.extensions)
"""The value of a file field's `accept`."""
PICTURE_ENDINGS = tuple(ending for kind in KINDS if kind.media_type.startswith("image/") for ending in kind.extensions)
ACCEPT_PICTURES = ",".join(f".{ending}" for ending in PICTURE_ENDINGS)
PORTRAIT = "image/webp"
"""The media type of every portrait, whatever was sent."""

REASONS = MappingProxyType(
    {
        "not-received": _("The file did not arrive whole. Please send it again."),
        "empty": _("This file is empty. Choose the file again."),
        "too-large": _(
            "This file is larger than {megabytes} MB. Make it smaller, for example by scanning at a lower resolution, "
            "or split it into parts."
        ),
        "wrong-type": _(
            "Only PDF, PNG, JPEG and WebP files can be sent. Save a text document as PDF, a photograph as JPEG, "
            "and send that."
        ),
        "type-mismatch": _(
            "The name of this file says {claimed}, but its contents do not. Open it in the program it was made with, "
            "and save it as PDF, PNG, JPEG or WebP."
        ),
        "unreadable": _("This file is damaged or incomplete and cannot be read. Save it anew and try again."),
        "encrypted": _("This PDF is locked with a password or with restrictions. Save it without them and try again."),
        "dynamic-form": _(
            "This PDF is a form that only one program can show. Print it to a new PDF from that program, and send that."
        ),
        "too-many-pages": _("This PDF has {pages} pages; at most {limit} can be sent. Send the pages that matter."),
        "too-complex": _("This file unpacks to more than the portal can handle. Print it to a new PDF and send that."),
        "animated": _("Moving pictures cannot be sent. Send a single picture."),
        "too-many-pixels": _(
            "This picture has {width} by {height} pixels, which is too large. Reduce it to at most {side} pixels "
            "a side and {millions} million pixels in all."
        ),
        "no-picture": _("Only PNG, JPEG and WebP pictures can be sent here. Save a photograph as JPEG, and send that."),
        "infected": _("The virus scanner found something in this file, so it was not taken in."),
        "unscanned": _("Files cannot be checked for viruses just now, so this one was not taken in. Try again later."),
        "busy": _("Many files are being checked just now. Please try again in a minute."),
    }
)
"""One sentence for each code of refusal."""


@dataclass(frozen=True)
class Clean:
    """A file that may be stored and served. `content` is what was made of what was sent, never that itself."""

    content: bytes = field(repr=False)
    media_type: str
    display_name: str
    storage_name: str
    sha256: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(self.content)

    def as_file(self) -> ContentFile:
        """For a file field of a model: carries the random name."""
        return ContentFile(self.content, name=self.storage_name)


def refusal(code: str, **facts) -> Refused:
    """The refusal with the sentence that belongs to `code`."""
    return Refused(REASONS[code], code=code, **facts)


def inspect(name: str, declared_type: str, stream, *, limit: int = LIMIT) -> Clean:
    """Read a file from `stream` (anything with `read(size)`), check it and wash it.

    `name` and `declared_type` are what the sender says of it. Raises `Refused` with one of the codes of `REASONS`;
    nothing is stored, here or on refusal.
    """
    content = _read(stream, limit)
    kind = _kind_of(name, declared_type, content)
    _scan(content, name)
    washed, facts = _wash(content, kind)
    ending = kind.extensions[0]
    return Clean(
        content=washed,
        media_type=kind.media_type,
        display_name=filenames.shown_name(name, ending),
        storage_name=filenames.stored_name(ending),
        sha256=hashlib.sha256(washed).hexdigest(),
        **facts,
    )


def inspect_portrait(name: str, declared_type: str, stream, *, limit: int = LIMIT) -> Clean:
    """As `inspect`, of a picture that becomes a small square, always of the type `PORTRAIT`. Its name is forgotten.

    Raises `Refused`, code `no-picture`, for what is not named as one.
    """
    if filenames.extension(name) not in PICTURE_ENDINGS:
        raise refusal("no-picture")
    content = _read(stream, limit)
    kind = _kind_of(name, declared_type, content)
    _scan(content, name)
    washed, facts = _wash(content, kind, "wash_portrait")
    return Clean(
        content=washed,
        media_type=PORTRAIT,
        display_name="portrait.webp",
        storage_name=filenames.stored_name("webp"),
        sha256=hashlib.sha256(washed).hexdigest(),
        **facts,
    )


def _read(stream, limit: int) -> bytes:
    """All of the stream, but never more than one piece beyond the limit."""
    content = bytearray()
    try:
        while piece := stream.read(PIECE):
            content += piece
            if len(content) > limit:
                raise refusal("too-large", megabytes=limit // MEGABYTE)
    except OSError as error:
        logger.warning("an upload could not be read: %s", error)
        raise refusal("not-received") from error
    if not content:
        raise refusal("empty")
    return bytes(content)


def _kind_of(name: str, declared_type: str, content: bytes) -> Kind:
    """The kind on which name, declared type and first bytes agree."""
    ending = filenames.extension(name)
    kind = next((kind for kind in KINDS if ending in kind.extensions), None)
    if kind is None:
        raise refusal("wrong-type")
    declared = (declared_type or "").partition(";")[0].strip().lower()
    is_declared = declared in UNDECLARED or declared in (kind.media_type, *kind.aliases)
    if not is_declared or not kind.begins(content):
        raise refusal("type-mismatch", claimed=ending.upper())
    return kind


def _scan(content: bytes, name: str):
    """Hand the file to the virus scanner of this installation, if it has one (setting FILE_SCANNER).

    The setting names a callable: `scanner(content: bytes, name: str) -> str | None`, the name of what was found
    or None. Where it fails, the file is refused: what could not be checked does not come in.
    """
    path = getattr(settings, "FILE_SCANNER", None)
    if not path:
        return
    try:
        found = import_string(path)(content, name)
    except Exception as error:
        logger.exception("the virus scanner failed")
        raise refusal("unscanned") from error
    if found:
        logger.warning("an upload was refused: the scanner found %s", found)
        raise refusal("infected")


def _wash(content: bytes, kind: Kind, washing: str = "wash") -> tuple[bytes, dict]:
    """Have a file washed in a child process; the child sees neither our environment nor the database."""
    if not PLACES.acquire(timeout=WASHING_SECONDS):
        raise refusal("busy")
    try:
        child = subprocess.run(
            [sys.executable, "-s", "-m", "members.kernel.washing", kind.media_type, washing],
            input=content,
            capture_output=True,
            timeout=WASHING_SECONDS,
            cwd=PROJECT,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("too-complex") from error
    finally:
        PLACES.release()
    if child.returncode < 0:  # ended by a signal: out of processor time, or the parser crashed
        logger.warning("washing a %s ended by signal %d", kind.media_type, -child.returncode)
        raise refusal("too-complex")
    if child.returncode > 0:
        logger.error("washing a %s failed: %s", kind.media_type, child.stderr[-2000:].decode(errors="replace"))
        raise refusal("unreadable")
    line, _newline, washed = child.stdout.partition(b"\n")
    answer = json.loads(line)
    if code := answer.get("refused"):
        raise refusal(code, **_for_people(answer["facts"]))
    return washed, answer["facts"]


def _for_people(facts: dict) -> dict:
    """The facts of a refusal as its sentence needs them."""
    return {**facts, "millions": facts["pixels"] // 1_000_000} if "pixels" in facts else facts
