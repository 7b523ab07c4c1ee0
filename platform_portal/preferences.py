"""The language and the time zone in which a signed-in person reads the portal."""

import zoneinfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin


class PreferencesMiddleware(MiddlewareMixin):
    """Activate what the user has chosen. Visitors keep what their browser asks for, and UTC."""

    def process_request(self, request):
        timezone.deactivate()
        if not request.user.is_authenticated:
            return
        timezone.activate(zone_of(request.user.time_zone))
        if request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        timezone.deactivate()
        return response


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of a name; UTC if this machine does not know it."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
