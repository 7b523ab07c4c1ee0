"""Lost second factors: the Secretariat's, but for an officer's own. Two officers act, each once."""

BACK = "did members:desk-factor"
OFFICE = "200: office; 404"
OFFICERS = "200: secretariat-1; 403: secretariat-2; 404"

CLOSED = {
    "members:desk-factors": {"": ("200: office; 403", "405")},
    "members:desk-factor": {
        "lost factor, asked": (OFFICE, "405"),
        "lost factor, checked": (OFFICE, "405"),
        "lost factor, of an officer": (OFFICERS, "405"),
    },
    "members:desk-factor-check": {
        "lost factor, asked": (OFFICE, f"{BACK}: office; 404"),
        "lost factor, checked": (OFFICE, OFFICE),
        "lost factor, of an officer": (OFFICERS, f"{BACK}: secretariat-1; 403: secretariat-2; 404"),
    },
    "members:desk-factor-confirm": {
        "lost factor, asked": (OFFICE, OFFICE),
        # The first officer has confirmed it already.
        "lost factor, checked": (OFFICE, f"200: secretariat-1; {BACK}: secretariat-2; 404"),
        "lost factor, of an officer": (OFFICERS, OFFICERS),
    },
    "members:desk-factor-stop": {
        "lost factor, asked": (OFFICE, f"{BACK}: office; 404"),
        "lost factor, checked": (OFFICE, f"{BACK}: office; 404"),
        "lost factor, of an officer": (OFFICERS, f"{BACK}: secretariat-1; 403: secretariat-2; 404"),
    },
}
