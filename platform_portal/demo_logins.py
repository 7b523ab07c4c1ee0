"""The logins of the demo, known to everyone: the seed makes them and `make run` prints them."""

PASSWORD = "demo-portal-2026"  # noqa: S105 - public by intent; demo mode is served on localhost only

LOGINS = (
    ("steering-1@demo.test", "steering, in the chair (steering-2 to steering-9 hold the other seats)"),
    ("secretariat-1@demo.test", "Secretariat (also secretariat-2)"),
    ("institution@demo.test", "principal representative of a member institution"),
    ("individual@demo.test", "individual member"),
    ("protected@demo.test", "protected member, whom others know by a handle (steering-1, 3 and 5 are custodians)"),
    ("rising@demo.test", "rising leader"),
    ("chair@demo.test", "chair of the Transatlantic Task Force, of a member institution in Canada"),
    ("applicant@demo.test", "applicant, with an application in progress"),
)
