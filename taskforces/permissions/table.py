"""Who may do what with working groups; `members.permissions.table` explains the shape, and the page prints both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from members.choices.bodies import Role
from members.permissions.table import EVERYBODY, MEMBERS, Grant


class GroupRight(TextChoices):
    """What one may do. Rights on rows carry the codename of the stored permission."""

    SEE_GROUPS = "see_groups", _("Read the public face of working groups, once they are active")
    SEE_ALL_GROUPS = "see_all_groups", _("Know of every working group, proposed ones too")
    SEE_ROSTERS = "see_rosters", _("Read who is in active working groups")
    JOIN_GROUPS = "join_groups", _("Ask to join a working group")
    COMMENT = "comment_on_charters", _("Comment on charters that are released for comment")
    ENTER_GROUP = "enter_group", _("Enter a working group")
    SEE_ROSTER = "see_roster", _("Read who is in the group, whatever its state")
    MEET_GROUP = "meet_group", _("Know everybody who is in the group, protected members by their handles")
    ATTEND = "attend_group", _("Read what the group keeps for its own people: meetings, documents, milestones")
    CONTRIBUTE = "contribute_to_group", _("Contribute to what the group writes")
    RUN = "run_group", _("Run the group: its charter, meetings, documents, milestones and reports")
    MANAGE_PEOPLE = "manage_group_people", _("Answer requests, invite, change roles and end seats")
    MANAGE_GROUP = "manage_group", _("Change the group's settings and state, and name its chairs")


ROLES = {
    GroupRight.SEE_GROUPS: EVERYBODY,
    GroupRight.SEE_ALL_GROUPS: MEMBERS,
    GroupRight.SEE_ROSTERS: MEMBERS,
    GroupRight.JOIN_GROUPS: MEMBERS,
    GroupRight.COMMENT: MEMBERS,
    GroupRight.ENTER_GROUP: frozenset({Role.SECRETARIAT}),
}

GRANTS = {
    "taskforces.workinggroup": (
        Grant(
            (GroupRight.SEE_ROSTER, GroupRight.MEET_GROUP, GroupRight.ATTEND, GroupRight.CONTRIBUTE),
            Role.GROUP_MEMBER,
            _("The people of the group, but for observers"),
            _("always"),
        ),
        Grant(
            (GroupRight.ATTEND,),
            Role.GROUP_OBSERVER,
            _("The group's observers"),
            _("always"),
        ),
        Grant(
            (GroupRight.RUN, GroupRight.MANAGE_PEOPLE),
            Role.GROUP_CHAIR,
            _("The group's chair and vice-chair"),
            _("always"),
        ),
        Grant(
            (
                GroupRight.SEE_ROSTER,
                GroupRight.ATTEND,
                GroupRight.RUN,
                GroupRight.MANAGE_PEOPLE,
                GroupRight.MANAGE_GROUP,
            ),
            Role.SECRETARIAT,
            _("The Secretariat"),
            _("always"),
        ),
    ),
}
