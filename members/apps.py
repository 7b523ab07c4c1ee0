from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The ground floor: accounts, people, organisations, tiers, applications, ballots, memberships, rights, audit."""

    name = "members"
    verbose_name = _("Members")

    def ready(self):
        """Connect the reactions of this app."""
        import_module("members.receivers")
