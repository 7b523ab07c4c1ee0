"""Meetings: who attends the group reads them, its chair and the Secretariat run them, members read published minutes.

The people are those of the active group (`tests.permission_table.groups`): the principal of the institution chairs it,
its delegate observes, the individual member and the protected one are in it.
"""

SEATED = "institution individual delegate protected"
ATTENDING = f"200: {SEATED} office; 403"
RUNNING = "200: institution office; 403"


def _acted(page):
    return f"did taskforces:{page}: institution office; 403"


def _elsewhere(answer="404"):
    """Whoever has the right in the other group does not find there what belongs to this one."""
    return f"{answer}: other-institution office; 403"


PUBLIC = {
    "taskforces:calendar-feed": {
        "feed of the individual": ("200", "405"),
        "unknown feed": ("404", "405"),
    },
}
CLOSED = {
    "taskforces:calendar": {"": ("200", "did 200")},
    "taskforces:calendar-end": {"": ("405", "did taskforces:calendar: individual; to taskforces:calendar")},
    "taskforces:group-meetings": {"group, active": ("200: members; 403", "405")},
    "taskforces:group-meeting-plan": {"group, active": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-meeting": {
        "meeting, coming": (ATTENDING, "405"),
        "meeting under another group": (_elsewhere(), "405"),
    },
    "taskforces:group-meeting-edit": {
        "meeting, coming": (RUNNING, _acted("group-meeting")),
        "meeting under another group": (_elsewhere(), _elsewhere()),
    },
    "taskforces:group-meeting-cancel": {"meeting, coming": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-meeting-answer": {"meeting, coming": ("405", f"did taskforces:group-meeting: {SEATED}; 404")},
    "taskforces:group-meeting-calendar": {"meeting, coming": (ATTENDING, "405")},
    "taskforces:group-agenda-add": {"meeting, coming": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-agenda-propose": {
        "meeting, coming": (
            "200: institution individual protected; 403",
            "did taskforces:group-meeting: institution individual protected; 403",
        ),
    },
    "taskforces:group-agenda-edit": {"item of the agenda": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-agenda-remove": {"item of the agenda": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-attendance": {"meeting, draft": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-minutes": {
        "meeting, draft": ("200: institution office; 404", "405"),
        "meeting, circulated": (f"200: {SEATED} office; 404", "405"),
        "meeting, published": ("200: members; 404", "405"),
    },
    "taskforces:group-minutes-write": {"meeting, draft": (RUNNING, _acted("group-minutes"))},
    "taskforces:group-minutes-circulate": {"meeting, draft": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-minutes-approve": {"meeting, circulated": (RUNNING, _acted("group-minutes"))},
    "taskforces:group-minutes-correct": {"meeting, published": (RUNNING, _acted("group-minutes"))},
    "taskforces:group-actions": {"group, active": (ATTENDING, "405")},
    "taskforces:group-action-give": {"meeting, draft": (RUNNING, _acted("group-meeting"))},
    "taskforces:group-action-done": {
        "action of the individual": (
            "200: institution individual office; 403",
            "did taskforces:group-actions: institution individual office; 403",
        ),
    },
}
