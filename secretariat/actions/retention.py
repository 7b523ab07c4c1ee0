"""Every kind that is kept for a time, of this floor and the one below: looked at, and swept one by one."""

from members.actions import retention
from members.actions.retention import SWEEPS, Sweep
from members.choices.retention import Kept
from members.kernel.refusals import Refused
from members.rules.retention import Outlook
from secretariat.choices import NoticeState
from secretariat.models import Notice
from secretariat.rules.delivery import ENDED

ALL: dict[Kept, Sweep] = SWEEPS | {
    Kept.NOTICE: Sweep(
        lambda: Notice.objects.filter(user__isnull=False),
        lambda rows, before: rows.filter(read_at__lt=before, state__in=[*ENDED, NoticeState.INBOX]),
        lambda rows: rows.delete(),
    ),
    Kept.STRANGER: Sweep(
        Notice.objects.to_strangers,
        lambda rows, before: rows.filter(written_at__lt=before, state__in=ENDED),
        lambda rows: rows.delete(),
    ),
}


def outlooks() -> list[Outlook]:
    """What there is of each kind, and how much of it is old."""
    return [retention.outlook(kind, ALL[kind]) for kind in Kept]


def held_up() -> list[Outlook]:
    """The kinds of which more is old than is deleted unasked: somebody must look."""
    return [found for found in outlooks() if found.is_too_much]


def carry_out(*, by=None, asked_for=frozenset()) -> tuple[list[Outlook], list[Refused]]:
    """Sweep every kind, each in a transaction of its own; gives what was swept, and what was refused."""
    swept, refusals = [], []
    for kind in Kept:
        try:
            swept.append(retention.carry_out(kind, ALL[kind], by=by, is_asked_for=kind in asked_for))
        except Refused as refused:
            retention.note_refusal(kind, refused)
            refusals.append(refused)
    return swept, refusals
