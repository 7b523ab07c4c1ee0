"""How Django meets this app."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The ground floor: accounts, people, organisations, tiers, applications, ballots, memberships, rights, audit."""

    name = "members"
    verbose_name = _("Members")

    def ready(self):
        """Bring the matter that this app's ballots began with, and connect its reactions, noun by noun."""
        import_module("members.permissions.matters").bring(import_module("members.queries.admissions").ADMISSION)
        receivers = import_module("members.receivers")
        for noun in iter_modules(receivers.__path__, "members.receivers."):
            import_module(noun.name)
