"""The library of the active group, and what is published: who reads it follows the audience, who writes it the seat.

The principal of the institution chairs the group, the individual and the protected member are in it, the delegate
observes; the rising leader was in it, the newcomer asks to come in. The individual member wrote the draft.
"""

IN_IT = "institution individual delegate protected"
READERS = f"{IN_IT} office"
OWN = "individual institution office"
RUN = "institution office"
OTHERS = "individual protected rising newcomer delegate other-institution committee"
HIDDEN = f"200: {RUN}; 404"
ACTED = "did taskforces:document: institution office"
COMMENTED = "did taskforces:document"

PUBLIC = {
    "taskforces:documents": {
        "group, active": ("200", "405"),
        "group, proposed": ("200: members; 404", "405"),
    },
    "taskforces:document": {
        "paper, draft": (f"200: {OWN}; 404", "200: individual institution office; 404"),
        "paper, of chairs": (HIDDEN, "200: institution office; 404"),
        "paper, of the group": (f"200: {READERS}; 404", f"200: {READERS}; 404"),
        "paper, for members": ("200: members; 404", "200: members; 404"),
        "paper, for public": ("200", "200: members; 403"),
        "paper, for comment": (f"200: {READERS}; 404", f"{COMMENTED}: {READERS}; 404"),
        "paper under another group": ("404", "404"),
    },
    "taskforces:document-version": {
        "paper, of chairs": (HIDDEN, "405"),
        "paper, for public": ("200", "405"),
    },
    "taskforces:document-compare": {
        "paper, of the group": (f"200: {READERS}; 404", "405"),
    },
    "taskforces:document-file": {
        "file, for everybody": ("200", "405"),
        "paper, for public": ("404", "405"),
    },
    "taskforces:research": {"": ("200", "405")},
    "taskforces:output": {
        "output, proposed": (f"200: {OWN}; 404", "405"),
        "output, published": ("200", "405"),
        "output, withdrawn": ("200", "405"),
    },
    "taskforces:output-file": {
        "output, with a file": ("200", "405"),
        "output, published": ("404", "405"),
    },
    "taskforces:output-bibtex": {
        "output, published": ("200", "405"),
        "output, withdrawn": ("404", "405"),
    },
}
CLOSED = {
    "taskforces:documents-everywhere": {"": ("200", "405")},
    "taskforces:document-add": {
        "group, active": (
            "200: institution individual protected; 403",
            "did taskforces:document: institution individual protected; 403",
        ),
    },
    "taskforces:document-revise": {
        "paper, draft": (f"200: {OWN}; 404", f"did taskforces:document: {OWN}; 404"),
        "paper, for comment": (
            f"200: {RUN}; 403: individual delegate protected; 404",
            f"{ACTED}; 403: individual delegate protected; 404",
        ),
    },
    "taskforces:document-settings": {
        "paper, draft": (f"200: {RUN}; 403: individual; 404", f"{ACTED}; 403: individual; 404"),
        "paper, of the group": (
            f"200: {RUN}; 403: individual delegate protected; 404",
            f"{ACTED}; 403: individual delegate protected; 404",
        ),
    },
    "taskforces:document-answer": {
        "comment, individual": (
            f"200: {RUN}; 403: individual delegate protected; 404",
            f"{ACTED}; 403: individual delegate protected; 404",
        ),
        # Of a protected member the group alone knows.
        "comment, protected": (
            "200: institution; 403: individual protected; 404",
            "did taskforces:document: institution; 403: individual protected; 404",
        ),
    },
    "taskforces:output-propose": {
        "paper, for members": (
            f"200: {RUN}; 403: {OTHERS}; 404",
            f"did taskforces:output: {RUN}; 403: {OTHERS}; 404",
        ),
    },
    "taskforces:output-byline": {
        "output, published": ("200: individual; 404", "did taskforces:output: individual; 404"),
    },
    "taskforces:output-publish": {
        "output, proposed": (
            "200: office; 403: institution individual; 404",
            "did taskforces:output: office; 403: institution individual; 404",
        ),
    },
    "taskforces:output-close": {
        "output, proposed": (
            "200: office; 403: institution individual; 404",
            "did taskforces:output: office; 403: institution individual; 404",
        ),
        "output, published": ("200: office; 403", "did taskforces:output: office; 403"),
    },
}
