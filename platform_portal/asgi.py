"""The entry for web servers that speak ASGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_portal.settings")
os.environ.setdefault("PORTAL_PROCESS", "web")

application = get_asgi_application()
