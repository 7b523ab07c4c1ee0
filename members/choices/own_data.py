"""The words of one's own data: downloads, corrections, erasures, and what is kept by consent."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DownloadState(TextChoices):
    """Where a download of one's own data stands."""

    ASKED = "asked", _("Being put together")
    READY = "ready", _("Ready")
    FETCHED = "fetched", _("Fetched")
    EXPIRED = "expired", _("Deleted unfetched")
    FAILED = "failed", _("Could not be put together")


UNDER_WAY = frozenset({DownloadState.ASKED, DownloadState.READY})


class CorrectionState(TextChoices):
    """Where a request for a correction stands."""

    ASKED = "asked", _("Waits for an answer")
    DONE = "done", _("Corrected")
    REFUSED = "refused", _("Not corrected")


class ErasureState(TextChoices):
    """Where a request for an erasure stands."""

    WAITING = "waiting", _("The waiting time runs")
    TAKEN_BACK = "taken_back", _("Taken back")
    DONE = "done", _("Carried out")


TONES = {
    DownloadState.ASKED: "now",
    DownloadState.READY: "good",
    DownloadState.FETCHED: "plain",
    DownloadState.EXPIRED: "plain",
    DownloadState.FAILED: "bad",
    CorrectionState.ASKED: "now",
    CorrectionState.DONE: "good",
    CorrectionState.REFUSED: "bad",
    ErasureState.WAITING: "wait",
    ErasureState.TAKEN_BACK: "plain",
    ErasureState.DONE: "good",
}
"""The tone of the pill that says a state."""


class Duty(TextChoices):
    """What stands in the way of an erasure, and what must end first."""

    STAFF = "staff", _("You serve in the Secretariat. Your term must end first.")
    CHAIR = "chair", _("You chair the steering committee. Your term must end first.")
    SEAT = "seat", _("You fill a seat that is on the roll of an open ballot. The ballot must close first.")
    APPLICATION = "application", _("An application of yours is before the committee. It must be decided first.")


# --- Consent ------------------------------------------------------------------------------------------------------


class Purpose(TextChoices):
    """What somebody consents to: the fields that the field table keeps by consent. The value is the field's name."""

    HEADLINE = "headline", _("Your line about yourself")
    BIOGRAPHY = "biography", _("Your biography")
    WEBSITE = "website", _("Your website")
    PHOTO = "photo", _("Your photo")
    POSITIONS = "positions", _("Your positions")
    PUBLICATIONS = "publications", _("Your publications")
    AVAILABILITY = "availability", _("Your availability for referrals")
    CONTACT = "contact", _("How you wish to be contacted")
    SEPARATIONS = "separations", _("Whom you are kept apart from")
    LISTED = "listed", _("Being listed in the directory")


@dataclass(frozen=True)
class Wording:
    """What is consented to, in words, and what follows from taking it back. A new text is a new version."""

    version: int
    text: str
    withdrawn: str


WORDINGS: dict[Purpose, Wording] = {
    Purpose.HEADLINE: Wording(
        1,
        _("You wrote a line about what you do, for members to read beside your name."),
        _("The line is deleted from your profile at once. Nobody reads it any more, and nobody finds you by it."),
    ),
    Purpose.BIOGRAPHY: Wording(
        1,
        _("You wrote a biography, for members to read on your page."),
        _("The biography is deleted from your profile at once. Nobody reads it any more, and nobody finds you by it."),
    ),
    Purpose.WEBSITE: Wording(
        1,
        _("You gave the address of a website, for members to follow."),
        _("The address is deleted from your profile at once."),
    ),
    Purpose.PHOTO: Wording(
        1,
        _("You put up a photo of yourself, for members to see."),
        _("The photo is deleted at once, its file too."),
    ),
    Purpose.POSITIONS: Wording(
        1,
        _("You named posts that you hold or held, for members to read on your page."),
        _("All of them are deleted from your profile at once. What the Secretariat recorded stays."),
    ),
    Purpose.PUBLICATIONS: Wording(
        1,
        _("You named your publications, for members to read on your page."),
        _("All of them are deleted from your profile at once."),
    ),
    Purpose.AVAILABILITY: Wording(
        1,
        _("You said whether you take referrals, for members to see."),
        _("What you said is deleted at once. Inquiries may then be offered to you as to anybody."),
    ),
    Purpose.CONTACT: Wording(
        1,
        _("You said how you wish to be contacted, for members to read."),
        _("What you said is deleted at once."),
    ),
    Purpose.SEPARATIONS: Wording(
        1,
        _("You told the Secretariat whom not to connect you with."),
        _("All of it is deleted at once. The Secretariat no longer knows of it."),
    ),
    Purpose.LISTED: Wording(
        1,
        _("You let members find you in the directory while you are a member."),
        _(
            "From now on members do not find you in the directory or open your page. The Secretariat still does, and "
            "your profile stays as it is."
        ),
    ),
}
"""The text in use for each purpose."""
