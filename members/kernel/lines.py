"""Text of one line, such as a name: without line ends and signs that nobody sees, in every form and column alike.

Whoever could write a line end into a name could write paragraphs of their own into the portal's mails.
"""

import unicodedata

from django import forms
from django.db import models

JOINERS_AND_MARKS = "\u200c\u200d\u200e\u200f\u061c"
"""Invisible signs that the writing of Persian, Hindi or Arabic needs, and that reach no farther than their place."""


def is_hidden(sign: str) -> bool:
    """Whether nobody sees a sign and it is neither a blank nor needed in writing: controls, turns of direction."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and not sign.isspace() and sign not in JOINERS_AND_MARKS


def one_line(text: str) -> str:
    """Text as one line: every run of blanks and line ends is one blank, and what nobody sees is gone."""
    return " ".join("".join(sign for sign in text if not is_hidden(sign)).split())


def is_one_line(text: str) -> bool:
    """Whether text breaks no line and hides no sign."""
    return len(text.splitlines()) <= 1 and not any(is_hidden(sign) for sign in text)


class LineField(forms.CharField):
    """A field of a form that takes one line."""

    def to_python(self, value):
        return one_line(super().to_python(value))


class LineColumn(models.CharField):
    """A column that holds one line, whoever writes it. To migrations it is the `CharField` that it is in the table."""

    def deconstruct(self):
        name, _path, args, keywords = super().deconstruct()
        return name, "django.db.models.CharField", args, keywords

    def formfield(self, **options):
        return super().formfield(**{"form_class": LineField} | options)

    def pre_save(self, model_instance, add):
        line = one_line(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, line)
        return line
