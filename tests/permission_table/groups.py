"""Working groups: everybody reads the face of the active one, members its roster, its chair runs its people.

In the world the principal of the institution chairs the active group, its delegate observes, the individual member
and the protected one are members, the rising leader was, the newcomer has asked to join, and the fourth seat is
invited. The principal of the other institution chairs the other group, into which the protected member asks.
"""

NOT_OFFICE = "403: individual protected rising newcomer representatives committee; 404"
IN_IT = "institution individual delegate protected"
OPENLY = "individual rising newcomer representatives committee office"
CHAIRED = "200: institution office; 403"
ACTED = "did taskforces:group-people: institution office; 403"

PUBLIC = {
    "taskforces:groups": {"": ("200", "405")},
    "taskforces:group": {
        "group, active": ("200", "405"),
        # What has not come about yet is the members' affair.
        "group, proposed": ("200: members; 404", "405"),
    },
    "taskforces:group-charter": {
        "group, active": ("200", "405"),
        "group, proposed": ("200: members; 404", "405"),
    },
    "taskforces:group-charter-version": {
        "charter, in force": ("200", "405"),
        "charter, released": ("200: members; 404", "405"),
        "charter, handed in": ("200: other-institution office; 404", "405"),
    },
    "taskforces:group-charter-compare": {
        "group, active": ("200", "405"),
        "group, proposed": ("200: members; 404", "405"),
    },
}
CLOSED = {
    "taskforces:group-charter-edit": {
        "group, active": (CHAIRED, "did taskforces:group-charter: institution office; 403"),
        # A charter before the committee is not written at.
        "group, other": (
            "200: other-institution office; 403",
            "200: other-institution office; 403",
        ),
    },
    "taskforces:group-charter-hand-in": {
        # Members can comment still.
        "group, active": (CHAIRED, CHAIRED),
    },
    "taskforces:group-charter-take-back": {
        "group, other": ("405", "did taskforces:group-charter: other-institution office; 403"),
    },
    "taskforces:group-charter-put": {
        "group, other": ("405", "did members:ballot: office; 403"),
    },
    "taskforces:group-charter-abandon": {
        "group, active": ("200: office; 403", "did taskforces:group-charter: office; 403"),
    },
    "taskforces:group-charter-comment": {
        # Whoever is protected is told that a comment stands under a name.
        "group, active": ("405", f"200: protected; did taskforces:group-charter: {OPENLY}; 403"),
    },
    "taskforces:group-charter-dispose": {
        "comment on the charter": (CHAIRED, "did taskforces:group-charter: institution office; 403"),
    },
    "taskforces:group-enter": {"": ("200: office; 403", "did taskforces:group: office; 403")},
    "taskforces:group-edit": {
        "group, active": ("200: office; 403", "did taskforces:group: office; 403"),
        "group, proposed": (f"200: office; {NOT_OFFICE}", f"did taskforces:group: office; {NOT_OFFICE}"),
    },
    "taskforces:group-step": {
        "group, active": ("200: office; 403", "did taskforces:group: office; 403"),
    },
    "taskforces:group-join": {
        "group, active": (
            "200: members; 403",
            # To who is in it, or has asked, the page says so.
            f"200: {IN_IT} newcomer; did taskforces:group: rising other-institution committee office; 403",
        ),
    },
    "taskforces:group-join-withdraw": {
        "group, active": (
            "405",
            "did taskforces:group: newcomer; 404: individual protected rising representatives committee office; 403",
        ),
    },
    "taskforces:group-leave": {
        "group, active": (f"200: {IN_IT}; 404", f"did taskforces:group: {IN_IT}; 404"),
    },
    "taskforces:group-invitation-answer": {
        "invitation, accept": ("405", "did taskforces:group: unasked; 404"),
        "invitation, decline": ("405", "did taskforces:group: unasked; 404"),
    },
    "taskforces:group-people": {
        "group, active": ("200: members; 403", "405"),
        "group, proposed": (f"200: office; {NOT_OFFICE}", "405"),
    },
    "taskforces:group-invite": {"group, active": (CHAIRED, ACTED)},
    "taskforces:group-seat-grant": {"group, active": (CHAIRED, ACTED)},
    "taskforces:group-seat-end": {
        "seat of the individual": (CHAIRED, ACTED),
        # Of a protected member the group alone knows.
        "seat of the protected": (
            "200: institution; 404: office; 403",
            "did taskforces:group-people: institution; 404: office; 403",
        ),
        "seat under another group": ("404: other-institution office; 403", "404: other-institution office; 403"),
    },
    "taskforces:group-request-accept": {
        "request of the newcomer": ("405", ACTED),
        "request of the protected": (
            "405",
            "did taskforces:group-people: other-institution; 404: office; 403",
        ),
    },
    "taskforces:group-request-decline": {
        "request of the newcomer": (CHAIRED, ACTED),
        "request of the protected": (
            "200: other-institution; 404: office; 403",
            "did taskforces:group-people: other-institution; 404: office; 403",
        ),
    },
    "taskforces:group-invitation-withdraw": {
        "invitation into the group": ("405", ACTED),
    },
    "taskforces:group-milestones": {
        "group, active": (f"200: {IN_IT} office; 403", "405"),
        "group, proposed": (f"200: office; {NOT_OFFICE}", "405"),
    },
    "taskforces:group-milestone-propose": {
        "group, active": (
            "200: institution individual protected; 403",
            "did taskforces:group-milestones: institution individual protected; 403",
        ),
    },
    "taskforces:group-milestone-take-on": {
        "milestone, proposed": ("405", "did taskforces:group-milestones: institution office; 403"),
    },
    "taskforces:group-milestone-change": {
        "milestone, proposed": (CHAIRED, "did taskforces:group-milestones: institution office; 403"),
        "milestone under another group": ("404: institution office; 403", "404: institution office; 403"),
    },
    "taskforces:group-milestone-end": {
        "milestone, current": (CHAIRED, "did taskforces:group-milestones: institution office; 403"),
    },
    "taskforces:group-reports": {
        "group, active": (f"200: {IN_IT} office; 403", "405"),
    },
    "taskforces:group-report-file": {
        # The period of the report before is not over: nothing is filed, and the page says so.
        "group, active": (CHAIRED, "200: institution office; 403"),
    },
}
