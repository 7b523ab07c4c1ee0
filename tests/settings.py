"""The portal's settings in test mode, with what only tests need."""

import os

os.environ["PORTAL_MODE"] = "test"
# Parallel workers share one Valkey without hearing each other's tasks.
os.environ.setdefault("PORTAL_BROKER_PREFIX", f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}:")

from platform_portal.settings import *  # noqa: E402, F403
from platform_portal.settings import INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.database"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
