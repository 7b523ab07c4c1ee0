"""What may be published, by whom, under whose names, and how it is cited. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import DocumentStatus, OutputState


def ensure_may_propose(*, status: str, is_proposed: bool) -> None:
    """An output comes out of a final document, each version once. Raises Refused, code `not-final` or `proposed`."""
    if status != DocumentStatus.FINAL:
        raise Refused(_("Only a final document can be put out."), code="not-final")
    if is_proposed:
        raise Refused(_("This version has been proposed already."), code="proposed")


def ensure_state(state: str, wanted: OutputState) -> None:
    """Raises Refused, code `not-now`."""
    if state != wanted:
        raise Refused(_("This cannot be done any more: somebody has acted meanwhile."), code="not-now")


def ensure_reason(reason: str) -> None:
    """Raises Refused, code `no-reason`."""
    if not reason.strip():
        raise Refused(_("Say why."), code="no-reason", field="reason")


def ensure_may_be_named(*, is_protected: bool, name: str) -> None:
    """A protected member's name stands nowhere. Raises Refused, code `protected` or `no-name`."""
    if is_protected:
        raise Refused(_("Under protection your name stands on nothing that is published."), code="protected")
    if not name.strip():
        raise Refused(_("Write your name as it is to be printed."), code="no-name", field="name")


@dataclass(frozen=True)
class Cited:
    """What a citation is made of. `authors` are those who are named; where nobody is, the group stands for them."""

    title: str
    authors: Sequence[str]
    group: str
    platform: str
    year: int
    kind: str
    url: str
    key: str


def citation(cited: Cited) -> str:
    """One line to cite an output by."""
    who = "; ".join(cited.authors) or cited.group
    source = cited.platform if who == cited.group else f"{cited.group}, {cited.platform}"
    return f"{who} ({cited.year}). {cited.title}. {cited.kind}. {source}. {cited.url}"


SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
SPECIAL |= {sign: f"\\{sign}" for sign in "{}&%$#_"}


def bibtex(cited: Cited) -> str:
    """An entry for BibTeX, of the type `techreport`, which has an institution. Each author stands in braces, whole."""
    # What closes a brace early, or begins a command, is written so that it means nothing.
    authors = " and ".join(f"{{{_plain(name)}}}" for name in cited.authors or [cited.group])
    rows = {
        "author": authors,
        "title": f"{{{_plain(cited.title)}}}",
        "institution": _plain(f"{cited.group}, {cited.platform}"),
        "type": _plain(cited.kind),
        "year": str(cited.year),
        "url": cited.url,
    }
    key = re.sub(r"[^A-Za-z0-9:-]", "-", cited.key)
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in rows.items())
    return f"@techreport{{{key},\n{body}\n}}\n"


def _plain(text: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in " ".join(text.split()))
