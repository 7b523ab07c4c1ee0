"""Joining and applying: what is an applicant's own, and nobody else's.

Whoever may know of an application but not do this with it is told so (403): the Secretariat once it was sent, and the
seats that read its dossier. For everybody else it does not exist.
"""

BEGINNING = (
    "did 200: visitors; 200: individual protected newcomer; did members:application;"
    " to members:application: applicant other-applicant candidate"
)

JOINING = {
    "members:tiers": {"": ("200", "405")},
    "members:tier": {"tier": ("200", "405")},
    "members:apply": {
        "tier": (
            "200",
            # A member of the tier has nothing to apply for; who has an application pending is led back to it.
            BEGINNING,
        )
    },
}
REFEREES = {
    "members:referee-letter": {
        "link of a referee": ("200", "did members:referee-letter"),
        "link of a referee who answered": ("200", "200"),
        "unknown link": ("404", "404"),
    },
    "members:referee-decline": {
        "link of a referee": ("200", "did members:referee-letter"),
        "link of a referee who answered": ("200", "200"),
        "unknown link": ("404", "404"),
    },
}
PUBLIC = JOINING | REFEREES

OWN_DRAFT = "200: applicant; 404"
DRAFT_DONE = "did members:application-step: applicant; 404"
ASKED = "200: applicant; 403: office; 404"
OPEN = "200: other-applicant; 403: office voters; 404"

LOOKING = {
    "members:applications": {"": ("200", "405")},
    "members:application": {
        "draft": (OWN_DRAFT, "405"),
        "finished": ("200: other-applicant; 404", "405"),
        "paper": ("200: office; 404", "405"),
        "submitted": ("200: other-applicant; to members:desk-application: office; 404", "405"),
        "of an officer": ("200: secretariat-2; to members:desk-application: secretariat-1; 404", "405"),
        "asked": ("200: applicant; to members:desk-application: office; 404", "405"),
        "declined": ("200: applicant; to members:desk-application: office; 404", "405"),
        "recommended": ("200: candidate; to members:desk-application: office; 404", "405"),
        "open": ("200: other-applicant; to members:desk-application: office; 403: voters; 404", "405"),
        "of a seat": ("200: unasked; to members:desk-application: office; 403: chair; 404", "405"),
        "held": ("200: candidate; to members:desk-application: office; 403: seats; 404", "405"),
        "refused": ("200: candidate; to members:desk-application: office; 403: seats; 404", "405"),
        "admitted": ("200: newcomer; to members:desk-application: office; 403: seats; 404", "405"),
    },
    "members:application-sent": {
        "draft": ("404", "405"),
        "submitted": ("200: other-applicant; 403: office; 404", "405"),
        "open": (OPEN, "405"),
    },
    "members:application-version": {
        "draft": ("404", "405"),
        "asked": (ASKED, "405"),
        "of an officer": ("200: secretariat-2; 403: secretariat-1; 404", "405"),
        "open": (OPEN, "405"),
    },
    "members:document": {
        "document, draft": (OWN_DRAFT, "405"),
        "document, unsent": (OWN_DRAFT, "405"),
        "document, open": ("200: other-applicant office voters; 404", "405"),
        "document, letter, open": ("200: office voters; 404", "405"),
        "document, letter, of a seat": ("200: office chair; 404", "405"),
        "document, letter, admitted": ("200: office seats; 404", "405"),
    },
}
WRITING = {
    "members:application-step": {
        "draft": (OWN_DRAFT, DRAFT_DONE),
        "draft, referees": (OWN_DRAFT, DRAFT_DONE),
        "draft, documents": (OWN_DRAFT, DRAFT_DONE),
        "draft, affiliation": (OWN_DRAFT, DRAFT_DONE),
        "paper": ("200: office; 404", "did members:application-step: office; 404"),
        "asked": (ASKED, "did members:application-step: applicant; 403: office; 404"),
        "open": (
            "to members:application: other-applicant; 403: office voters; 404",
            "409: other-applicant; 403: office voters; 404",
        ),
    },
    "members:application-check": {
        "draft": (OWN_DRAFT, "200: applicant; 404"),
        "finished": ("200: other-applicant; 404", "did members:application-sent: other-applicant; 404"),
        "paper": ("200: office; 404", "200: office; 404"),
        "open": (
            "to members:application: other-applicant; 403: office voters; 404",
            "to members:application: other-applicant; 403: office voters; 404",
        ),
    },
    "members:application-withdraw": {
        "draft": (OWN_DRAFT, "did members:application: applicant; 404"),
        "paper": ("200: office; 404", "did members:application: office; 404"),
        "declined": (ASKED, "to members:application: applicant; 403: office; 404"),
        "open": (OPEN, "did members:application: other-applicant; 403: office voters; 404"),
    },
    "members:application-ask": {
        "draft": (OWN_DRAFT, "did members:application: applicant; 404"),
        "open": ("403: office voters; 404", "403: office voters; 404"),
    },
    "members:application-left": {
        "draft": (OWN_DRAFT, DRAFT_DONE),
        "open": (
            "to members:application-step: other-applicant; 403: office voters; 404",
            "to members:application-step: other-applicant; 403: office voters; 404",
        ),
    },
    "members:information-answer": {
        "asked, question": (ASKED, "did members:application: applicant; 403: office; 404"),
        "question under another number": ("404", "404"),
    },
    "members:referee-change": {
        "draft, referee": (OWN_DRAFT, DRAFT_DONE),
        "asked, referee": (ASKED, "200: applicant; 403: office; 404"),
    },
    "members:referee-remove": {
        "draft, referee": (OWN_DRAFT, DRAFT_DONE),
        "asked, referee": (ASKED, "to members:application-step: applicant; 403: office; 404"),
    },
    "members:referee-again": {
        "asked, referee": ("405", "did members:application: applicant; 403: office; 404"),
        "open, referee": ("405", "to members:application: other-applicant; 403: office voters; 404"),
    },
    "members:document-remove": {
        "draft, document": (OWN_DRAFT, DRAFT_DONE),
        "asked, unsent document": (ASKED, "did members:application-step: applicant; 403: office; 404"),
    },
}
CLOSED = LOOKING | WRITING
