"""Names of uploaded files: one to store under, one to show and to download by.

The stored name owes nothing to the sender. The shown name is what is left of the sender's when everything that
could mislead a person, a browser or a file system has been taken out.
"""

import re
import unicodedata

from django.utils.http import content_disposition_header

from members.kernel.tokens import new_token

MAX_LENGTH = 120
"""Characters of a shown name, its extension included."""
JOINERS = "\u200c\u200d"
"""Invisible, and needed to write Persian and several languages of South Asia."""
FORBIDDEN = re.compile(r'[<>:"|?*;\\/%]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their extension."""


def extension(name: str) -> str:
    """The last extension of a name, in small letters and without its dot; empty if it has none."""
    _, dot, last = name.strip().rpartition(".")
    return last.lower() if dot else ""


def shown_name(name: str, ending: str) -> str:
    """A name safe to show and to save under: no path, no invisible or reversing signs, `ending` as its extension."""
    last = re.split(r"[\\/]", name)[-1]
    stem = last.rpartition(".")[0] or last
    normal = unicodedata.normalize("NFC", stem)
    plain = "".join(sign for sign in normal if sign in JOINERS or unicodedata.category(sign) not in HIDDEN)
    tidy = " ".join(FORBIDDEN.sub(" ", plain).split()).strip(". ")[: MAX_LENGTH - len(ending) - 1].strip()
    if not tidy.strip(JOINERS):
        tidy = "document"
    if RESERVED.fullmatch(tidy.split(".")[0]):
        tidy = f"_{tidy}"
    return f"{tidy}.{ending}"


HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories of what one does not see: controls, format signs (among them those that reverse the
direction of writing), line ends, and what has no meaning of its own."""


def stored_name(ending: str) -> str:
    """A fresh random name to store a file under; nobody can guess it, and it says nothing but the type."""
    return f"{new_token()}.{ending}"


def attachment(name: str) -> str:
    """The value of a Content-Disposition header that has a browser save a file, as RFC 6266 says.

    The name is made safe again, so that a name which came into the database by another way splits no header.
    """
    return content_disposition_header(as_attachment=True, filename=shown_name(name, extension(name) or "bin"))
