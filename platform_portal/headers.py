"""Headers that keep private pages private."""

from django.conf import settings
from django.utils.deprecation import MiddlewareMixin

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class PrivacyHeadersMiddleware(MiddlewareMixin):
    """Pages that belong to one person are neither stored nor indexed; nothing here is for other origins to embed.

    A page belongs to one person if they are signed in, if it answers a form, or if it opens a session, as private
    links do.
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
        is_signed_in = hasattr(request, "user") and request.user.is_authenticated
        opens_session = settings.SESSION_COOKIE_NAME in response.cookies
        return is_signed_in or opens_session or request.method not in SAFE_METHODS
