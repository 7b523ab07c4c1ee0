"""The language and the time zone in which a signed-in person reads the portal."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin

from members.kernel.instants import zone_of


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
