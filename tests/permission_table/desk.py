"""The desk: the Secretariat's, but for an officer's own application. Who may know of one and not screen it is told so.

What the Secretariat may do with an application at this moment is a rule and not a right: where the time is not come,
the answer is the page again or the way back to it, and nothing is written.
"""

BACK = "members:desk-application"
DRAFT = "403: applicant; 404"
ASKED = "office; 403: applicant; 404"
OFFICERS = "secretariat-1; 403: secretariat-2; 404"
OPEN = "office; 403: other-applicant voters; 404"
READY = "office; 403: candidate; 404"


def page(*, asked: str, of_an_officer: str, open: str) -> dict[str, tuple[str, str]]:  # noqa: A002 - rows' names
    """The lines of a page with a form, from the answers to the Secretariat for three states of an application."""
    return {
        "draft": (DRAFT, DRAFT),
        "asked": (f"200: {ASKED}", f"{asked}: {ASKED}"),
        "of an officer": (f"200: {OFFICERS}", f"{of_an_officer}: {OFFICERS}"),
        "open": (f"200: {OPEN}", f"{open}: {OPEN}"),
    }


DONE, STAYS, TO = f"did {BACK}", "200", f"to {BACK}"

CLOSED = {
    "members:desk-applications": {"": ("200: office; 403", "405")},
    "members:desk-paper": {"": ("200: office; 403", "did members:application: office; 403")},
    "members:desk-application": {
        "draft": (DRAFT, "405"),
        "finished": ("403: other-applicant; 404", "405"),
        "paper": ("200: office; 404", "405"),
        "submitted": ("200: office; 403: other-applicant; 404", "405"),
        "of an officer": (f"200: {OFFICERS}", "405"),
        "asked": (f"200: {ASKED}", "405"),
        "open": (f"200: {OPEN}", "405"),
        "of a seat": ("200: office; 403: unasked chair; 404", "405"),
        "admitted": ("200: office; 403: newcomer seats; 404", "405"),
    },
    "members:desk-take": {
        "draft": ("405", DRAFT),
        "asked": ("405", f"{TO}: {ASKED}"),
        "of an officer": ("405", f"{DONE}: {OFFICERS}"),
        "open": ("405", f"{DONE}: {OPEN}"),
    },
    "members:desk-hand-over": page(asked=DONE, of_an_officer=DONE, open=DONE),
    "members:desk-checks": page(asked=DONE, of_an_officer=STAYS, open=STAYS),
    "members:desk-ask": page(asked=DONE, of_an_officer=STAYS, open=DONE),
    "members:desk-recommend": page(asked=STAYS, of_an_officer=STAYS, open=STAYS),
    "members:desk-letter": page(asked=DONE, of_an_officer=DONE, open=DONE),
    "members:desk-decline": page(asked=DONE, of_an_officer=STAYS, open=STAYS),
    "members:desk-link": page(asked=TO, of_an_officer=TO, open=STAYS)
    | {"submitted": ("200: office; 403: other-applicant; 404", f"{DONE}: office; 403: other-applicant; 404")},
    "members:desk-referee": {
        "draft, referee": ("405", DRAFT),
        "asked, referee": ("405", f"{DONE}: {ASKED}"),
        "open, referee": ("405", f"{TO}: {OPEN}"),
    },
    "members:desk-again": {
        "draft": ("405", DRAFT),
        "recommended": ("405", f"{TO}: {READY}"),
        "open": ("405", f"{TO}: {OPEN}"),
    },
    "members:desk-prepare": {
        "draft": ("405", DRAFT),
        "recommended": ("405", f"{TO}: {READY}"),
        "open": ("405", f"{TO}: {OPEN}"),
    },
}
