"""The charter page of a group: what is in force on a day, what is on its way, and what the viewer may do about it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from members.models import Ballot
from members.permissions import ballots as doors
from members.permissions.matters import of_kind
from members.permissions.protection import is_protected
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries.ballots import Line, lines_of
from members.queries.standings import with_standing
from taskforces.choices import BEFORE_COMMITTEE, WRITABLE_CHARTER, CharterState, GroupState
from taskforces.models import Charter, CharterVersion, WorkingGroup
from taskforces.permissions.charters import readable_by, versions_visible_to
from taskforces.permissions.table import GroupRight
from taskforces.queries.charter_texts import comments_of, sections_of_text
from taskforces.queries.charters import in_force, live_ballots
from taskforces.queries.pages import May, may_of
from taskforces.queries.sections import sections_of
from taskforces.rules import charters as rules

TONES = {
    CharterState.DRAFT: "plain",
    CharterState.RELEASE: "wait",
    CharterState.COMMENT: "now",
    CharterState.ADOPTION: "wait",
    CharterState.ADOPTED: "good",
    CharterState.SUPERSEDED: "plain",
    CharterState.NOT_ADOPTED: "bad",
    CharterState.ABANDONED: "plain",
}


@dataclass(frozen=True)
class VersionLine:
    """A version in the list of a group's versions, with what became of it."""

    version: CharterVersion

    @property
    def state(self) -> CharterState:
        """Where this version stands: that of its charter, but for one that another of the same charter followed."""
        charter, version = self.version.charter, self.version
        decided = (CharterState.ADOPTED, CharterState.SUPERSEDED)
        if charter.state in decided and charter.adopted_version_id != version.pk:
            return CharterState.SUPERSEDED
        return CharterState(charter.state)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> str:
        return self.state.label


@dataclass(frozen=True)
class Acts:
    """What a viewer may do about a charter now: which buttons the page has."""

    write: bool
    hand_in: bool
    take_back: bool
    put: bool
    abandon: bool
    comment: bool


def acts_of(group: WorkingGroup, charter: Charter | None, viewer, may_here: May, *, at: datetime) -> Acts:
    """What a viewer may do about a group's charter; `charter` is the one on its way, if they may know of it."""
    state = charter.state if charter else None
    waits = state in BEFORE_COMMITTEE and may_here.run and not live_ballots(charter).exists()
    is_open = charter is not None and rules.is_open_for_comment(state=state, ends_at=charter.comment_ends_at, now=at)
    writable = state is None or state in WRITABLE_CHARTER
    return Acts(
        write=may_here.run and writable and group.state != GroupState.CONCLUDED,
        hand_in=may_here.run and (state == CharterState.DRAFT or (state == CharterState.COMMENT and not is_open)),
        take_back=waits,
        put=waits and may_here.manage,
        abandon=may_here.manage and charter is not None,
        comment=is_open and may(viewer, GroupRight.COMMENT) and not is_protected(viewer),
    )


def versions_of(group: WorkingGroup, viewer) -> list[VersionLine]:
    """The versions a viewer may read, the newest first."""
    rows = versions_visible_to(viewer, group).select_related("charter").order_by("-number")
    return [VersionLine(row) for row in rows]


def ballots_on(group: WorkingGroup, viewer, *, on: date, at: datetime) -> list[Line]:
    """The ballots on a group's charters that a viewer may see, the newest first."""
    if not may(viewer, Right.SEE_BALLOTS):
        return []
    charters = Charter.objects.filter(group=group).values("pk")
    rows: QuerySet[Ballot] = doors.visible_to(viewer, on=on).filter(of_kind(Charter), subject_id__in=charters)
    return lines_of(viewer, with_standing(rows).order_by("-pk"), on=on, at=at)


def charter_page_of(group: WorkingGroup, viewer, *, on: date, today: date, at: datetime) -> dict:
    """What the charter page of a group shows a viewer; `on` is the day whose charter is asked for."""
    may_here = may_of(viewer, group)
    current, charter = in_force(group, on=on), readable_by(viewer, group).select_related("released_version").first()
    content = {
        "group": group,
        "may": may_here,
        "sections": sections_of(group, may_here, here="group-charter"),
        "on": on,
        "is_today": on == today,
        "current": current,
        "texts": sections_of_text(current.adopted_version) if current else [],
        "versions": versions_of(group, viewer),
    }
    if on != today:
        return content
    content["acts"] = acts_of(group, charter, viewer, may_here, at=at)
    content["ballots"] = ballots_on(group, viewer, on=today, at=at)
    return content | _on_its_way(charter, viewer, may_here, today=today, at=at)


def _on_its_way(charter: Charter | None, viewer, may_here: May, *, today: date, at: datetime) -> dict:
    if charter is None:
        return {}
    shown = {"charter": charter, "tone": TONES[CharterState(charter.state)], "draft_texts": []}
    shown["is_open"] = rules.is_open_for_comment(state=charter.state, ends_at=charter.comment_ends_at, now=at)
    if may_here.attend:
        shown["draft_texts"] = sections_of_text(charter)
    elif charter.released_version:
        shown["draft_texts"] = sections_of_text(charter.current_version)
    if charter.released_version:
        shown["comments"] = comments_of(charter, viewer, on=today)
        shown["waiting"] = charter.comments.open().count()
    shown["is_sealed"] = is_protected(viewer)
    return shown
