"""Folding of names, for sorting and for comparing, and of words, for searching: the database has no ICU collation."""

import re
import unicodedata


def fold(text: str) -> str:
    """The sort key of a name: without accents, case and double spaces, letters of other scripts kept."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())


# --- Words to search by -------------------------------------------------------------------------------------------

LETTERS = str.maketrans(
    {
        # Latin letters that are no base letter with a mark
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
        "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ʼ": "", "ʻ": "",
        # Arabic: letters that are written for one another, and the line that only stretches a word
        "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ٱ": "ا", "ء": "", "ـ": "",
    }
)  # fmt: skip
WORD = re.compile(r"[^\W_]+")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that leave no spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""
ARTICLE = "ال"
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
