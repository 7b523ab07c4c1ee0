"""Protection is everybody's own; who stands behind a handle is asked by offices and decided by custodians."""

OWN = "did members:protection"
ASKERS = "committee office"
MAY_KNOW = "200: secretariat-1 custodians; 404"
"""The Secretariat's officer has asked; custodians know of all requests."""
CUSTODIANS = "did members:unsealing: custodians"

CLOSED = {
    "members:protection": {"": ("200", "did members:protection: protected; 200")},
    "members:protection-raise": {
        "": ("to members:protection: protected; 200", f"to members:protection: protected; {OWN}"),
    },
    "members:protection-rename": {"": ("405", f"{OWN}: protected; to members:protection")},
    "members:protection-lower": {
        "": ("200: protected; to members:protection", f"{OWN}: protected; to members:protection"),
    },
    "members:protection-keep": {"": ("405", "to members:protection")},
    "members:custody": {"": (f"200: {ASKERS}; 403", "405")},
    "members:unsealing-ask": {"": (f"200: {ASKERS}; 403", f"did members:unsealing: {ASKERS}; 403")},
    "members:unsealing": {
        "unsealing, asked": (MAY_KNOW, "405"),
        "unsealing, agreed once": (MAY_KNOW, "405"),
        "unsealing, agreed": (MAY_KNOW, "405"),
    },
    "members:unsealing-approve": {
        "unsealing, asked": (MAY_KNOW, f"{CUSTODIANS} secretariat-1; 404"),
    },
    "members:unsealing-decline": {
        "unsealing, asked": (MAY_KNOW, f"{CUSTODIANS}; did 200: secretariat-1; 404"),
    },
    "members:unsealing-look": {
        # The record of the refusal is all that is written.
        "unsealing, asked": (MAY_KNOW, "did 410: secretariat-1 custodians; 404"),
        "unsealing, agreed": (MAY_KNOW, "did 200: secretariat-1; did 410: custodians; 404"),
    },
}
