"""Getting in, and one's own account: links, sign-in, second factors, sessions.

Sign-in goes by allauth. Everybody of the table has an app as a second factor, so that whoever comes in by a link or by
a password is asked for it, and whoever confirms who they are does so by it. The applicant has a key too.
"""

COMING_IN = {
    "members:enter": {"": ("200", "did 200")},
    "members:entry-link": {
        # The invited person is new here, and comes in without a factor: there is none to ask for.
        "invitation": ("200", "did members:welcome"),
        "link back": ("200", "did today: applicant; did mfa_authenticate"),
        "spent link": ("410", "410"),
        "unknown link": ("410", "410"),
    },
    # Three have an open request already: to them the answer is the same, and nothing more is written.
    "members:lost-factor": {"": ("200", "login: visitors; 200: applicant institution secretariat-2; did 200")},
    "members:factor-stop": {"link that stops": ("200", "did 200"), "unknown link": ("410", "410")},
    "account_login": {"": ("200: visitors; to today", "to mfa_authenticate: visitors; to today")},
    "account_logout": {"": ("to home: visitors; 200", "to home: visitors; did home")},
    "account_inactive": {"": ("200", "405")},
    "account_signup": {"": ("200: visitors; to today", "200: visitors; to today")},
    "account_email_verification_sent": {"": ("login: visitors; to account_email", "login: visitors; to account_email")},
    "account_reset_password": {"": ("200", "did account_reset_password_done")},
    "account_reset_password_done": {"": ("200", "405")},
    "account_reset_password_from_key": {
        "reset link": ("to account_reset_password_from_key", "to account_reset_password_from_key"),
        "forged reset link": ("200", "200"),
    },
    "account_reset_password_from_key_done": {"": ("200", "405")},
    "account_confirm_login_code": {"": ("login: visitors; to today", "login: visitors; to today")},
    "mfa_authenticate": {"": ("login: visitors; to today", "login: visitors; to today")},
    "mfa_login_webauthn": {"": ("login: visitors; to today", "login: visitors; to today")},
}
"""Pages open to visitors. Those of sign-in that go on from a first step send who has not made it to the beginning."""
PUBLIC = COMING_IN

OWN_PAGES = {
    "members:welcome": {"": ("to today", "405")},
    "members:security": {"": ("200", "did members:security")},
    "members:second-factor": {"": ("to mfa_reauthenticate: confined; to members:security", "405")},
    "members:sessions": {"": ("200", "405")},
    "members:session-end": {
        "session of the applicant": ("405", "did members:sessions: applicant; 404"),
    },
    # Two have a session in another browser.
    "members:sessions-end": {
        "": ("405", "did members:sessions: applicant secretariat-1; to members:sessions"),
    },
    "usersessions_list": {"": ("to members:sessions", "to members:sessions")},
    "admin-password-change": {"": ("to account_change_password", "to account_change_password")},
}
WAYS_OF_SIGNING_IN = {
    "account_email": {"": ("200", "did account_email_verification_sent")},
    "account_change_password": {"": ("200", "did account_change_password")},
    "account_set_password": {"": ("to account_change_password", "to account_change_password")},
    "account_reauthenticate": {"": ("to mfa_reauthenticate", "to mfa_reauthenticate")},
    "mfa_index": {"": ("200", "405")},
    "mfa_reauthenticate": {"": ("200", "200")},
    "mfa_reauthenticate_webauthn": {
        "": ("200: applicant; to mfa_reauthenticate", "login: applicant; to mfa_reauthenticate")
    },
    "mfa_activate_totp": {
        "": (
            "to mfa_reauthenticate: confined; to mfa_deactivate_totp",
            "to mfa_reauthenticate: confined; to mfa_deactivate_totp",
        )
    },
    "mfa_deactivate_totp": {"": ("200", "did mfa_index")},
    "mfa_view_recovery_codes": {"": ("404", "405")},
    "mfa_download_recovery_codes": {"": ("404", "404")},
    "mfa_generate_recovery_codes": {
        "": ("to mfa_reauthenticate: confined; 200", "to mfa_reauthenticate: confined; did mfa_view_recovery_codes")
    },
    "mfa_list_webauthn": {"": ("200", "405")},
    "mfa_add_webauthn": {"": ("to mfa_reauthenticate: confined; 200", "to mfa_reauthenticate: confined; 200")},
    "mfa_remove_webauthn": {"key of the applicant": ("200: applicant; 404", "did mfa_list_webauthn: applicant; 404")},
    "mfa_edit_webauthn": {"key of the applicant": ("200: applicant; 404", "did mfa_list_webauthn: applicant; 404")},
}
CLOSED = OWN_PAGES | WAYS_OF_SIGNING_IN

OPEN_WITHOUT_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "members:second-factor",
        "members:lost-factor",
        "members:factor-stop",
        "leave",
        "set-language",
        "health-live",
        "health-ready",
    }
)
"""What opens to who lacks the second factor that their office asks for: getting one, and getting out."""
