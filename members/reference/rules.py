"""The decision rules the platform starts with. They are data: staff change them by new versions."""

from copy import deepcopy

from django.utils.translation import gettext_noop as _

MEMBERSHIP_RULE = {
    "key": "M-1",
    "version": 1,
    "title": _("Admission of a member"),
    "source": _("Concept update, third point: tiered and concentric membership"),
    "settings": {
        "method": "motion",
        "counting": {
            "quorum": "1/2",
            "quorum_strict": True,
            "quorum_base": "roster",
            "quorum_mode": "approval",
            "quorum_minimum": 0,
            "threshold": "2/3",
            "threshold_strict": False,
            "threshold_base": "decisive",
            "minimum_yes": 0,
            "eligible_floor": 3,
            "holds_allowed": True,
            "override": "3/4",
            "ties": "fails",
            "early_close": "when_all_in",
        },
        "procedure": {
            "minimum_opening_days": 7,
            "default_opening_days": 14,
            "visibility": "after_own",
            "votes_final": False,
            "reasons_required": ["no", "hold"],
            "deferrals": 1,
            "objection_window_days": 0,
        },
    },
}
"""More than half of the roster, two thirds of the deciding votes, a hold that three quarters of the roster override."""


def _like_membership(key: str, title: str, *, threshold: str, strict: bool) -> dict:
    """A rule that differs from that of memberships in how many of the deciding votes it takes."""
    settings = deepcopy(MEMBERSHIP_RULE["settings"])
    settings["counting"] |= {"threshold": threshold, "threshold_strict": strict}
    source = _("Concept update, second point: task forces within the platform")
    return {"key": key, "version": 1, "title": title, "source": source, "settings": settings}


CHARTER_RELEASE_RULE = _like_membership(
    "charter-release", _("Release of a charter for comment"), threshold="1/2", strict=True
)
"""The first of two ballots on a charter: more Yes than other deciding votes."""

CHARTER_ADOPTION_RULE = _like_membership("charter-adoption", _("Adoption of a charter"), threshold="2/3", strict=False)
"""The second: two thirds of the deciding votes."""

RULES = (MEMBERSHIP_RULE, CHARTER_RELEASE_RULE, CHARTER_ADOPTION_RULE)
