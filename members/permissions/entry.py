"""Who needs a second factor and short sessions at this moment."""

from members.permissions.protection import is_protected
from members.permissions.roles import ROLE_OF_BODY
from members.rules.entry import is_guarded


def guards(user) -> bool:
    """Whether the user decides or speaks for others now, by the groups that follow dated terms, or is protected."""
    if not user.is_authenticated:
        return False
    return is_protected(user) or is_guarded(ROLE_OF_BODY[group.body.kind] for group in user.body_groups)
