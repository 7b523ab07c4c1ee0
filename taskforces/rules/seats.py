"""Who may come into a group, as what, and who lets them. Pure."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused
from taskforces.choices import OFFERED, ONE_AT_A_TIME, GroupState, RequestState, SeatKind, WayIn


def joins_at_once(*, joined_by: str, is_eligible: bool | None) -> bool:
    """Whether no chair has to answer: where the kind says so, and it is known that the person is eligible."""
    return joined_by == WayIn.ELIGIBLE and is_eligible is True


def ensure_may_ask(*, state: str, joined_by: str, is_eligible: bool | None, sits: bool, has_asked: bool) -> None:
    """Raises Refused, code `not-active`, `by-invitation`, `sits`, `has-asked` or `not-eligible`.

    Where it is not known whether somebody is eligible, the chairs judge.
    """
    if state != GroupState.ACTIVE:
        raise Refused(_("Only an active group takes people in."), code="not-active")
    if joined_by == WayIn.INVITATION:
        raise Refused(_("People come into this group by invitation only."), code="by-invitation")
    ensure_not_seated(sits=sits)
    if has_asked:
        raise Refused(_("You have asked already; the chairs will answer."), code="has-asked")
    if is_eligible is False:
        raise Refused(
            _("You do not meet what this group asks for. Its chairs can invite you as an observer."),
            code="not-eligible",
        )


def ensure_not_seated(*, sits: bool) -> None:
    """Raises Refused, code `sits`."""
    if sits:
        raise Refused(_("This person is in the group already."), code="sits", field="person")


def ensure_open(state: str) -> None:
    """That a request or an invitation has no answer yet. Raises Refused, code `answered`."""
    if state != RequestState.OPEN:  # invitations have the same value
        raise Refused(_("This has been answered already."), code="answered")


def ensure_role(*, role: str, roles: Collection[str]) -> None:
    """That groups of a kind have such a role. Raises Refused, code `no-such-role`."""
    if role not in roles:
        raise Refused(_("Groups of this kind have no such role."), code="no-such-role", field="role")


def ensure_holder(*, role: str, is_taken: bool, is_protected: bool, serves: bool) -> None:
    """Raises Refused, code `role-taken`, `protected` for an office, whose holder everybody knows, or `not-serving`."""
    if role in ONE_AT_A_TIME and is_protected:
        raise Refused(
            _("Everybody knows who holds an office. Under protection one can be a member or an observer."),
            code="protected",
            field="role",
        )
    if is_taken:
        raise Refused(_("Somebody holds this office. End that seat first."), code="role-taken", field="role")
    if role == SeatKind.LIAISON and not serves:
        raise Refused(_("The liaison is somebody of the Secretariat."), code="not-serving", field="role")


def ensure_offered(*, role: str, in_office: bool, sits: bool, has_been_invited: bool) -> None:
    """What may be offered in an invitation. Raises Refused, code `not-yours`, `sits` or `has-been-invited`."""
    if role not in OFFERED and not in_office:
        raise Refused(_("The Secretariat names who chairs, and who keeps contact."), code="not-yours", field="role")
    ensure_not_seated(sits=sits)
    if has_been_invited:
        raise Refused(_("This person is invited already."), code="has-been-invited", field="person")


def ensure_fits(*, role: str, is_eligible: bool | None) -> None:
    """Whoever is not eligible may observe, by invitation. Raises Refused, code `not-eligible`."""
    if is_eligible is False and role not in (SeatKind.OBSERVER, SeatKind.LIAISON):
        raise Refused(
            _("This person does not meet what the group asks for, and can be invited as an observer."),
            code="not-eligible",
            field="role",
        )


def ensure_grantable(*, role: str, held: str | None, in_office: bool) -> None:
    """Who gives a seat outright. Chairs give another role to who sits in the group; others they invite.

    `held` is the person's role so far. Raises Refused, code `not-yours`, `invite` or `same-role`.
    """
    if held == role:
        raise Refused(_("This person has that role already."), code="same-role", field="role")
    if in_office:
        return
    if role not in OFFERED or held not in OFFERED:
        if held is None:
            raise Refused(_("Invite whoever is not in the group yet."), code="invite", field="person")
        raise Refused(_("The Secretariat names who chairs, and who keeps contact."), code="not-yours", field="role")
