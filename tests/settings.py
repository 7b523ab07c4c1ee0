"""The portal's settings in test mode, with what only tests need."""

import os

os.environ["PORTAL_MODE"] = "test"
# Parallel workers share one Valkey without hearing each other's tasks.
os.environ.setdefault("PORTAL_BROKER_PREFIX", f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}:")

from platform_portal.settings import *  # noqa: F403
from platform_portal.settings import INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.database"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files straight from their folders: nothing is collected or compressed for tests in this process.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
