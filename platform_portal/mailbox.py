"""The mails of the demonstration, as Django's file backend leaves them in a folder."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
DATE = re.compile(rb"^Date: (.+)$", re.MULTILINE)
LINK = re.compile(r"https?://[^\s<>\"']+")
HEADERS_SHOWN_APART = {"subject", "to", "from", "date", "content-type", "mime-version", "content-transfer-encoding"}


@dataclass(frozen=True)
class Letter:
    """One mail, read."""

    subject: str
    sender: str
    recipients: str
    sent_at: datetime
    headers: list[tuple[str, str]]
    text: str
    links: list[str]


class Mailbox(Sequence):
    """All mails in a folder, newest first. Only those that are looked at are read in full."""

    def __init__(self, folder: Path):
        letters = []
        for file in sorted(folder.glob("*.log")):
            written = file.read_bytes().split(SEPARATOR)[:-1]
            letters += [(sent_at(raw), file.name, place, raw) for place, raw in enumerate(written)]
        self.letters = [raw for *_order, raw in sorted(letters, reverse=True)]

    def __len__(self):
        return len(self.letters)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return [read(raw) for raw in self.letters[place]]
        return read(self.letters[place])


def sent_at(raw: bytes) -> datetime:
    """When a mail was written, by its own header."""
    return parsedate_to_datetime(DATE.search(raw).group(1).decode())


def read(raw: bytes) -> Letter:
    """A mail as a reader sees it."""
    message: EmailMessage = message_from_bytes(raw, policy=default)
    body = message.get_body(preferencelist=("plain", "html"))
    text = body.get_content() if body else ""
    links = [link.rstrip(".,;:!?)]»”") for link in LINK.findall(text)]
    return Letter(
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        recipients=str(message["To"] or ""),
        sent_at=sent_at(raw),
        headers=[(name, str(value)) for name, value in message.items() if name.lower() not in HEADERS_SHOWN_APART],
        text=text.strip(),
        links=list(dict.fromkeys(links)),
    )


def forget(folder: Path, words: list[str]) -> int:
    """Delete the mails in a folder that hold one of these words in head or text; says how many."""
    count = 0
    for file in sorted(folder.glob("*.log")):
        written = file.read_bytes().split(SEPARATOR)[:-1]
        kept = [raw for raw in written if not _holds(raw, words)]
        if len(kept) < len(written):
            file.write_bytes(b"".join(raw + SEPARATOR for raw in kept))
            count += len(written) - len(kept)
    return count


def _holds(raw: bytes, words: list[str]) -> bool:
    letter = read(raw)
    said = "\n".join([letter.subject, letter.recipients, letter.text, *(value for _name, value in letter.headers)])
    return any(word.lower() in said.lower() for word in words)
