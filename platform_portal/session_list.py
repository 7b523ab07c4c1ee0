"""allauth's table of sessions without allauth's reactions, which would store network addresses."""

from allauth.usersessions.apps import UserSessionsConfig


class SessionListConfig(UserSessionsConfig):
    """The table stays; `members.receivers.accounts` fills it, and the portal shows it on a page of its own."""

    def ready(self):
        """Connect nothing."""
