"""Meetings: when they may be, who may answer, and how minutes go from draft to approval. Pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import GroupState, MeetingState, MinutesAudience, MinutesState

LONGEST = timedelta(hours=24)


def instant_of(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which the clocks of a zone show a day and a time (`local`, without a zone).

    Where clocks are put forward, some times do not exist; where they are put back, some exist twice.
    Raises Refused, code `no-such-time` or `time-twice`, for the field `begins`.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise Refused(
            _("This time does not exist there on that day: the clocks are put forward. Choose another."),
            code="no-such-time",
            field="begins",
        )
    raise Refused(
        _("This time exists twice there on that day: the clocks are put back. Choose another, or another time zone."),
        code="time-twice",
        field="begins",
    )


def ensure_time(*, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises Refused, code `no-length`, `too-long` or `past`."""
    if ends_at <= starts_at:
        raise Refused(_("A meeting lasts some minutes."), code="no-length", field="length")
    if ends_at - starts_at > LONGEST:
        raise Refused(_("A meeting lasts a day at most."), code="too-long", field="length")
    if starts_at <= now:
        raise Refused(_("This time is past."), code="past", field="begins")


def ensure_expected(state: str) -> None:
    """That a meeting is neither held nor cancelled. Raises Refused, code `not-planned`."""
    if state != MeetingState.PLANNED:
        raise Refused(_("This meeting is over or cancelled."), code="not-planned")


def ensure_planned(*, state: str, starts_at: datetime, now: datetime) -> None:
    """That a meeting is still to begin. Raises Refused, code `not-planned`, or `begun`."""
    ensure_expected(state)
    if starts_at <= now:
        raise Refused(_("This meeting has begun."), code="begun")


def ensure_begun(*, state: str, starts_at: datetime, now: datetime) -> None:
    """That there is something to keep of a meeting. Raises Refused, code `cancelled`, or `not-begun`."""
    if state == MeetingState.CANCELLED:
        raise Refused(_("This meeting was cancelled."), code="cancelled")
    if starts_at > now:
        raise Refused(_("This meeting has not begun yet."), code="not-begun")


def ensure_not_approved(state: str | None) -> None:
    """Raises Refused, code `approved`. `state` is that of the minutes, None where there are none."""
    if state == MinutesState.APPROVED:
        raise Refused(_("The minutes are approved and stay as they are. Add a correction below them."), code="approved")


def ensure_agenda_open(*, state: str, minutes: str | None) -> None:
    """That items can come onto an agenda. Raises Refused, code `cancelled` or `approved`."""
    if state == MeetingState.CANCELLED:
        raise Refused(_("This meeting was cancelled."), code="cancelled")
    ensure_not_approved(minutes)


def ensure_may_circulate(state: str | None) -> None:
    """Raises Refused, code `not-draft`: minutes are circulated once."""
    if state != MinutesState.DRAFT:
        raise Refused(_("Only a draft is circulated."), code="not-draft")


def ensure_may_approve(state: str | None) -> None:
    """Raises Refused, code `not-circulated`."""
    if state != MinutesState.CIRCULATED:
        raise Refused(_("Minutes are circulated first, and then approved."), code="not-circulated")


def ensure_may_correct(state: str | None) -> None:
    """Raises Refused, code `not-approved`: what is not approved yet is simply changed."""
    if state != MinutesState.APPROVED:
        raise Refused(_("These minutes are not approved yet: change them."), code="not-approved")


def ensure_not_done(done_on) -> None:
    """Raises Refused, code `done`."""
    if done_on is not None:
        raise Refused(_("This is done already."), code="done")


def are_published(*, minutes: str, audience: str, group: str) -> bool:
    """Whether members outside the group read minutes: approved, meant for them, of an active group."""
    return (minutes, audience, group) == (MinutesState.APPROVED, MinutesAudience.MEMBERS, GroupState.ACTIVE)


def withholds_names(*, is_chatham_house: bool, attends: bool) -> bool:
    """Whether a reader finds no names in minutes: under the Chatham House rule, whoever does not attend the group."""
    return is_chatham_house and not attends
