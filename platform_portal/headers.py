"""Headers that keep private pages private."""

from django.conf import settings
from django.utils.deprecation import MiddlewareMixin

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class PrivacyHeadersMiddleware(MiddlewareMixin):
    """Pages that belong to one person are neither stored nor indexed; nothing here is for other origins to embed.

    A page belongs to one person if they come with a session, if it opens one, as private links do, or if it answers a
    form. That is decided without asking the database, which may be what is down.
    """

    def process_response(self, request, response):
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if self.is_personal(request, response):
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @staticmethod
    def is_personal(request, response):
        has_session = any(settings.SESSION_COOKIE_NAME in cookies for cookies in (request.COOKIES, response.cookies))
        return has_session or request.method not in SAFE_METHODS
