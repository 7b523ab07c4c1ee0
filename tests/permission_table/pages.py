"""The public pages, what goes with every page, the day's page, the inbox, and the state of the machines."""

READ_BY_ALL = ("200", "405")

PUBLIC = {
    "home": {"": READ_BY_ALL},
    "about": {"": READ_BY_ALL},
    "how-we-decide": {"": READ_BY_ALL},
    "privacy": {"": READ_BY_ALL},
    "accessibility": {"": READ_BY_ALL},
    "set-language": {"": ("405", "to about: visitors; did about")},
    "leave": {"": ("200", "to leave: visitors; did leave")},
    # Mails are read in the browser in the demo alone, and components everywhere but in production.
    "demo-mailbox": {"": ("404", "405")},
    "demo-components": {"": ("200", "405")},
    "health-live": {"": READ_BY_ALL},
    "health-ready": {"": READ_BY_ALL},
}
CLOSED = {
    "today": {"": ("200", "405")},
    "health-status": {"": ("200: office; 403", "405")},
    "secretariat:inbox": {"": ("200", "405")},
    # Some have never been told anything.
    "secretariat:inbox-read-all": {
        "": ("405", "to secretariat:inbox: stranger; did secretariat:inbox"),
    },
    "secretariat:notice": {
        "notice of the applicant": ("200: applicant; 404", "405"),
        "notice of a seat": ("200: chair; 404", "405"),
    },
    "secretariat:notice-read": {
        "notice of the applicant": ("405", "did secretariat:inbox: applicant; 404"),
        "notice of a seat": ("405", "did secretariat:inbox: chair; 404"),
    },
}
