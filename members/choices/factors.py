"""The words of lost second factors: where a request stands, how an identity was established, what stopped it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FactorState(TextChoices):
    """Where a request to restore a second factor stands."""

    ASKED = "asked", _("Waits for an officer")
    CHECKED = "checked", _("Waits for a second officer")
    WAITING = "waiting", _("The waiting time runs")
    RESTORED = "restored", _("Carried out")
    STOPPED = "stopped", _("Stopped")
    LAPSED = "lapsed", _("Lapsed")


UNCONFIRMED = frozenset({FactorState.ASKED, FactorState.CHECKED})
OPEN = UNCONFIRMED | {FactorState.WAITING}

TONES = {
    FactorState.ASKED: "now",
    FactorState.CHECKED: "now",
    FactorState.WAITING: "wait",
    FactorState.RESTORED: "good",
    FactorState.STOPPED: "bad",
    FactorState.LAPSED: "plain",
}
"""The tone of the pill that says a state."""


class Identity(TextChoices):
    """How an officer established who asks."""

    VIDEO = "video", _("By video call: the officer knows the face")
    PERSON = "person", _("In person: the officer knows them")
    COLLEAGUE = "colleague", _("By a call to their organisation on a number known before")
    DOCUMENT = "document", _("By an official document shown in person or by video")


class StoppedBy(TextChoices):
    """What stopped a request."""

    LINK = "link", _("By the link in the mail")
    OFFICER = "officer", _("By an officer")
    FACTOR = "factor", _("By signing in with the second factor")
    CLOSED = "closed", _("The account is out of use")
