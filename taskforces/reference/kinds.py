"""The kinds the platform starts with, and the group that its founding note names. Staff change both."""

from django.utils.translation import gettext_noop

from taskforces.choices import Feature, SeatKind, WayIn

ALL = [kind.value for kind in SeatKind]
FEATURES = [feature.value for feature in Feature]

KINDS = [
    {
        "key": "task-force",
        "name": gettext_noop("Task force"),
        "description": "Works on one region or one question of policy, with the governments concerned.",
        "joined_by": WayIn.APPROVAL,
        "roles": ALL,
        "features": FEATURES,
        "smallest_size": 5,
    },
    {
        "key": "technical",
        "name": gettext_noop("Technical working group"),
        "description": "Works out methods and advice in one field of expertise.",
        "joined_by": WayIn.ELIGIBLE,
        "roles": ALL,
        "features": FEATURES,
        "smallest_size": 3,
    },
    {
        "key": "regional",
        "name": gettext_noop("Regional group"),
        "description": "Brings together members who live or work in one region.",
        "joined_by": WayIn.APPROVAL,
        "roles": ALL,
        "features": FEATURES,
        "smallest_size": 3,
    },
    {
        "key": "committee",
        "name": gettext_noop("Committee"),
        "description": "Does the platform's own business for the steering committee.",
        "joined_by": WayIn.INVITATION,
        "roles": ["chair", "vice_chair", "rapporteur", "member", "liaison"],
        "features": ["charter", "milestones", "meetings", "documents"],
        "smallest_size": 3,
        "has_public_page": False,
    },
]

TRANSATLANTIC = {
    "slug": "transatlantic-task-force",
    "name": "Transatlantic Task Force",
    "short_name": "TTF",
    "kind": "task-force",
    "purpose": (
        "Connects research on the prevention of mass atrocities with the governments on both sides of the Atlantic. "
        "Its members live or work in Europe or Northern America, or belong to an organisation seated there; others "
        "can be invited as observers."
    ),
    "regions": ("150", "021"),  # UN M49: Europe, Northern America
}
