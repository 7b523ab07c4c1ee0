"""What the committee decides on: the one place by which a kind of subject comes before the ballots.

The engine of ballots knows nothing of applications or charters. An app whose rows are decided on brings, once, when
Django is ready, a `Matter` for them (`bring`), and lets them change by the signals `ballot_opened`, `ballot_decided`,
`ballot_held` and `ballot_undecided`, whose receivers look at the kind first (`is_about`): the key of a subject says
nothing without it.

A row that is decided on has a `number`, a public identifier that never changes. What goes before the committee is a
version of it that never changes either: `newest` says which.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from members.rules.conflicts import Party


@dataclass(frozen=True, kw_only=True)
class Words:
    """What pages of ballots say of one kind of subject, in whole sentences.

    `yes` and `no` say what those positions mean; `conflict` is what counts as a conflict of interest; `opening` what
    opening freezes; `withdrawal` what becomes of the subject when its ballot is withdrawn; `again` on what it can be
    put once more; `discussion` who reads the discussion; `reason` who reads the reason of a position, by visibility;
    `live` and `changed` are refusals.
    """

    yes: Promise
    no: Promise
    conflict: Promise
    opening: Promise
    withdrawal: Promise
    again: Promise
    discussion: Promise
    reason: dict[str, Promise]
    live: Promise
    changed: Promise


class Matter(ABC):
    """One kind of subject: what is frozen of it, what it is called, whom it concerns, and what is shown of it."""

    model: type[Model]
    words: Words
    dossier_template: str
    has_applicant = False
    """Whether somebody applied, whom a concern that held a ballot can be put to."""

    # --- What is put, and how it is decided

    @abstractmethod
    def locked(self, key: int) -> Model:
        """The subject, locked until the end of the act."""

    @abstractmethod
    def newest(self, subject) -> tuple[int, str]:
        """Number and digest of the version that would be put now."""

    @abstractmethod
    def rule_key(self, subject) -> str:
        """The key of the decision rule that it is decided under now."""

    @abstractmethod
    def question(self, subject) -> str:
        """What is asked, in English, with the place `{subject}` that is filled for each reader."""

    @abstractmethod
    def consequences(self, ballot, subject) -> list[str]:
        """What happens if it passes, in sentences in the active language; `ballot` is None before there is one."""

    @abstractmethod
    def ensure_may_be_put(self, subject) -> None:
        """Raises Refused where no ballot may be prepared on it now."""

    @abstractmethod
    def ensure_still_held(self, subject) -> None:
        """Raises Refused where a ballot that closed with a hold cannot be put again any more."""

    @abstractmethod
    def held(self) -> QuerySet:
        """The subjects of which a ballot that closed with a hold can still be put again."""

    def is_sealed(self, subject) -> bool:
        """Whether the decision stands in the sealed series, outside the public register."""
        return False

    # --- Who is concerned, and who may know

    @abstractmethod
    def titles(self, viewer, keys: Collection[int], *, on: date) -> dict[int, str]:
        """What each subject is called before a viewer, by key, in a fixed number of statements."""

    def party(self, key: int, *, on: date) -> Party:
        """Whom the subject of a key concerns, so that seats stand aside. By default nobody."""
        return Party()

    def about(self, user) -> QuerySet | None:
        """The subjects that are about a user, who is then kept out of what is confidential; None for none ever."""
        return None

    def actor(self, subject, user_id: int) -> str:
        """In what role a user acted on a ballot about it for no seat; empty for the Secretariat."""
        return ""

    # --- What is shown

    @abstractmethod
    def dossier(self, ballot, *, viewer, on: date) -> dict:
        """What `dossier_template` shows to a viewer who may read the ballot's confidential part."""

    @abstractmethod
    def papers(self, ballot) -> list[tuple[str, str]]:
        """The parts of the dossier: label, and where it stands on the page (empty for the top)."""

    @abstractmethod
    def desk(self, subject) -> tuple[str, str]:
        """Label and address of the page on which the Secretariat deals with it."""


MATTERS: dict[type[Model], Matter] = {}


def bring(matter: Matter) -> None:
    """Add a kind of subject. Called once for each, before the first request."""
    if matter.model in MATTERS:
        raise ValueError(f"{matter.model._meta.label} is brought to the ballots twice.")
    MATTERS[matter.model] = matter


def matter_of(ballot) -> Matter:
    """The kind of subject that a ballot is about."""
    return MATTERS[ballot.subject_type.model_class()]


def matter_for(subject: Model) -> Matter:
    """The kind that a subject is of."""
    return MATTERS[type(subject)]


def is_about(ballot, model: type[Model]) -> bool:
    """Whether a ballot is about a row of a table. Its `subject_id` is a key of that table then, and only then."""
    return ballot.subject_type.model_class() is model


def of_kind(model: type[Model]) -> Q:
    """The ballots about rows of a table."""
    return Q(subject_type__app_label=model._meta.app_label, subject_type__model=model._meta.model_name)
