"""Who may do what: the table people can read, printed into `docs/permissions.md` by `manage.py print_permissions`.

A right is said either of a role on the whole platform (`ROLES`), or of a body on one row (`GRANTS`, stored with
guardian and settled by `members.actions.rights.settle`), or of the person a row belongs to (`OWN`). Recusal
and protection subtract from all three; state ("only while it is a draft") is a rule, not a right.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from members.choices.bodies import Role


class Right(TextChoices):
    """What one may do. Rights on rows carry the codename of the stored permission."""

    SEE_DIRECTORY = "see_directory", _("Search the directory of members and organisations")
    EXPORT_DIRECTORY = "export_directory", _("Export what a search of the directory finds, with a reason")
    SEE_DESK = "see_desk", _("Open the Secretariat's queue of applications")
    ENTER_PAPER = "enter_paper", _("Enter an application received on paper")
    SEE_BALLOTS = "see_ballots", _("Open the list of ballots")
    SEE_DECISIONS = "see_decisions", _("Read the public register of decisions")
    RESTORE_FACTORS = "restore_factors", _("Restore a lost second factor of others, with a second officer")
    ANSWER_DATA_REQUESTS = "answer_data_requests", _("Answer what others ask about their data")
    SEE_STATUS = "see_status", _("See the state of the portal's machines")
    ASK_UNSEALING = "ask_unsealing", _("Ask to see who stands behind a handle, which two custodians decide")
    USE_ADMIN = "use_admin", _("Use the administration")
    VIEW_APPLICATION = "view_application", _("See that an application exists and where it stands")
    WRITE_APPLICATION = "write_application", _("Write, submit and withdraw an application, and answer what is asked")
    SCREEN_APPLICATION = "screen_application", _("Screen an application: checks, requests, recommendation, letters")
    READ_DOSSIER = "read_dossier", _("Read an application's dossier")
    VIEW_BALLOT = "view_ballot", _("See that a ballot exists, and its outcome")
    CAST_BALLOT = "cast_ballot", _("Take a position for a seat, read the count and discuss")
    RUN_BALLOT = "run_ballot", _("Prepare, open and withdraw a ballot, and read its log")
    MANAGE_ORGANISATION = "manage_organisation", _("Manage an organisation's page and its representatives")


@dataclass(frozen=True)
class Grant:
    """Rights of a body on one row, and while what. Nobody but those in the role ever has them, whatever is stored."""

    rights: tuple[Right, ...]
    role: Role
    body: str
    when: str


EVERYBODY = frozenset(Role)
MEMBERS = frozenset({Role.MEMBER, Role.REPRESENTATIVE, Role.STEERING, Role.CHAIR, Role.SECRETARIAT})

ROLES: dict[Right, frozenset[Role]] = {
    Right.SEE_DECISIONS: EVERYBODY,
    Right.SEE_DIRECTORY: MEMBERS,
    Right.EXPORT_DIRECTORY: frozenset({Role.SECRETARIAT}),
    Right.SEE_BALLOTS: frozenset({Role.STEERING, Role.CHAIR, Role.SECRETARIAT}),
    Right.SEE_DESK: frozenset({Role.SECRETARIAT}),
    Right.ENTER_PAPER: frozenset({Role.SECRETARIAT}),
    Right.RESTORE_FACTORS: frozenset({Role.SECRETARIAT}),
    Right.ANSWER_DATA_REQUESTS: frozenset({Role.SECRETARIAT}),
    Right.SEE_STATUS: frozenset({Role.SECRETARIAT}),
    Right.ASK_UNSEALING: frozenset({Role.STEERING, Role.CHAIR, Role.SECRETARIAT}),
    Right.USE_ADMIN: frozenset({Role.SECRETARIAT}),
}

GRANTS: dict[str, tuple[Grant, ...]] = {
    "members.application": (
        Grant(
            (Right.VIEW_APPLICATION, Right.SCREEN_APPLICATION, Right.READ_DOSSIER),
            Role.SECRETARIAT,
            _("The Secretariat"),
            _("once it is submitted, or while it is entered from paper"),
        ),
        Grant(
            (Right.WRITE_APPLICATION,),
            Role.SECRETARIAT,
            _("The Secretariat"),
            _("while it enters the application from paper, or answers for one that came on paper"),
        ),
        Grant(
            (Right.READ_DOSSIER,),
            Role.STEERING,
            _("The steering committee"),
            _("once its ballot is open, for seats that have answered the conflict question and do not stand aside"),
        ),
    ),
    "members.ballot": (
        Grant((Right.VIEW_BALLOT, Right.RUN_BALLOT), Role.SECRETARIAT, _("The Secretariat"), _("always")),
        Grant((Right.VIEW_BALLOT,), Role.STEERING, _("The steering committee"), _("once it is open")),
        Grant(
            (Right.CAST_BALLOT,),
            Role.STEERING,
            _("The steering committee"),
            _("once it is open, for seats on its roll that do not stand aside"),
        ),
    ),
    "members.organisation": (
        Grant(
            (Right.MANAGE_ORGANISATION,),
            Role.REPRESENTATIVE,
            _("The organisation's representatives"),
            _("while it participates"),
        ),
        Grant((Right.MANAGE_ORGANISATION,), Role.SECRETARIAT, _("The Secretariat"), _("always")),
    ),
}

OWN: dict[str, tuple[Right, ...]] = {
    "members.application": (Right.VIEW_APPLICATION, Right.WRITE_APPLICATION),
}
