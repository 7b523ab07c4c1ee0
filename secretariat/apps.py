"""How Django meets this app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecretariatConfig(AppConfig):
    """The work of the Secretariat; for now its notices: who is told of which act, in the inbox and by e-mail."""

    name = "secretariat"
    verbose_name = _("Secretariat")

    def ready(self):
        """Connect the reactions of this app."""
        import_module("secretariat.receivers")
