"""Django's entry for the composing app."""

from django.apps import AppConfig

from platform_portal.celery import app as celery_app


class PlatformPortalConfig(AppConfig):
    """Composes the portal. Loading it makes the Celery application the one that tasks are sent through."""

    name = "platform_portal"
    celery = celery_app
