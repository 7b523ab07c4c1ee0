"""What is kept about somebody, as facts in words: what a download of one's own data is made of."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.kernel.instants import in_words

NOTHING = "-"


@dataclass(frozen=True)
class Fact:
    """One thing that is kept: its key in the file for machines, its label and value in the one for people."""

    key: str
    label: str
    value: object

    @property
    def words(self) -> str:
        """The value as people read it."""
        match self.value:
            case None | "":
                return NOTHING
            case bool():
                return _("Yes") if self.value else _("No")
            case datetime():
                return in_words(self.value)
            case date():
                return date_format(self.value, "DATE_FORMAT")
            case list():
                return "\n".join(map(str, self.value)) or NOTHING
        return str(self.value)


@dataclass(frozen=True)
class Section:
    """Entries of one kind: each is a list of facts."""

    key: str
    title: str
    entries: list[list[Fact]] = field(default_factory=list)
