"""The one way in which the portal says no to an act."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 - an answer of the rules, not an error of the program
    """An act that the platform's rules do not allow; the reader is told why and nothing has changed.

    `message` is a sentence for people, usually lazy, with the named places of `facts` in it
    (``Refused(_("Apply through {organisation}."), code="affiliated", organisation=name)``).
    `code` is stable and is what tests and callers look at. `field` names the form field beside which the
    sentence belongs, where there is one.
    """

    def __init__(self, message, *, code, field=None, **facts):
        super().__init__(code)
        self.template, self.code, self.field, self.facts = message, code, field, facts

    @property
    def message(self):
        """The sentence in the language that is active now."""
        return str(self.template).format(**self.facts) if self.facts else str(self.template)

    def __str__(self):
        return self.message


def ensure_unchanged(*, saved: int, revision: int) -> None:
    """Both are revisions of a row: as it is, and as the form was filled from. Raises Refused, code `stale`."""
    if saved != revision:
        raise Refused(
            _("This page was changed by somebody else meanwhile. Your text is kept below; look at both."), code="stale"
        )
