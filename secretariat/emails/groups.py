"""What notices about working groups tell: the group and the role, and of other people nothing."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.kernel.instants import in_words
from secretariat.choices import Kind
from secretariat.emails.content import Content, due_words
from secretariat.models import Notice
from taskforces.choices import Disposition, GroupState
from taskforces.models import (
    ActionItem,
    Charter,
    CharterComment,
    DocumentComment,
    GroupDocument,
    GroupInvitation,
    GroupReport,
    GroupSeat,
    JoinRequest,
    Meeting,
    Milestone,
    Output,
    WorkingGroup,
)


def _of(group: WorkingGroup, *rows, page="taskforces:group") -> Content:
    return Content(reverse(page, args=[group.slug]), [(_("Group"), group.name), *rows])


def to_chairs(notice: Notice) -> Content:
    """For who runs the group: whom it is about is read on the page."""
    asked: JoinRequest | GroupInvitation = notice.event.target
    return _of(asked.group, page="taskforces:group-people")


def in_a_role(notice: Notice) -> Content:
    """A seat that was given, or is offered."""
    row: GroupSeat | GroupInvitation | JoinRequest = notice.event.target
    role = () if isinstance(row, JoinRequest) else ((_("Role"), str(row.get_role_display())),)
    return _of(row.group, *role)


def about_oneself(notice: Notice) -> Content:
    row: GroupSeat | JoinRequest = notice.event.target
    return _of(row.group)


def of_milestones(notice: Notice) -> Content:
    """For who runs the group: what is proposed is read on the page."""
    milestone: Milestone = notice.event.target
    return _of(milestone.group, page="taskforces:group-milestones")


def of_reports(notice: Notice) -> Content:
    report: GroupReport = notice.event.target
    return _of(report.group, page="taskforces:group-reports")


def stepped(notice: Notice) -> Content:
    group: WorkingGroup = notice.event.target
    return _of(group, (_("State"), str(GroupState(notice.event.facts["state"]).label)))


def met(notice: Notice) -> Content:
    """A meeting: which group and when. Title, link and who comes are read on the page."""
    meeting: Meeting = notice.event.target
    page = "group-minutes" if notice.kind == Kind.MINUTES_CIRCULATED else "group-meeting"
    path = reverse(f"taskforces:{page}", args=[meeting.group.slug, meeting.public_id])
    return Content(path, [(_("Group"), meeting.group.name), (_("When"), in_words(meeting.starts_at))])


def taken_on(notice: Notice) -> Content:
    item: ActionItem = notice.event.target
    due = ((_("By"), due_words(item.due_on)),) if item.due_on else ()
    return _of(item.group, *due, page="taskforces:group-actions")


def _of_document(document: GroupDocument, *rows) -> Content:
    url = reverse("taskforces:document", args=[document.group.slug, document.public_id])
    return Content(url, [(_("Group"), document.group.name), *rows])


def opened(notice: Notice) -> Content:
    """A document out for comment. What it is called is read on its page, by who may still read it."""
    document: GroupDocument = notice.event.target
    until = document.comment_until
    return _of_document(document, *([(_("Comments until"), date_format(until, "DATE_FORMAT"))] if until else []))


def answered(notice: Notice) -> Content:
    comment: DocumentComment = notice.event.target
    return _of_document(comment.version.document)


def output(notice: Notice) -> Content:
    row: Output = notice.event.target
    return Content(reverse("taskforces:output", args=[row.slug]), [(_("Group"), row.group.name)])


def byline(notice: Notice) -> Content:
    row: Output = notice.event.target
    return Content(reverse("taskforces:output-byline", args=[row.slug]), [(_("Group"), row.group.name)])


def of_charter(notice: Notice) -> Content:
    """About a charter: which version, and where it is read."""
    charter: Charter = notice.event.target
    number = (_("Version"), str(notice.event.facts["version"]))
    return _of(charter.group, number, page="taskforces:group-charter")


def released(notice: Notice) -> Content:
    charter: Charter = notice.event.target
    content = of_charter(notice)
    content.rows.append((_("Comments until"), in_words(charter.comment_ends_at)))
    return content


def not_adopted(notice: Notice) -> Content:
    charter: Charter = notice.event.target
    return _of(charter.group, page="taskforces:group-charter")


def comment_answered(notice: Notice) -> Content:
    """What became of one's own comment: the answer is read on the page."""
    comment: CharterComment = notice.event.target
    became = (_("What becomes of it"), str(Disposition(notice.event.facts["disposition"]).label))
    return _of(comment.charter.group, became, page="taskforces:group-charter")


GROUPS: dict[Kind, Callable[[Notice], Content]] = {
    Kind.GROUP_ASKED: to_chairs,
    Kind.GROUP_ANSWERED: to_chairs,
    Kind.GROUP_INVITED: in_a_role,
    Kind.GROUP_SEATED: in_a_role,
    Kind.GROUP_DECLINED: about_oneself,
    Kind.GROUP_SEAT_ENDED: about_oneself,
    Kind.GROUP_STEPPED: stepped,
    Kind.GROUP_MILESTONE: of_milestones,
    Kind.GROUP_REPORTED: of_reports,
    Kind.MEETING_PLANNED: met,
    Kind.MEETING_CHANGED: met,
    Kind.MEETING_CANCELLED: met,
    Kind.MINUTES_CIRCULATED: met,
    Kind.ACTION_GIVEN: taken_on,
    Kind.DOCUMENT_OPENED: opened,
    Kind.COMMENT_ANSWERED: answered,
    Kind.BYLINE_ASKED: byline,
    Kind.OUTPUT_PROPOSED: output,
    Kind.OUTPUT_PUBLISHED: output,
    Kind.CHARTER_HANDED_IN: of_charter,
    Kind.CHARTER_RELEASED: released,
    Kind.CHARTER_ANSWERED: comment_answered,
    Kind.CHARTER_ADOPTED: of_charter,
    Kind.CHARTER_NOT_ADOPTED: not_adopted,
}
