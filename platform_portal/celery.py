"""The Celery application: tasks are found in every app's `tasks` module; the schedule is in the settings."""

from celery import Celery

app = Celery("platform_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
