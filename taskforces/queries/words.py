"""The words of a text, stored to be found by, and what they are asked with: folded as those of the directory are."""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from members.kernel.text import beginnings_of, words_of

MOST = 20_000
"""Different words of one text that are stored."""


def vector_of(*texts: str) -> Cast:
    """The words of some texts, to be written into a column of vectors. Of a long one, its beginning."""
    lexemes = dict.fromkeys(word for text in texts for word in beginnings_of(text))
    quoted = (f"'{word}'" for word in list(lexemes)[:MOST])
    return Cast(Value(" ".join(quoted)), SearchVectorField())


def asked_by(words: str) -> SearchQuery | None:
    """What finds rows that hold a word for each one asked, beginning as it does; None where no word was asked."""
    found = words_of(words)
    if not found:
        return None
    return SearchQuery(" & ".join(f"'{word}':*" for word in found), search_type="raw", config="simple")
