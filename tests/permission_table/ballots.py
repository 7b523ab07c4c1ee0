"""Ballots and decisions.

The committee knows of a ballot once it is open; who stands aside keeps that sight and loses the rest; the dossier, the
log and the count open to a seat with the answer to the conflict question. The Secretariat runs ballots and votes in
none.
"""

PUBLIC = {
    "members:decisions": {"": ("200", "405")},
    "members:decision": {"decision, refused": ("200", "405"), "decision, admitted": ("200", "405")},
}

SEEN = "200: committee office; 404"

READING = {
    "members:ballots": {"": ("200: committee office; 403", "405")},
    "members:ballot": {
        "ballot, open": (SEEN, "405"),
        "ballot, prepared": ("200: office; 404", "405"),
        "ballot, of a seat": (SEEN, "405"),
        "ballot, held": (SEEN, "405"),
        "ballot, refused": (SEEN, "405"),
        "ballot, admitted": (SEEN, "405"),
    },
    "members:ballot-dossier": {
        "ballot, open": (
            "200: voters office; to members:ballot-conflict: unasked alternate; 403: recused; 404",
            "405",
        ),
        "ballot, prepared": ("200: office; 404", "405"),
        "ballot, of a seat": (
            "200: chair office; to members:ballot-conflict: holding reading recused alternate; 403: unasked; 404",
            "405",
        ),
        "ballot, held": ("200: seats office; 403: alternate; 404", "405"),
        "ballot, admitted": ("200: seats office; 403: alternate; 404", "405"),
    },
    "members:ballot-log": {
        "ballot, open": (
            "200: voters office; to members:ballot-conflict: unasked alternate; 403: recused; 404",
            "405",
        ),
        "ballot, prepared": ("200: office; 404", "405"),
        "ballot, of a seat": (
            "200: chair office; to members:ballot-conflict: holding reading recused alternate; 403: unasked; 404",
            "405",
        ),
        "ballot, admitted": ("200: seats office; 403: alternate; 404", "405"),
    },
    "members:ballot-receipt": {
        "ballot, open, receipt of the hold": ("200: holding; 403: recused office; 404", "405"),
    },
}
VOTING = {
    "members:ballot-conflict": {
        "ballot, open": (
            "200: voters unasked alternate; 403: recused office; 404",
            "did members:ballot: voters unasked alternate; 403: recused office; 404",
        ),
        "ballot, prepared": ("403: office; 404", "403: office; 404"),
        "ballot, of a seat": (
            "200: chair holding reading recused alternate; 403: unasked office; 404",
            "did members:ballot: chair holding reading recused alternate; 403: unasked office; 404",
        ),
        "ballot, held": ("to members:ballot: committee; 403: office; 404", "200: committee; 403: office; 404"),
    },
    "members:ballot-cast": {
        "ballot, open": (
            "405",
            "did members:ballot-receipt: voters; 200: unasked alternate; 403: recused office; 404",
        ),
        "ballot, prepared": ("405", "403: office; 404"),
        "ballot, of a seat": (
            "405",
            "did members:ballot-receipt: chair; 200: holding reading recused alternate; 403: unasked office; 404",
        ),
        "ballot, held": ("405", "200: committee; 403: office; 404"),
    },
    "members:ballot-comment": {
        "ballot, open": (
            "405",
            "did members:ballot: chair holding; 200: reading unasked alternate; 403: recused office; 404",
        ),
        "ballot, held": ("405", "200: committee; 403: office; 404"),
    },
    "members:concern-clear": {
        "ballot, open, concern": (
            "200: holding; 403: recused office; 404",
            "did members:ballot-receipt: holding; 403: recused office; 404",
        ),
    },
}
RUNNING = {
    "members:ballot-open": {
        "ballot, prepared": ("405", "did members:ballot: office; 404"),
        "ballot, open": ("405", "200: office; 403: committee; 404"),
    },
    "members:ballot-withdraw": {
        "ballot, prepared": ("200: office; 404", "did members:ballot: office; 404"),
        "ballot, open": ("200: office; 403: committee; 404", "did members:ballot: office; 403: committee; 404"),
    },
    "members:ballot-close": {"ballot, open": ("405", "to members:ballot: office; 403: committee; 404")},
    "members:ballot-again": {
        "ballot, held": ("405", "did members:ballot: office; 403: committee; 404"),
        "ballot, open": ("405", "to members:ballot: office; 403: committee; 404"),
    },
    "members:concern-ask": {
        "ballot, open, concern": ("403: committee; 404", "403: committee; 404"),
        "ballot, held, concern": (
            "200: office; 403: committee; 404",
            "did members:ballot: office; 403: committee; 404",
        ),
    },
}
CLOSED = READING | VOTING | RUNNING
