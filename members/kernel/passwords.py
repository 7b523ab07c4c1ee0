"""A password is not made of what everybody here would think of first."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.kernel.text import fold

CONTEXT = (
    "prevention",
    "platform",
    "portal",
    "atrocity",
    "atrocities",
    "genocide",
    "never",
    "again",
    "secretariat",
    "steering",
    "committee",
    "taskforce",
    "task",
    "force",
    "transatlantic",
    "coffee",
    "group",
    "member",
    "membership",
    "rising",
    "leader",
    "leaders",
    "institution",
    "institutional",
    "individual",
    "password",
    "passphrase",
    "welcome",
)
LETTERS_OF_ONES_OWN = 6
SHORTEST_WORD = 4


class ContextWordsValidator:
    """Refuse a password that is made of the platform's own words or of the names of the user's organisations.

    What is left without them must have six letters or more.
    """

    def validate(self, password, user=None):
        letters = "".join(re.findall(r"[^\W\d_]", fold(password)))
        rest = letters
        for word in sorted({*CONTEXT, *self.words_around(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != letters and len(rest) < LETTERS_OF_ONES_OWN:
            raise ValidationError(
                _("This password is made of words that anybody here would try first."), code="password_of_context_words"
            )

    def get_help_text(self):
        return _("Your password should not be made of the platform's words or of your organisation's name.")

    @staticmethod
    def words_around(user) -> set[str]:
        """The words in the names of the organisations that the user works in or speaks for, now or before."""
        person = getattr(user, "person", None)
        if person is None:
            return set()
        terms = (terms.select_related("organisation") for terms in (person.affiliations, person.representations))
        terms = [term for some in terms for term in some]
        names = " ".join(f"{term.organisation.name} {term.organisation.acronym}" for term in terms)
        return {word for word in re.findall(r"[^\W\d_]+", fold(names)) if len(word) >= SHORTEST_WORD}
