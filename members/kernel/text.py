"""Folding of names, for sorting and for comparing: the database has no ICU collation."""

import unicodedata


def fold(text: str) -> str:
    """The sort key of a name: without accents, case and double spaces, letters of other scripts kept."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())
