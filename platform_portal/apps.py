"""Django's entry for the composing app."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from platform_portal.celery import app as celery_app
from platform_portal.mode_mark import refuse_production_database


class PlatformPortalConfig(AppConfig):
    """Composes the portal. Loading it makes the Celery application the one that tasks are sent through."""

    name = "platform_portal"
    celery = celery_app

    def ready(self):
        """Outside production, look at the first database connection before trusting it."""
        import_module("platform_portal.receivers")
        if not settings.IN_PRODUCTION:
            connection_created.connect(refuse_production_database)
