"""How Django meets this app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaskforcesConfig(AppConfig):
    """Working groups: the Transatlantic Task Force, other task forces, technical and regional groups, committees."""

    name = "taskforces"
    verbose_name = _("Working groups")

    def ready(self):
        """Bring this app's part of the rights and what the committee decides on, and connect its reactions."""
        import_module("members.permissions.parts").bring(import_module("taskforces.permissions.part").PART)
        import_module("members.permissions.matters").bring(import_module("taskforces.queries.matters").CHARTERING)
        import_module("taskforces.receivers")
