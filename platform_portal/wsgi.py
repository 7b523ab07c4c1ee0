"""The web server's entry."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_portal.settings")
os.environ.setdefault("PORTAL_PROCESS", "web")

application = get_wsgi_application()
