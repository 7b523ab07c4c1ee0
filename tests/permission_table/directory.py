"""People and organisations: members know of those who are listed, the Secretariat of all, everybody of oneself."""

NOBODY_KNOWN = "stranger other-applicant candidate"
SEALED = "to members:protection: protected"
"""Logins that nobody has given a name yet."""
UNPROTECTED = "403: individual rising newcomer representatives committee office"
NOT_OFFICE = "403: individual protected rising newcomer representatives committee; 404"
OTHERS = "403: individual protected rising newcomer other-institution committee; 404"
MANAGERS = f"institution delegate office; {OTHERS}"
MANAGED = f"200: {MANAGERS}"
ELSEWHERE = "403: individual protected rising newcomer institution delegate committee; 404"
"""Of another organisation: its own representatives and the Secretariat find no such row under it."""
OWN_SEARCH = "individual; 404: protected rising newcomer representatives committee office; 403"

CLOSED = {
    "members:directory": {"": ("200: members; 403", "405")},
    "members:directory-export": {"": ("200: office; 403", "did 200: office; 403")},
    "members:search-save": {"": ("405", "did members:directory: members; 403")},
    "members:search": {
        "search of the individual": (f"200: {OWN_SEARCH}", f"did members:directory: {OWN_SEARCH}"),
    },
    "members:search-delete": {
        "search of the individual": ("405", f"did members:directory: {OWN_SEARCH}"),
    },
    "members:person": {
        "person, individual": ("200: members; 404", "405"),
        "person, newcomer": ("200: members; 404", "405"),
        "person, no member": ("200: applicant office; 404", "405"),
        "person, former": ("200: former office; 404", "405"),
        "person, unlisted": ("200: delegate office; 404", "405"),
        "person, protected": ("200: protected; 404", "405"),
    },
    "members:person-write": {
        # Two of whom neither is protected find in their profiles how to reach each other.
        "person, newcomer": (
            f"200: protected; {UNPROTECTED}; 404",
            f"did members:correspondence: protected; {UNPROTECTED}; 404",
        ),
        "person, protected": ("403: protected; 404", "403: protected; 404"),
    },
    "members:messages": {"": ("200", "405")},
    "members:correspondence": {
        "correspondence": (
            # Whoever opens what waits for them has read it.
            "did 200: individual; 200: protected; 404",
            "did members:correspondence: individual protected; 404",
        ),
    },
    "members:correspondence-end": {
        "correspondence": (
            "200: individual protected; 404",
            "did members:correspondence: individual protected; 404",
        ),
    },
    "members:person-photo": {
        "person, individual": ("200: members; 404", "405"),
        # One without a photo is as one that is not there.
        "person, newcomer": ("404", "405"),
        "person, unlisted": ("200: delegate office; 404", "405"),
    },
    "members:profile": {"": ("200", "405")},
    "members:profile-edit": {
        "": (f"403: {NOBODY_KNOWN}; {SEALED}; 200", f"403: {NOBODY_KNOWN}; {SEALED}; did members:profile"),
    },
    "members:profile-section": {
        f"section of {name}": (
            f"403: {NOBODY_KNOWN}; {SEALED}; 200",
            f"403: {NOBODY_KNOWN}; {SEALED}; did members:profile",
        )
        for name in ("expertise", "publications", "availability", "separations")
    },
    "members:profile-photo": {
        "": (f"403: {NOBODY_KNOWN}; {SEALED}; 200", f"403: {NOBODY_KNOWN}; {SEALED}; did members:profile"),
    },
    "members:profile-photo-remove": {
        # Two of the cast have a photo; to the others it is said that there is none.
        "": (
            f"403: {NOBODY_KNOWN}; {SEALED}; 200",
            f"403: {NOBODY_KNOWN}; {SEALED}; did members:profile: individual delegate; to members:profile",
        ),
    },
    "members:profile-readers": {
        "": (f"403: {NOBODY_KNOWN}; {SEALED}; 200", f"403: {NOBODY_KNOWN}; {SEALED}; did members:profile"),
    },
    "members:profile-as": {
        "as members": (f"403: {NOBODY_KNOWN}; 200", "405"),
        "as the public": (f"403: {NOBODY_KNOWN}; 200", "405"),
        "as oneself": (f"403: {NOBODY_KNOWN}; 404", "405"),
    },
    "members:membership": {"": ("200", "405")},
    "members:organisations": {"": ("200: members; 403", "405")},
    "members:organisation": {
        "organisation, institution": ("200: members; 404", "405"),
        "organisation, left": ("200: members; 404", "405"),
        # One that never took part is nobody's business but the Secretariat's.
        "organisation, apart": ("200: office; 404", "405"),
    },
    "members:organisation-edit": {
        "organisation, institution": (MANAGED, f"did members:organisation: {MANAGERS}"),
        "organisation, apart": ("200: office; 404", "did members:organisation: office; 404"),
        # An organisation that takes part no more has nobody who speaks for it, whatever the terms still say.
        "organisation, left": (
            f"200: office; {NOT_OFFICE}",
            f"did members:organisation: office; {NOT_OFFICE}",
        ),
    },
    "members:organisation-invite": {
        "organisation, institution": (MANAGED, f"did members:organisation: {MANAGERS}"),
        "organisation, left": (f"200: office; {NOT_OFFICE}", f"200: office; {NOT_OFFICE}"),
        "organisation, apart": ("200: office; 404", "200: office; 404"),
    },
    "members:invitation-withdraw": {
        "invitation of the institution": ("405", f"did members:organisation: {MANAGERS}"),
        "invitation under another organisation": ("405", ELSEWHERE),
    },
    "members:representation-end": {
        "representation of the delegate": (
            MANAGED,
            "did members:organisation: institution office; did members:membership: delegate; " + OTHERS,
        ),
        "representation under another organisation": (ELSEWHERE, ELSEWHERE),
    },
}
