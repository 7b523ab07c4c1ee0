"""What notices about working groups tell: the group and the role, and of other people nothing."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from members.kernel.instants import in_words
from secretariat.choices import Kind
from secretariat.emails.content import Content
from secretariat.models import Notice
from taskforces.choices import Disposition, GroupState
from taskforces.models import Charter, CharterComment, GroupInvitation, GroupSeat, JoinRequest, WorkingGroup


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


def stepped(notice: Notice) -> Content:
    group: WorkingGroup = notice.event.target
    return _of(group, (_("State"), str(GroupState(notice.event.facts["state"]).label)))


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
    Kind.CHARTER_HANDED_IN: of_charter,
    Kind.CHARTER_RELEASED: released,
    Kind.CHARTER_ANSWERED: comment_answered,
    Kind.CHARTER_ADOPTED: of_charter,
    Kind.CHARTER_NOT_ADOPTED: not_adopted,
}
