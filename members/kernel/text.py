"""Folding of names, for sorting and for comparing, and of words, for searching: the database has no ICU collation."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The sort key of a name: without accents, case and double spaces, letters of other scripts kept."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())


# --- Words to search by -------------------------------------------------------------------------------------------

LATIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŋ": "n"}
"""Latin letters that are no base letter with a mark."""
ARABIC = {"\u0649": "ي", "\u06cc": "ي", "\u06d2": "ي", "\u06a9": "ك", "\u0629": "\u0647", "\u06c0": "\u0647"}
"""Letters that are written for one another: alef maqsura, Persian yeh and kaf, teh marbuta."""
ARABIC |= {"\u06c1": "\u0647", "\u0671": "\u0627", "\u0621": "", "\u0640": ""}
"""Heh goal, alef wasla; a hamza that stands alone, and the line that only stretches a word."""
MODIFIERS = {"\u02bc": "", "\u02bb": ""}
LETTERS = str.maketrans(LATIN | ARABIC | MODIFIERS)
WORD = re.compile(r"[^\W_]+")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that leave no spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""
ARTICLE = "\u0627\u0644"
LONGEST_WORD = 60


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched by: without accents, marks and case, each script in one spelling."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text).translate(LETTERS))]


def beginnings_of(text: str) -> list[str]:
    """The words of a text, and what else of each a reader may begin with.

    An Arabic word is found without its article, and one of a script without spaces from each of its letters on.
    """
    found = []
    for word in words_of(text):
        found.append(word)
        if word.startswith(ARTICLE) and len(word) > len(ARTICLE) + 1:
            found.append(word.removeprefix(ARTICLE))
        elif UNSPACED.search(word):
            found += [word[start:] for start in range(1, len(word))]
    return found
