"""One's own data: everybody's own, and of others what the Secretariat answers, but for an officer's own requests."""

from tests.permission_table.directory import NOBODY_KNOWN

DOWNLOAD, CORRECTION = "did members:own-data-download", "did members:own-data-correction"
ERASURE, CONSENTS = "did members:own-data-erasure", "did members:own-data-consents"
WRITERS = "individual applicant newcomer"
"""Whose profile has a biography."""

CLOSED = {
    "members:own-data": {"": ("200", "405")},
    # The applicant's is ready: asking again gives it, and makes no other.
    "members:own-data-download": {"": ("200", f"to members:own-data-download: applicant; {DOWNLOAD}")},
    "members:own-data-fetch": {"download of the applicant": ("405", "did 200: applicant; 404")},
    # There is one open request for each.
    "members:own-data-correction": {"": ("200", f"200: individual protected secretariat-2; {CORRECTION}")},
    # What others rely on must end first; the rising leader has asked already.
    "members:own-data-erasure": {
        "": (
            "200",
            f"200: office seats alternate other-applicant candidate; to members:own-data-erasure: rising; {ERASURE}",
        )
    },
    "members:own-data-erasure-take-back": {"": ("405", f"{ERASURE}: rising; 404")},
    "members:own-data-consents": {"": ("200", "405")},
    "members:own-data-consent-withdraw": {
        "consent, biography": (
            f"404: {NOBODY_KNOWN}; 200",
            f"404: {NOBODY_KNOWN}; {CONSENTS}: {WRITERS}; 200",
        ),
        "consent, unknown": ("404", "404"),
    },
    "members:desk-data": {"": ("200: office; 403", "405")},
    "members:desk-correction": {
        "correction, individual": ("200: office; 404", "did members:desk-data: office; 404"),
        "correction, of an officer": (
            "200: secretariat-1; 403: secretariat-2; 404",
            "did members:desk-data: secretariat-1; 403: secretariat-2; 404",
        ),
    },
}
