"""Who may write to whom through the portal, and how much in a day. All is pure."""

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused

MOST_BEGUN_A_DAY = 10
MOST_SENT_A_DAY = 60
"""In a day (UTC) and by one person: far more than two people write to each other, far less than who writes to all."""


def is_offered(*, is_oneself: bool, writer_protected: bool, reader_protected: bool, takes_messages: bool) -> bool:
    """Whether one may write to another here at all: where one of the two is protected, and the reader takes it.

    Two who are not protected find how to reach each other in their profiles. `takes_messages` is asked of protected
    readers alone.
    """
    if is_oneself:
        return False
    return takes_messages if reader_protected else writer_protected


def ensure_may_begin(*, begun_today: int, ended_by_reader: bool) -> None:
    """Raises Refused, code `not-taken` or `too-many`."""
    if ended_by_reader:
        raise Refused(_("This member takes no messages from you."), code="not-taken", field="text")
    if begun_today >= MOST_BEGUN_A_DAY:
        raise Refused(
            _("You have begun to write to {number} members today. Go on tomorrow."),
            code="too-many",
            field="text",
            number=MOST_BEGUN_A_DAY,
        )


def ensure_may_send(*, ended: bool, belongs: bool, reader_in_use: bool, sent_today: int) -> None:
    """Raises Refused, code `over`, `no-member`, `gone` or `too-many`. `belongs` says so of the writer."""
    if ended:
        raise Refused(_("This correspondence has ended. Nothing more is sent in it."), code="over", field="text")
    if not belongs:
        raise Refused(_("Only members write to members here."), code="no-member", field="text")
    if not reader_in_use:
        raise Refused(_("Nobody reads this any more."), code="gone", field="text")
    if sent_today >= MOST_SENT_A_DAY:
        raise Refused(
            _("You have sent {number} messages today. Go on tomorrow."),
            code="too-many",
            field="text",
            number=MOST_SENT_A_DAY,
        )


def ensure_open(*, ended: bool) -> None:
    """Raises Refused, code `over`."""
    if ended:
        raise Refused(_("This correspondence has ended already."), code="over")
